import type { DispositionDto } from "@/lib/contracts/disposition";
import type { ValidityDto } from "@/lib/contracts/review";
import { keptDocumentOf } from "@/lib/contracts/row-document";
import { KIND_NAMES } from "@/lib/domain/records/kinds";
import { EDITABLE_COLUMNS, type EditableField, ROW_COLUMN, VERSION_COLUMN } from "@/lib/domain/workbook-sheet/columns";
import { DISPOSITION_LABELS, DISPOSITIONS } from "@/lib/domain/workflow/dispositions";
import { STATE_LABELS } from "@/lib/domain/workflow/transitions";
import type { Sheet, SheetColumn } from "@/lib/render/sheet/sheet";

const editable = (field: EditableField, width: number, more: Partial<SheetColumn> = {}): SheetColumn => ({
  title: EDITABLE_COLUMNS[field],
  kind: "text",
  width,
  ...more,
});
const text = (title: string, width: number): SheetColumn => ({ title, kind: "text", width });
const number = (title: string): SheetColumn => ({ title, kind: "number", width: 10 });

const COLUMNS: readonly SheetColumn[] = [
  text("Requirement", 13),
  text("Title", 38),
  editable("disposition", 21, { choices: DISPOSITIONS.map((one) => DISPOSITION_LABELS[one]) }),
  editable("note", 46),
  editable("ownerId", 20),
  editable("dueOn", 12, { kind: "day" }),
  editable("fixOwner", 20),
  editable("fixDueOn", 12, { kind: "day" }),
  editable("evidenceTitle", 26),
  editable("evidenceUrl", 34),
  text("Document", 22),
  text("State", 20),
  number("Revision"),
  number("Open comments"),
  text("Signature", 20),
  text("In the article’s reading", 14),
  text("Today", 14),
  text("Settled", 9),
  text("Waits for", 11),
  text(ROW_COLUMN, 38),
  number(VERSION_COLUMN),
];

/** The fields of a row that a table may bring back changed, as they stand in it. */
export function editableCells(row: DispositionDto): Readonly<Record<EditableField, string>> {
  return {
    disposition: DISPOSITION_LABELS[row.disposition],
    note: row.note,
    ownerId: row.owner?.name ?? "",
    dueOn: row.dueOn ?? "",
    fixOwner: row.fixOwner,
    fixDueOn: row.fixDueOn ?? "",
    evidenceTitle: row.evidenceTitle,
    evidenceUrl: row.evidenceUrl,
  };
}

/** The workbook as a table: a row for each of its requirements. */
export function workbookTable(rows: readonly DispositionDto[]): Sheet {
  return {
    name: "Workbook",
    columns: COLUMNS,
    rows: rows.map((row) => {
      const cells = editableCells(row);
      const { trigger } = row;
      const document = keptDocumentOf(row);
      return [
        row.requirementNumber,
        row.requirementTitle,
        cells.disposition,
        cells.note,
        cells.ownerId,
        cells.dueOn,
        cells.fixOwner,
        cells.fixDueOn,
        cells.evidenceTitle,
        cells.evidenceUrl,
        document ? KIND_NAMES[document.kind] : "",
        document ? STATE_LABELS[document.state] : "",
        document?.revision ?? null,
        document?.openThreads ?? null,
        document?.validity ? validityWords(document.validity) : "",
        readingWord(trigger, trigger?.article),
        readingWord(trigger, trigger?.today),
        row.settled ? "Yes" : "No",
        TURN_WORDS[row.turn],
        row.id,
        row.version,
      ];
    }),
  };
}

const TURN_WORDS = { entity: "Entity", assessor: "Assessor", nobody: "" } as const;
const VALIDITY_WORDS = {
  valid: "Valid",
  broken: "Broken",
  needs_revalidation: "Needs re-validation",
  revoked: "Revoked",
  superseded: "Superseded",
} as const;

function validityWords({ status, elsewhere }: ValidityDto): string {
  return elsewhere ? `${VALIDITY_WORDS[status]} (made on another service)` : VALIDITY_WORDS[status];
}

function readingWord(trigger: DispositionDto["trigger"], holds: boolean | undefined): string {
  if (!trigger) return "";
  return holds ? "Touched" : "Not touched";
}
