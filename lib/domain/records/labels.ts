import type { RecordPartKey } from "@/lib/domain/records/keys";

/** How the parts of records are called, in our own words. */
export const RECORD_PART_LABELS: Readonly<Record<RecordPartKey, string>> = {
  matrixControls: "Controls matrix: the controls",
  matrixObjective: "Controls matrix: meeting the objective",
  matrixTesting: "Controls matrix: own testing",
  matrixProtection: "Controls matrix: at least equal protection",
  matrixUpkeep: "Controls matrix: kept effective",
  riskMischief: "Risk analysis 1: the mischief",
  riskSolution: "Risk analysis 2: the proposed solution",
  riskLikelihood: "Risk analysis 3: likelihood",
  riskImpact: "Risk analysis 4: impact",
  law: "The law",
  lawReach: "What it forbids of the requirement",
  counsel: "Opinion of counsel",
  lesserRisk: "What is done instead",
  analysisAssets: "Assets",
  analysisThreats: "Threats",
  analysisFrequency: "Chosen frequency",
  approval: "Approval and review",
};
