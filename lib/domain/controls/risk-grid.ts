import { compareNumbers } from "@/lib/domain/catalogue/requirement-number";
import type { WorksheetLine } from "@/lib/domain/controls/matrix";
import { type Control, RISK_LEVELS, type Risk, type RiskLevel } from "@/lib/domain/worksheet/model";

/** A risk of a worksheet, with the controls that answer it by what people call them. */
export interface RiskLine extends WorksheetLine {
  readonly itemId: string;
  readonly label: string;
  readonly threat: string;
  readonly asset: string;
  readonly likelihood: RiskLevel | "";
  readonly impact: RiskLevel | "";
  /** What is left once the controls work, in words; empty where nobody has said it. */
  readonly residual: string;
  readonly controls: readonly string[];
}

/** A field of the grid. */
export interface RiskCell {
  readonly likelihood: RiskLevel;
  readonly impact: RiskLevel;
  readonly risks: readonly RiskLine[];
}

/** All risks of an engagement: nine fields from the least to the greatest, and apart those that nobody has rated whole. */
export interface RiskGrid {
  readonly cells: readonly RiskCell[];
  readonly unrated: readonly RiskLine[];
}

/** The risks of some worksheets, in the order of their requirements. */
export function riskLines(
  sources: readonly (WorksheetLine & { readonly risks: readonly Risk[]; readonly controls: readonly Control[] })[],
): RiskLine[] {
  return sources
    .flatMap(({ risks, controls, ...line }) =>
      risks.map(({ id, label, threat, asset, likelihood, impact, residual, controlIds }): RiskLine => {
        const answering = controls.filter((control) => controlIds.includes(control.id));
        return {
          ...line,
          ...{ itemId: id, label, threat, asset, likelihood, impact, residual },
          controls: answering.map((control) => control.label || control.title),
        };
      }),
    )
    .sort((a, b) => compareNumbers(a.requirementNumber, b.requirementNumber));
}

/** Puts risks into the grid by how likely and how bad they are. */
export function riskGrid(risks: readonly RiskLine[]): RiskGrid {
  return {
    cells: RISK_LEVELS.flatMap((likelihood) =>
      RISK_LEVELS.map((impact) => ({
        likelihood,
        impact,
        risks: risks.filter((risk) => risk.likelihood === likelihood && risk.impact === impact),
      })),
    ),
    unrated: risks.filter(({ likelihood, impact }) => likelihood === "" || impact === ""),
  };
}

/** How much a field weighs, from 1 to 5: its distance from the least corner. */
export function weightOf({ likelihood, impact }: Pick<RiskCell, "likelihood" | "impact">): number {
  return RISK_LEVELS.indexOf(likelihood) + RISK_LEVELS.indexOf(impact) + 1;
}
