import type { RequirementDetailDto } from "@/lib/contracts/catalogue";
import type { DispositionDto } from "@/lib/contracts/disposition";
import type { AssessmentType } from "@/lib/contracts/engagement";
import { customizedApproachPossible } from "@/lib/domain/engagement/rules";
import type { Disposition } from "@/lib/domain/workflow/dispositions";
import { documentInTheWay } from "@/lib/domain/workflow/documents";

/** The choices in the order in which they are worth considering: meet it, fix it, and only then compensate it. */
export const CHOICE_ORDER: readonly Disposition[] = [
  "met",
  "fix_planned",
  "not_applicable",
  "compensating_control",
  "customized_approach",
  "legal_exception",
  "undecided",
];

/** What each choice means, in a sentence. */
export const CHOICE_HINTS: Readonly<Record<Disposition, string>> = {
  met: "It is in place as written. Say how, and link what shows it.",
  fix_planned:
    "You will put it in place by a date. The first thing to consider: a switch that can be turned on is a fix.",
  not_applicable: "It does not concern your environment. Give the reason.",
  compensating_control:
    "A documented technical or business constraint keeps you from meeting it as written, and other controls make up for it. Opens a worksheet. A QSA refuses one for what could simply be fixed.",
  customized_approach:
    "You reach its objective by another way of your own, with a controls matrix and a targeted risk analysis, which are written as a record.",
  legal_exception:
    "A law forbids meeting it. It is reported as not in place, with a record of the law; a contract is no law.",
  undecided: "Nobody has decided yet.",
};

/** Closes every other choice while a worksheet stands. */
export const WORKSHEET_STANDS = "To choose something else, withdraw the worksheet first; its text stays readable.";

/** Why a choice is closed for a row, or null when it is open. The server judges again. */
export function choiceBarrier(
  choice: Disposition,
  row: DispositionDto,
  assessmentType: AssessmentType,
  detail: RequirementDetailDto | null,
): string | null {
  const stands = row.worksheet !== null && row.worksheet.state !== "withdrawn";
  if (stands && choice !== "compensating_control") return WORKSHEET_STANDS;
  const inTheWay = documentInTheWay(choice, row.records);
  if (inTheWay) return inTheWay;
  if (choice === "compensating_control" && detail?.worksheet.kind === "refused") return detail.worksheet.reason;
  if (choice === "compensating_control" && row.worksheet && !stands && row.disposition !== choice) {
    return "Its worksheet was withdrawn. Reopen that to take it up again.";
  }
  if (choice === "customized_approach") {
    if (!customizedApproachPossible(row.standardVersion, assessmentType)) {
      return "Only in a report on compliance (ROC) under PCI DSS 4.0.1.";
    }
    return detail?.customizedApproachBarrier ?? null;
  }
  return null;
}
