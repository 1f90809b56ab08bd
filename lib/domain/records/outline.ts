import type { RecordPartKey } from "@/lib/domain/records/keys";

/** What each part of a record asks for, in a few words: apart from its shape, which weighs more than a page of another kind needs. */
export const RECORD_HINTS: Readonly<Record<RecordPartKey, string>> = {
  matrixControls: "Each control that meets the objective: what it is, where and when it works, and who answers for it.",
  matrixObjective: "What the requirement is to achieve, and how the controls achieve it.",
  matrixTesting:
    "How you tested the controls yourselves, before the assessor derives tests of their own. Attach what shows it.",
  matrixProtection:
    "How the risk analysis shows that the objective is met at least as well as by the requirement as written.",
  matrixUpkeep: "How you know that the controls go on working, and find their failure.",
  riskMischief: "What the requirement is there to prevent.",
  riskSolution: "Which controls take the place of the defined approach, and how they prevent the mischief.",
  riskLikelihood: "How likely the mischief is with your controls, against the requirement as written.",
  riskImpact: "How bad it would be: how many account numbers, and how the controls lessen or show it.",
  law: "Which law forbids meeting the requirement. A contract is none.",
  lawReach: "Only the part that the law really reaches; the rest is still to be met.",
  counsel: "Who says that the law applies and leaves no other way. Attach the opinion, or what may be shown of it.",
  lesserRisk: "What lowers the risk that stays. It does not make the requirement in place.",
  analysisAssets: "What the activity protects.",
  analysisThreats: "What the activity is to catch, and what makes it likely or grave.",
  analysisFrequency: "How often the activity is done, and why that is often enough.",
  approval: "Who answers for it, since when, and by when it is judged anew: within a year.",
};

/** How the entries of a part's list are named. */
interface EntryNames {
  /** What one entry is called, such as “control”. */
  readonly word: string;
  /** The field that names an entry. */
  readonly nameField: string;
}

/** The parts that have a list. */
export const RECORD_ENTRIES = {
  matrixControls: { word: "control", nameField: "name" },
  matrixTesting: { word: "test", nameField: "method" },
  lesserRisk: { word: "measure", nameField: "measure" },
  analysisAssets: { word: "asset", nameField: "asset" },
  analysisThreats: { word: "threat", nameField: "threat" },
} as const satisfies Partial<Record<RecordPartKey, EntryNames>>;

/** How the entries of any part are named; undefined for one without a list. */
export function recordEntry(part: RecordPartKey): EntryNames | undefined {
  const entries: Partial<Record<RecordPartKey, EntryNames>> = RECORD_ENTRIES;
  return entries[part];
}
