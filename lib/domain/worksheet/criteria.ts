import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";
import type { SectionKey } from "@/lib/domain/worksheet/sections";

/** A criterion of Appendix B in our words, with the sections in which a worksheet answers it. */
export interface AcceptanceCriterion {
  readonly id: "intent" | "defence" | "beyond" | "added_risk" | "now_and_future";
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
    numberIn: { "3.2.1": "1", "4.0.1": "1" },
    text: "The controls reach what the requirement is after, as strictly as it does.",
    parts: [],
    sections: ["definition", "objective"],
  },
  {
    id: "defence",
    numberIn: { "3.2.1": "2", "4.0.1": "2" },
    text: "They defend about as well as the requirement, enough to offset the risk that it is there for.",
    parts: [],
    sections: ["definition", "objective", "identifiedRisk"],
  },
  {
    id: "beyond",
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
    numberIn: { "3.2.1": "4", "4.0.1": "5" },
    text: "They answer the risk that arises because the requirement is not met.",
    parts: [],
    sections: ["definition", "identifiedRisk"],
  },
  {
    id: "now_and_future",
    numberIn: { "3.2.1": null, "4.0.1": "6" },
    text: "They work today and from now on; they cannot repair a task that was missed in the past.",
    parts: [],
    sections: ["constraints", "validation", "maintenance"],
  },
];

/** The criteria of a version that a section answers, in the order of Appendix B. */
export function criteriaFor(section: SectionKey, version: StandardVersion): readonly AcceptanceCriterion[] {
  return ACCEPTANCE_CRITERIA.filter(
    (criterion) => criterion.numberIn[version] !== null && criterion.sections.includes(section),
  );
}
