import type { ServiceContext } from "@/lib/auth/context";
import { recordInEngagement } from "@/lib/auth/record";
import { changeScope } from "@/lib/auth/scope";
import type { AddControlInput, ChangeControlInput, ControlDetailDto } from "@/lib/contracts/controls";
import { Failure, notFound } from "@/lib/contracts/failure";
import { findRecord, insertRecord, type StoredRecord, storeRecord, worksheetsUsing } from "@/lib/data/control-records";
import { holdRoom } from "@/lib/data/evidence-files";
import { listWorksheets } from "@/lib/data/worksheets";
import type { ScopedTx } from "@/lib/db/kinds";
import type { RecordEvidence, RecordText } from "@/lib/domain/controls/record";
import { FILE_LIMITS } from "@/lib/domain/evidence/file-limits";
import { isEditable } from "@/lib/domain/workflow/editing";
import { type Carried, carryRecord } from "@/lib/services/controls/carry";
import { describeControl } from "@/lib/services/controls/read-register";
import { giveUpDropped, textsOfControl, withFiles, writersOf } from "@/lib/services/controls/shared-evidence";
import { askAboutCardNumbers } from "@/lib/services/worksheet/card-numbers";
import { seal } from "@/lib/services/worksheet/seal";
import { recordWorksheetEvent } from "@/lib/services/worksheet/worksheet-event";

/** Puts a control into the register that no worksheet uses yet. Whoever wrote the evidence that it takes over is an author of it. */
export function addControl(
  context: ServiceContext,
  engagementId: string,
  { acknowledgeCardNumber, evidence, ...text }: AddControlInput,
): Promise<ControlDetailDto> {
  return changeScope(context, "control.write", { engagementId }, "none", async (tx, grant) => {
    const asked = textsOfControl(text, evidence);
    const acknowledged = await askAboutCardNumbers(asked, async () => [], acknowledgeCardNumber === true);
    await holdRoom(tx);
    const whole = await withFiles(tx, evidence);
    const record = await insertRecord(tx, text, whole, await writersOf(tx, whole));
    recordInEngagement(context, tx, {
      action: "control.recorded",
      detail: { ...detailOf(record), ...(acknowledged ? { cardNumberAcknowledged: true } : {}) },
      changes: [{ table: "control_record", id: record.id }],
    });
    return describeControl(tx, grant, record.id);
  });
}

/**
 * Changes a shared control, and with it every worksheet that uses it and may be written, each with an event of its own.
 * Whoever changes it is an author of all of these. Worksheets that are in review or decided on keep what they say.
 * @throws Failure stale with the control as it is now; card_number_suspected; file_refused where a worksheet would have too
 * many files; not_found
 */
export function changeControl(
  context: ServiceContext,
  controlRecordId: string,
  { acknowledgeCardNumber, version, retired, evidence, ...text }: ChangeControlInput,
): Promise<ControlDetailDto> {
  return changeScope(context, "control.write", { controlRecordId }, "none", async (tx, grant) => {
    // Before any row: whoever brings files anywhere holds it first, and no bytes are given up that are named here.
    await holdRoom(tx);
    const before = await findRecord(tx, controlRecordId);
    if (!before) throw notFound();
    const known = async () => textsOfControl(before.text, before.evidence);
    const asked = textsOfControl(text, evidence ?? []);
    const acknowledged = await askAboutCardNumbers(asked, known, acknowledgeCardNumber === true);
    const whole = evidence ? await withFiles(tx, evidence, before.evidence) : before.evidence;
    const change = { text, evidence: whole, retired, wroteIt: await writersOf(tx, whole, before.evidence) };
    const record = await storeRecord(tx, before, version, change);
    if (!record) {
      const current = await describeControl(tx, grant, controlRecordId);
      throw new Failure("stale", "Somebody else changed this control meanwhile.", { current });
    }
    const carried = await carryEverywhere(context, tx, record);
    const givenUp = await giveUpDropped(tx, before.evidence, record);
    recordInEngagement(context, tx, {
      action: "control.changed",
      detail: {
        ...detailOf(record),
        ...(retired === before.retired ? {} : { retired }),
        ...(acknowledged ? { cardNumberAcknowledged: true } : {}),
      },
      changes: [{ table: "control_record", id: record.id }, ...givenUp],
    });
    recordCarried(context, tx, record, carried);
    return describeControl(tx, grant, controlRecordId);
  });
}

/** Into every worksheet that uses it and may be written, in the order of their ids. */
async function carryEverywhere(
  { limits = FILE_LIMITS }: ServiceContext,
  tx: ScopedTx,
  record: StoredRecord,
): Promise<ReadonlyMap<string, Carried>> {
  // The record's row is held since it was stored, so that no worksheet begins to use it meanwhile.
  const using = await worksheetsUsing(tx, record.id, true);
  const worksheets = using.length > 0 ? await listWorksheets(tx, using) : [];
  const writable = worksheets.filter(({ facts }) => isEditable(facts.state)).map(({ id }) => id);
  return carryRecord(tx, writable, record, limits);
}

/** An event for each worksheet that changed. */
function recordCarried(
  context: ServiceContext,
  tx: ScopedTx,
  { id: controlRecordId }: StoredRecord,
  carried: ReadonlyMap<string, Carried>,
): void {
  for (const [worksheetId, { version, sha256, changes }] of carried) {
    if (changes.length === 0) continue;
    recordWorksheetEvent(context, tx, {
      action: "control.carried",
      worksheetId,
      detail: { controlRecordId, section: "definition", version, sha256 },
      changes,
    });
  }
}

function detailOf({ id, version, text, evidence }: StoredRecord) {
  return { controlRecordId: id, version, sha256: contentDigest(text, evidence) };
}

function contentDigest(text: RecordText, evidence: readonly RecordEvidence[]): string {
  return seal({ ...text, evidence }).digest;
}
