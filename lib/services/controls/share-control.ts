import type { ServiceContext } from "@/lib/auth/context";
import { changeScope } from "@/lib/auth/scope";
import type { BringControlInput } from "@/lib/contracts/controls";
import { Failure, notFound } from "@/lib/contracts/failure";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import { holdEvidence } from "@/lib/data/carried-evidence";
import { findRecord, holdRecords, insertRecord } from "@/lib/data/control-records";
import { loadEvidence, type StoredEvidence } from "@/lib/data/evidence";
import { holdRoom } from "@/lib/data/evidence-files";
import { findSection, type StoredSection, storeSection } from "@/lib/data/sections";
import { listAuthors, recordAuthor } from "@/lib/data/worksheets";
import type { ScopedTx } from "@/lib/db/kinds";
import { textOf } from "@/lib/domain/controls/record";
import { FILE_LIMITS } from "@/lib/domain/evidence/file-limits";
import type { Control } from "@/lib/domain/worksheet/model";
import { carryEvidence, carryRecord } from "@/lib/services/controls/carry";
import { evidenceToShare, textsOfControl } from "@/lib/services/controls/shared-evidence";
import { askAboutCardNumbers } from "@/lib/services/worksheet/card-numbers";
import { requireCcw } from "@/lib/services/worksheet/material";
import { seal } from "@/lib/services/worksheet/seal";
import { describeWorksheet } from "@/lib/services/worksheet/worksheet-dto";
import { recordWorksheetEvent } from "@/lib/services/worksheet/worksheet-event";

/**
 * Makes a control of a worksheet a shared one: its text and the evidence attached to it become the register's. Whoever
 * wrote that worksheet is an author of every one that uses the control from now on.
 * @throws Failure not_found, already_exists for one that is shared, invalid without a title, blocked where the register
 * could not keep its evidence, card_number_suspected, stale when the definition or the evidence is saved in the same moment
 */
export function shareControl(
  context: ServiceContext,
  worksheetId: string,
  itemId: string,
  { acknowledgeCardNumber = false }: BringControlInput = {},
): Promise<WorksheetDto> {
  return changeScope(context, "control.share", { worksheetId }, "share", async (tx, grant) => {
    requireCcw(grant.worksheet);
    // Nothing comes to the evidence or changes it between reading and adopting it.
    await holdRoom(tx);
    await holdEvidence(tx, [worksheetId]);
    const { section, control } = await requireControl(tx, worksheetId, itemId);
    if (control.recordId !== undefined) throw new Failure("already_exists", "This control is shared already.");
    if (control.title.trim() === "") {
      throw new Failure("invalid", "Give the control a title first, by which others find it in the register.");
    }
    const shared = await evidenceToShare(tx, worksheetId, itemId);
    const asked = textsOfControl(textOf(control), shared);
    const acknowledged = await askAboutCardNumbers(asked, async () => [], acknowledgeCardNumber);
    // Read after the text, so that nobody is missing who wrote it a moment ago.
    const authors = (await listAuthors(tx, [worksheetId])).map(({ userId }) => userId);
    const record = await insertRecord(tx, textOf(control), shared, authors);
    const { narrative, items } = section.content;
    const controls = items.controls.map((one) => (one.id === itemId ? { ...one, recordId: record.id } : one));
    const content = { narrative, items: { controls } };
    const stored = await storeSection(tx, worksheetId, "definition", section.version, content);
    if (stored?.id == null) {
      throw new Failure("stale", "Somebody saved the controls in this moment. Try again.");
    }
    const { limits = FILE_LIMITS } = context;
    const evidence = (await carryEvidence(tx, [{ worksheetId, itemId }], record, limits)).get(worksheetId) ?? [];
    await recordAuthor(tx, worksheetId);
    recordWorksheetEvent(context, tx, {
      action: "control.shared",
      worksheetId,
      detail: {
        ...{ controlRecordId: record.id, section: "definition", version: stored.version, sha256: seal(content).digest },
        ...(acknowledged ? { cardNumberAcknowledged: true } : {}),
      },
      changes: [{ table: "control_record", id: record.id }, { table: "section", id: stored.id }, ...evidence],
    });
    return describeWorksheet(tx, grant, worksheetId);
  });
}

/**
 * Takes over what the register says of a shared control, for a worksheet that was frozen while it changed. Whoever does is
 * an author of the worksheet. @throws Failure not_found, wrong_state, blocked where it says so already, card_number_suspected, stale when somebody
 * saves the same in the same moment, file_refused where the worksheet would have too many files
 */
export function takeOver(
  context: ServiceContext,
  worksheetId: string,
  itemId: string,
  { acknowledgeCardNumber = false }: BringControlInput = {},
): Promise<WorksheetDto> {
  return changeScope(context, "worksheet.edit", { worksheetId }, "share", async (tx, grant) => {
    requireCcw(grant.worksheet);
    await holdRoom(tx);
    const { control } = await requireControl(tx, worksheetId, itemId);
    const known = control.recordId === undefined ? null : await findRecord(tx, control.recordId);
    const [record] = known ? await holdRecords(tx, [known.id]) : [];
    if (!record) throw notFound();
    const said = async () => textsOfControl(textOf(control), await evidenceOf(tx, worksheetId));
    const asked = textsOfControl(record.text, record.evidence);
    const acknowledged = await askAboutCardNumbers(asked, said, acknowledgeCardNumber);
    const { limits = FILE_LIMITS } = context;
    const carried = (await carryRecord(tx, [worksheetId], record, limits)).get(worksheetId);
    if (!carried || carried.changes.length === 0) {
      throw new Failure("blocked", "The worksheet says what the register does already.");
    }
    await recordAuthor(tx, worksheetId);
    const { version, sha256, changes } = carried;
    recordWorksheetEvent(context, tx, {
      action: "control.carried",
      worksheetId,
      detail: {
        ...{ controlRecordId: record.id, section: "definition", version, sha256 },
        ...(acknowledged ? { cardNumberAcknowledged: true } : {}),
      },
      changes,
    });
    return describeWorksheet(tx, grant, worksheetId);
  });
}

async function evidenceOf(tx: ScopedTx, worksheetId: string): Promise<readonly StoredEvidence[]> {
  return (await loadEvidence(tx, [worksheetId])).get(worksheetId) ?? [];
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
