import type { ServiceContext } from "@/lib/auth/context";
import { changeScope } from "@/lib/auth/scope";
import { Failure, notFound } from "@/lib/contracts/failure";
import type { OpenRecordInput } from "@/lib/contracts/records";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import { insertSections } from "@/lib/data/sections";
import { holdWorkbookRow, type WorkbookRow } from "@/lib/data/workbook-rows";
import { insertRecord } from "@/lib/data/worksheets";
import { KIND_WORDS, type RecordKind } from "@/lib/domain/records/kinds";
import { emptyRecord } from "@/lib/domain/worksheet/empty";
import { barrierOf } from "@/lib/services/records/record-barrier";
import { describeWorksheet } from "@/lib/services/worksheet/worksheet-dto";
import { recordWorksheetEvent } from "@/lib/services/worksheet/worksheet-event";

/**
 * Opens a record for a requirement: of the customized approach or of a legal exception where that is what was chosen for
 * it, or a risk analysis where it lets one set a frequency. It is written, reviewed and signed as a worksheet is.
 * @throws Failure blocked where the kind is not for this requirement; already_exists with the record's id in `current`,
 * wrong_state when it has one that was withdrawn
 */
export function openRecord(
  context: ServiceContext,
  dispositionId: string,
  { kind }: OpenRecordInput,
): Promise<WorksheetDto> {
  return changeScope(context, "record.open", { dispositionId }, "none", async (tx, grant) => {
    const row = await holdWorkbookRow(tx, dispositionId);
    if (!row) throw notFound();
    requireNone(row, kind);
    const message = await barrierOf(tx, kind, row);
    if (message) throw new Failure("blocked", message, { blockers: [{ section: null, message }] });
    const { requirementNumber } = row;
    const worksheetId = await insertRecord(tx, { dispositionId, requirementNumber, kind });
    const sectionIds = await insertSections(tx, worksheetId, emptyRecord(kind));
    recordWorksheetEvent(context, tx, {
      action: "record.opened",
      worksheetId,
      detail: { kind, requirementNumber },
      changes: [{ table: "worksheet", id: worksheetId }, ...sectionIds.map((id) => ({ table: "section", id }))],
    });
    return describeWorksheet(tx, grant, worksheetId);
  });
}

/** A requirement has one record of each kind. */
function requireNone({ documents }: WorkbookRow, kind: RecordKind): void {
  const found = documents.find((one) => one.kind === kind);
  if (!found) return;
  const current = { id: found.id, state: found.state };
  const words = KIND_WORDS[kind];
  throw found.state === "withdrawn"
    ? new Failure("wrong_state", `This requirement's ${words} was withdrawn. Reopen it to go on with its text.`, {
        current,
      })
    : new Failure("already_exists", `This requirement has a ${words} already.`, { current });
}
