import type { CarriedReference } from "@/lib/domain/worksheet/carried-reference";
import { type CriterionId, criteriaOf, criterionName } from "@/lib/domain/worksheet/criteria";
import { CRITERIA_PART, type PartKey } from "@/lib/domain/worksheet/sections";
import type { CarryTarget, VersionedWorksheet } from "@/lib/domain/worksheet/versioned-worksheet";

/**
 * What a part is: a heading over something that is to be written, something to say in a row, an answer to a criterion,
 * a requirement number to choose, or a mere remark, with which nobody has anything to do.
 */
export type AddedKind = "heading" | "prompt" | "criterion" | "choice" | "remark";

/** Something that carrying a worksheet over added to it. None of these words is the person's. */
export interface AddedPart {
  /** The same for the same thing whenever it is worked out, so that a page can hold on to it. */
  readonly id: string;
  readonly part: PartKey;
  readonly kind: AddedKind;
  readonly title: string;
  /** What is to be written; what is so, for a remark. */
  readonly text: string;
  /** Why: what differs between the versions. */
  readonly reason: string;
  /** Where the reason comes from. */
  readonly source: string;
  /** The control whose reference is to be chosen. */
  readonly itemId?: string;
  /** The criterion that is to be answered. */
  readonly criterion?: CriterionId;
}

const APPENDIX_B = "PCI DSS v4.0.1, Appendix B, beside v3.2.1’s";
const APPENDIX_C = "PCI DSS v4.0.1, Appendix C, beside v3.2.1’s";

/** What a version asks for that the one before did not, in the order of its worksheet. */
export function addedParts(
  worksheet: Pick<VersionedWorksheet, "requirementNumber">,
  target: CarryTarget,
  references: readonly CarriedReference[],
): readonly AddedPart[] {
  const choices = references.filter(({ choose }) => choose).map((one) => choiceOf(one, target));
  return target.standardVersion === "4.0.1"
    ? [...forNow(worksheet, target), ...choices, ...CRITERIA_NOW]
    : [...choices, ...FOR_READING];
}

/** What 4.0.1 asks for and 3.2.1 did not. Source: facts, sections 1.1 and 2. */
function forNow(
  { requirementNumber: before }: Pick<VersionedWorksheet, "requirementNumber">,
  target: CarryTarget,
): AddedPart[] {
  const now = target.requirementNumber;
  return [
    {
      id: "constraints.documented",
      part: "constraints",
      kind: "prompt",
      title: "Legitimate and documented",
      text: "Say why the constraint is a legitimate one, and name the documents that show it.",
      reason:
        "3.2.1 took a risk analysis done before and a constraint that is real. 4.0.1 asks for one that is both legitimate and documented, and no longer for the analysis.",
      source: APPENDIX_C,
    },
    {
      id: "definition.requirement",
      part: "definition",
      kind: "prompt",
      title: `What ${now} asks today`,
      text: `Hold the controls against ${now} as it reads today, and describe again what no longer reaches it.`,
      reason: target.changed || `${before} of 3.2.1 became ${now}.`,
      source: "The catalogue’s comparison of both versions",
    },
    {
      id: "objective.aim",
      part: "objective",
      kind: "heading",
      title: "Aim of the original requirement",
      text: `First part: what ${now} is there to achieve, in your own words. Its customized approach objective may be the yardstick, or its purpose where it has none.`,
      reason: "3.2.1 knew no customized approach objective; 4.0.1 lets you measure against one, and an assessor will.",
      source: `${APPENDIX_C}; Appendix B, criterion 2`,
    },
    {
      id: "objective.reached",
      part: "objective",
      kind: "heading",
      title: "Aim reached by the controls",
      text: "Second part: what the controls achieve of that aim, control by control, and what they do not.",
      reason:
        "The row has two halves, and an assessor compares them. Written in one piece, the second is often missing.",
      source: APPENDIX_C,
    },
  ];
}

/** What differs in Appendix B. Source: facts, section 1.2. */
const CRITERIA_NOW: readonly AddedPart[] = [
  {
    id: "criterion.beyond",
    part: CRITERIA_PART,
    kind: "criterion",
    criterion: "beyond",
    title: `${criterionName("beyond", "4.0.1")}: the three considerations`,
    text: "Go through a, b and c for each control anew: owed for this very item, owed elsewhere, or existing together with something new. Where the old answer holds, add to it why.",
    reason: "In 3.2.1 they were examples under criterion 3. 4.0.1 prints them in a place of their own, as 4.",
    source: APPENDIX_B,
  },
  {
    id: "criterion.added_risk",
    part: CRITERIA_PART,
    kind: "remark",
    title: "Criterion 5 was criterion 4",
    text: "The answer on the added risk came along and has the number 5 now. Name it so when you refer to it.",
    reason: "The three considerations took the number 4.",
    source: APPENDIX_B,
  },
  {
    id: "criterion.now_and_future",
    part: CRITERIA_PART,
    kind: "criterion",
    criterion: "now_and_future",
    title: criterionName("now_and_future", "4.0.1"),
    text: "Say since when the controls work, what keeps them working, and that they are to make up for no task missed in the past.",
    reason: "The criterion is new in 4.0.1.",
    source: APPENDIX_B,
  },
];

/** What there is to know of a worksheet of 4.0.1 that is read as one of 3.2.1. */
const FOR_READING: readonly AddedPart[] = [
  ...criteriaOf("4.0.1")
    .filter(({ numberIn }) => numberIn["3.2.1"] === null)
    .map(
      ({ id, number, title }): AddedPart => ({
        id: `criterion.${id}`,
        part: CRITERIA_PART,
        kind: "remark",
        title: `Criterion ${number} of 4.0.1`,
        text: `3.2.1 does not ask it (“${title}”). Its answer stands last.`,
        reason: "The criterion is new in 4.0.1.",
        source: APPENDIX_B,
      }),
    ),
  {
    id: "criterion.added_risk",
    part: CRITERIA_PART,
    kind: "remark",
    title: "Criterion 4 is criterion 5 of 4.0.1",
    text: "The answer on the added risk stands under the number that 3.2.1 gave it.",
    reason: "In 3.2.1 the three considerations were examples under criterion 3 and had no number.",
    source: APPENDIX_B,
  },
];

function choiceOf({ itemId, label, before, numbers }: CarriedReference, { standardVersion }: CarryTarget): AddedPart {
  const places = numbers.map(({ number, places: found }) =>
    found.length === 0 ? `${number} has no sure place` : `${number} may be ${found.join(", ")}`,
  );
  return {
    id: `reference.${itemId}`,
    part: "definition",
    kind: "choice",
    itemId,
    title: `${label.trim() || "A control"} names “${before}”`,
    // Nobody writes in a reading of 3.2.1, so there it is told and not asked.
    text:
      standardVersion === "4.0.1"
        ? `Choose the requirement of 4.0.1 that is meant: ${places.join("; ")}.`
        : `That is a number of 4.0.1: ${places.join("; ")}.`,
    reason: "The same number can mean something else in the other version.",
    source: "The catalogue’s mapping between both versions",
  };
}
