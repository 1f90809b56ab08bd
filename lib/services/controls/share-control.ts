import { randomUUID } from "node:crypto";
import type { ServiceContext } from "@/lib/auth/context";
import { changeScope } from "@/lib/auth/scope";
import { Failure, notFound } from "@/lib/contracts/failure";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import { findRecord, holdRecords, insertRecord } from "@/lib/data/control-records";
import { linkOf, loadEvidence } from "@/lib/data/evidence";
import { findSection, type StoredSection, storeSection } from "@/lib/data/sections";
import { recordAuthor } from "@/lib/data/worksheets";
import type { ScopedTx } from "@/lib/db/kinds";
import { type RecordEvidence, textOf } from "@/lib/domain/controls/record";
import type { Control } from "@/lib/domain/worksheet/model";
import { carryEvidence, carryRecord } from "@/lib/services/controls/carry";
import { requireCcw } from "@/lib/services/worksheet/material";
import { seal } from "@/lib/services/worksheet/seal";
import { describeWorksheet } from "@/lib/services/worksheet/worksheet-dto";
import { recordWorksheetEvent } from "@/lib/services/worksheet/worksheet-event";

/**
 * Makes a control of a worksheet a shared one: its text and the evidence attached to it become the register's. Whoever
 * wrote that worksheet is an author of every one that uses the control from now on.
 * @throws Failure not_found, already_exists for one that is shared, invalid without a title, stale when the definition is
 * saved in the same moment
 */
export function shareControl(context: ServiceContext, worksheetId: string, itemId: string): Promise<WorksheetDto> {
  return changeScope(context, "control.share", { worksheetId }, "share", async (tx, grant) => {
    requireCcw(grant.worksheet);
    const { section, control } = await requireControl(tx, worksheetId, itemId);
    if (control.recordId !== undefined) throw new Failure("already_exists", "This control is shared already.");
    if (control.title.trim() === "") {
      throw new Failure("invalid", "Give the control a title first, by which others find it in the register.");
    }
    const record = await insertRecord(
      tx,
      textOf(control),
      await evidenceOn(tx, worksheetId, itemId),
      grant.worksheet?.facts.authorIds ?? [],
    );
    const { narrative, items } = section.content;
    const controls = items.controls.map((one) => (one.id === itemId ? { ...one, recordId: record.id } : one));
    const content = { narrative, items: { controls } };
    const version = await storeSection(tx, worksheetId, "definition", section.version, content);
    if (version === null || section.id === null) {
      throw new Failure("stale", "Somebody saved the controls in this moment. Try again.");
    }
    const evidence = await carryEvidence(tx, worksheetId, record, itemId);
    await recordAuthor(tx, worksheetId);
    recordWorksheetEvent(context, tx, {
      action: "control.shared",
      worksheetId,
      detail: { controlRecordId: record.id, section: "definition", version, sha256: seal(content).digest },
      changes: [{ table: "control_record", id: record.id }, { table: "section", id: section.id }, ...evidence],
    });
    return describeWorksheet(tx, grant, worksheetId);
  });
}

/**
 * Takes over what the register says of a shared control, for a worksheet that was frozen while it changed. Whoever does is
 * an author of the worksheet. @throws Failure not_found, wrong_state, blocked where it says so already
 */
export function takeOver(context: ServiceContext, worksheetId: string, itemId: string): Promise<WorksheetDto> {
  return changeScope(context, "worksheet.edit", { worksheetId }, "share", async (tx, grant) => {
    requireCcw(grant.worksheet);
    const { control } = await requireControl(tx, worksheetId, itemId);
    const known = control.recordId === undefined ? null : await findRecord(tx, control.recordId);
    const [record] = known ? await holdRecords(tx, [known.id]) : [];
    if (!record) throw notFound();
    const carried = await carryRecord(tx, worksheetId, record);
    if (!carried || carried.changes.length === 0) {
      throw new Failure("blocked", "The worksheet says what the register does already.");
    }
    await recordAuthor(tx, worksheetId);
    const { version, sha256, changes } = carried;
    recordWorksheetEvent(context, tx, {
      action: "control.carried",
      worksheetId,
      detail: { controlRecordId: record.id, section: "definition", version, sha256 },
      changes,
    });
    return describeWorksheet(tx, grant, worksheetId);
  });
}

async function requireControl(
  tx: ScopedTx,
  worksheetId: string,
  itemId: string,
): Promise<{ readonly section: StoredSection<"definition">; readonly control: Control }> {
  const section = await findSection(tx, worksheetId, "definition");
  const control = section?.content.items.controls.find(({ id }) => id === itemId);
  if (!section || !control) throw notFound();
  return { section, control };
}

/** What is attached to a control of the worksheet, as the register would have it. */
async function evidenceOn(tx: ScopedTx, worksheetId: string, itemId: string): Promise<readonly RecordEvidence[]> {
  const rows = (await loadEvidence(tx, [worksheetId])).get(worksheetId) ?? [];
  return rows
    .filter((row) => row.itemId === itemId && row.controlRecordId === null)
    .map((row) => {
      const { title, url, shows, collectedOn, validUntil, files = [] } = linkOf(row);
      return { id: randomUUID(), title, url, shows, collectedOn, validUntil, files };
    });
}
