import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";
import type { SectionKey } from "@/lib/domain/worksheet/sections";

/** The criteria of Appendix B by names of ours, since their numbers differ between the versions. */
export const CRITERION_IDS = ["intent", "defence", "beyond", "added_risk", "now_and_future"] as const;
export type CriterionId = (typeof CRITERION_IDS)[number];

/** A criterion of Appendix B in our words, with the sections in which a worksheet answers it. */
export interface AcceptanceCriterion {
  readonly id: CriterionId;
  /** A few words that name it. */
  readonly title: string;
  /** Its number in each version's Appendix B; null where a version does not have it. */
  readonly numberIn: Readonly<Record<StandardVersion, string | null>>;
  readonly text: string;
  /** What the criterion means more closely, when it has parts. */
  readonly parts: readonly string[];
  readonly sections: readonly SectionKey[];
}

/** All criteria of either version. Source: PCI DSS v3.2.1 and v4.0.1, Appendix B (facts 1.2); the sentences are ours. */
export const ACCEPTANCE_CRITERIA: readonly AcceptanceCriterion[] = [
  {
    id: "intent",
    title: "Intent and strictness",
    numberIn: { "3.2.1": "1", "4.0.1": "1" },
    text: "The controls reach what the requirement is after, as strictly as it does.",
    parts: [],
    sections: ["definition", "objective"],
  },
  {
    id: "defence",
    title: "Similar level of defence",
    numberIn: { "3.2.1": "2", "4.0.1": "2" },
    text: "They defend about as well as the requirement, enough to offset the risk that it is there for.",
    parts: [],
    sections: ["definition", "objective", "identifiedRisk"],
  },
  {
    id: "beyond",
    title: "Above and beyond",
    numberIn: { "3.2.1": "3", "4.0.1": "3" },
    text: "They go beyond what PCI DSS asks for anyway.",
    parts: [
      "What is already owed for this very item does not count.",
      "What is owed for another item may count, when this one does not ask for it.",
      "What is already there may count together with something new.",
    ],
    sections: ["definition"],
  },
  {
    id: "added_risk",
    title: "The added risk",
    numberIn: { "3.2.1": "4", "4.0.1": "5" },
    text: "They answer the risk that arises because the requirement is not met.",
    parts: [],
    sections: ["definition", "identifiedRisk"],
  },
  {
    id: "now_and_future",
    title: "Now and in future",
    numberIn: { "3.2.1": null, "4.0.1": "6" },
    text: "They work today and from now on; they cannot repair a task that was missed in the past.",
    parts: [],
    sections: ["constraints", "validation", "maintenance"],
  },
];

/** What names each criterion, by its id. */
export const CRITERION_TITLES = Object.fromEntries(ACCEPTANCE_CRITERIA.map(({ id, title }) => [id, title])) as Readonly<
  Record<CriterionId, string>
>;

/** The criteria of a version that a section answers, in the order of Appendix B. */
export function criteriaFor(section: SectionKey, version: StandardVersion): readonly AcceptanceCriterion[] {
  return ACCEPTANCE_CRITERIA.filter(
    (criterion) => criterion.numberIn[version] !== null && criterion.sections.includes(section),
  );
}

/** A criterion as a version asks it. */
export interface AskedCriterion extends AcceptanceCriterion {
  readonly number: string;
}

/** The criteria of a version in the order of its Appendix B: four of 3.2.1, five of 4.0.1 (1, 2, 3, 5 and 6). */
export function criteriaOf(version: StandardVersion): readonly AskedCriterion[] {
  return ACCEPTANCE_CRITERIA.flatMap((criterion) => {
    const number = criterion.numberIn[version];
    return number === null ? [] : [{ ...criterion, number }];
  });
}

/** What people call a criterion: `Criterion 3 (above and beyond)`. Versions that do not ask it have no number for it. */
export function criterionName(id: CriterionId, version: StandardVersion): string {
  const number = ACCEPTANCE_CRITERIA.find((one) => one.id === id)?.numberIn[version];
  return `Criterion ${number ? `${number} ` : ""}(${CRITERION_TITLES[id].toLowerCase()})`;
}
