import type { RecordKind } from "@/lib/domain/records/kinds";

/** The part that every kind of record ends with: who approved it, and when it is looked at anew. */
export const APPROVAL_PART = "approval";

/** The parts of each kind of record, in their order. Sources: facts 1.4 and 1.6 (PCI DSS 4.0.1, Appendix E; 12.3.1). */
export const RECORD_PARTS_OF = {
  customized_approach: [
    "matrixControls",
    "matrixObjective",
    "matrixTesting",
    "matrixProtection",
    "matrixUpkeep",
    "riskMischief",
    "riskSolution",
    "riskLikelihood",
    "riskImpact",
    APPROVAL_PART,
  ],
  legal_exception: ["law", "lawReach", "counsel", "lesserRisk", APPROVAL_PART],
  risk_analysis: ["analysisAssets", "analysisThreats", "analysisFrequency", APPROVAL_PART],
} as const satisfies Readonly<Record<RecordKind, readonly string[]>>;

/** Every part of any kind of record, each once. */
export const RECORD_PART_KEYS = [
  ...RECORD_PARTS_OF.customized_approach.filter((key) => key !== APPROVAL_PART),
  ...RECORD_PARTS_OF.legal_exception.filter((key) => key !== APPROVAL_PART),
  ...RECORD_PARTS_OF.risk_analysis,
] as const;

/** A part of some kind of record. */
export type RecordPartKey = (typeof RECORD_PART_KEYS)[number];

/** The parts of a kind of record, in the order of its page. */
export function recordParts(kind: RecordKind): readonly RecordPartKey[] {
  return RECORD_PARTS_OF[kind];
}
