import { OUTCOME_WORDS, SEVERITY_WORDS } from "@/lib/domain/rigour/report";
import { STATE_LABELS } from "@/lib/domain/workflow/transitions";
import { itemLabels } from "@/lib/domain/worksheet/item-labels";
import { PART_LABELS } from "@/lib/domain/worksheet/sections";
import type { WorksheetPdfModel } from "@/lib/render/pdf/view-model";
import type { Cell, Sheet, SheetColumn } from "@/lib/render/sheet/sheet";

const text = (title: string, width: number): SheetColumn => ({ title, kind: "text", width });
const day = (title: string): SheetColumn => ({ title, kind: "day", width: 12 });
const number = (title: string): SheetColumn => ({ title, kind: "number", width: 12 });

const SHEET_COLUMNS: readonly SheetColumn[] = [
  text("Requirement", 13),
  text("Requirement title", 36),
  text("Worksheet", 20),
  number("Revision"),
];

/** What names the worksheet at the beginning of a row. */
function sheetCells({ header, state, revision }: WorksheetPdfModel): readonly Cell[] {
  return [header.requirementNumber, header.requirementTitle, STATE_LABELS[state], revision];
}

/** The evidence of worksheets: a row for each file, or for the link where there is none. */
export function evidenceTable(models: readonly WorksheetPdfModel[]): Sheet {
  return {
    name: "Evidence",
    columns: [
      ...SHEET_COLUMNS,
      text("Section", 22),
      text("Item", 12),
      text("Evidence", 34),
      text("Address", 44),
      text("Shows", 40),
      day("Collected on"),
      day("Valid until"),
      text("File", 26),
      number("Bytes"),
      text("SHA-256", 66),
    ],
    rows: models.flatMap((model) => {
      const names = itemLabels(model.sections);
      return model.evidence.flatMap((one) => {
        const { section, itemId, title, url, shows, collectedOn, validUntil } = one;
        const item = itemId === null ? "" : (names.get(itemId) ?? "an item no longer listed");
        const said = [PART_LABELS[section], item, title, url, shows, collectedOn, validUntil ?? ""];
        const files = one.files?.length ? one.files : [{ name: "", size: null, sha256: "" }];
        return files.map(({ name, size, sha256 }) => [...sheetCells(model), ...said, name, size, sha256]);
      });
    }),
  };
}

/** What the rules say of worksheets: a row for each finding, or for the rule where it has none. */
export function findingsTable(models: readonly WorksheetPdfModel[]): Sheet {
  return {
    name: "Findings",
    columns: [
      ...SHEET_COLUMNS,
      text("Rule", 8),
      text("A good worksheet", 50),
      text("Outcome", 16),
      text("Severity", 10),
      text("Section", 22),
      text("Finding", 60),
      text("Reason", 40),
    ],
    rows: models.flatMap((model) =>
      model.rigour.rules.flatMap(({ rule, title, kind, detail, findings }) => {
        const said = [...sheetCells(model), rule, title, OUTCOME_WORDS[kind]];
        if (findings.length === 0) return [[...said, "", "", detail, ""]];
        return findings.map(({ severity, section, message, reason }) => [
          ...said,
          SEVERITY_WORDS[severity],
          section === null ? "" : PART_LABELS[section],
          message,
          reason ?? "",
        ]);
      }),
    ),
  };
}
