import type { DispositionDto } from "@/lib/contracts/disposition";
import type { Requirement } from "@/lib/domain/catalogue/requirement";
import { counts } from "@/lib/domain/keys/scope-result";
import { DISPOSITION_LABELS } from "@/lib/domain/workflow/dispositions";
import type { Sheet, SheetColumn } from "@/lib/render/sheet/sheet";
import type { ScopeState } from "@/lib/services/scope/scope-facts";

const text = (title: string, width: number): SheetColumn => ({ title, kind: "text", width });

const COLUMNS: readonly SheetColumn[] = [
  text("Requirement", 13),
  text("Title", 52),
  text("Below", 13),
  text("Assessed itself", 10),
  text("Service providers only", 10),
  text("Recurring task", 10),
  text("Compensating control possible", 14),
  text("Customized approach possible", 14),
  text("In the article’s reading", 14),
  text("Today", 14),
  text("Rows of the article", 18),
  text("Disposition", 21),
];

/** Every requirement of the engagement's version in our words, with what touches it and what is done about it. */
export function requirementsTable(scope: ScopeState, rows: readonly DispositionDto[]): Sheet {
  const dispositions = new Map(rows.map((row) => [row.requirementNumber, row.disposition]));
  const touched = new Map(scope.requirements.map((one) => [one.number, one]));
  return {
    name: "Requirements",
    columns: COLUMNS,
    rows: scope.own.map((requirement) => {
      const { number, title, parent, leaf, serviceProvidersOnly, frequencyBound } = requirement;
      const trigger = touched.get(number);
      const disposition = dispositions.get(number);
      return [
        number,
        title,
        parent ?? "",
        yesNo(leaf),
        yesNo(serviceProvidersOnly),
        yesNo(frequencyBound),
        yesNo(leaf && !requirement.noCcw),
        customized(requirement),
        trigger ? readingWord(trigger.article) : "",
        trigger ? readingWord(trigger.today) : "",
        trigger ? trigger.rows.map(({ row }) => row.id).join(", ") : "",
        disposition ? DISPOSITION_LABELS[disposition] : "Not in the workbook",
      ];
    }),
  };
}

function yesNo(holds: boolean): string {
  return holds ? "Yes" : "No";
}

function customized({ customizedApproachEligible }: Requirement): string {
  return customizedApproachEligible === null ? "" : yesNo(customizedApproachEligible);
}

function readingWord(verdict: Parameters<typeof counts>[0]["verdict"]): string {
  if (verdict === "undetermined") return "Not answered yet";
  return counts({ verdict }) ? "Touched" : "Not touched";
}
