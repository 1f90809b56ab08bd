import type { ServiceContext } from "@/lib/auth/context";
import { recordInEngagement } from "@/lib/auth/record";
import { changeScope } from "@/lib/auth/scope";
import type { AddControlInput, ChangeControlInput, ControlDetailDto } from "@/lib/contracts/controls";
import { Failure, notFound } from "@/lib/contracts/failure";
import { findRecord, insertRecord, type StoredRecord, storeRecord, worksheetsUsing } from "@/lib/data/control-records";
import { findBlob } from "@/lib/data/evidence-files";
import { listWorksheets } from "@/lib/data/worksheets";
import type { ScopedTx } from "@/lib/db/kinds";
import type { RecordEvidence, RecordText } from "@/lib/domain/controls/record";
import { heldBecause } from "@/lib/domain/evidence/blob-state";
import { isEditable } from "@/lib/domain/workflow/editing";
import { carryRecord } from "@/lib/services/controls/carry";
import { describeControl } from "@/lib/services/controls/read-register";
import { askAboutCardNumbers, textsIn } from "@/lib/services/worksheet/card-numbers";
import { seal } from "@/lib/services/worksheet/seal";
import { recordWorksheetEvent } from "@/lib/services/worksheet/worksheet-event";

/** Puts a control into the register that no worksheet uses yet. */
export function addControl(
  context: ServiceContext,
  engagementId: string,
  { acknowledgeCardNumber, evidence, ...text }: AddControlInput,
): Promise<ControlDetailDto> {
  return changeScope(context, "control.write", { engagementId }, "none", async (tx, grant) => {
    const asked = textsIn({ ...text, evidence: evidence.map(wordsOf) }, "");
    const acknowledged = await askAboutCardNumbers(asked, async () => [], acknowledgeCardNumber === true);
    const record = await insertRecord(tx, text, await withFiles(tx, evidence));
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
 * @throws Failure stale with the control as it is now; card_number_suspected; not_found
 */
export function changeControl(
  context: ServiceContext,
  controlRecordId: string,
  { acknowledgeCardNumber, version, retired, evidence, ...text }: ChangeControlInput,
): Promise<ControlDetailDto> {
  return changeScope(context, "control.write", { controlRecordId }, "none", async (tx, grant) => {
    const before = await findRecord(tx, controlRecordId);
    if (!before) throw notFound();
    const known = async () => textsIn({ ...before.text, evidence: before.evidence.map(wordsOf) }, "");
    const asked = textsIn({ ...text, evidence: evidence.map(wordsOf) }, "");
    const acknowledged = await askAboutCardNumbers(asked, known, acknowledgeCardNumber === true);
    const change = { text, evidence: await withFiles(tx, evidence), retired };
    const record = await storeRecord(tx, before, version, change);
    if (!record) {
      const current = await describeControl(tx, grant, controlRecordId);
      throw new Failure("stale", "Somebody else changed this control meanwhile.", { current });
    }
    recordInEngagement(context, tx, {
      action: "control.changed",
      detail: {
        ...detailOf(record),
        ...(retired === before.retired ? {} : { retired }),
        ...(acknowledged ? { cardNumberAcknowledged: true } : {}),
      },
      changes: [{ table: "control_record", id: record.id }],
    });
    await carryEverywhere(context, tx, record);
    return describeControl(tx, grant, controlRecordId);
  });
}

async function carryEverywhere(context: ServiceContext, tx: ScopedTx, record: StoredRecord): Promise<void> {
  // The record's row is held since it was stored, so that no worksheet begins to use it meanwhile.
  const using = await worksheetsUsing(tx, record.id, true);
  const worksheets = using.length > 0 ? await listWorksheets(tx, using) : [];
  for (const { id, facts } of worksheets) {
    const carried = isEditable(facts.state) ? await carryRecord(tx, id, record) : null;
    if (!carried || carried.changes.length === 0) continue;
    const { version, sha256, changes } = carried;
    recordWorksheetEvent(context, tx, {
      action: "control.carried",
      worksheetId: id,
      detail: { controlRecordId: record.id, section: "definition", version, sha256 },
      changes,
    });
  }
}

/** Evidence with what is known of its files, all of which the engagement has. @throws Failure invalid, blocked */
async function withFiles(tx: ScopedTx, evidence: AddControlInput["evidence"]): Promise<readonly RecordEvidence[]> {
  const whole: RecordEvidence[] = [];
  for (const [index, one] of evidence.entries()) {
    const files: RecordEvidence["files"][number][] = [];
    for (const { name, sha256 } of one.files) {
      const blob = await findBlob(tx, sha256);
      if (!blob || blob.state === "removed") {
        const message = `“${name}” is not stored in this engagement any more.`;
        throw new Failure("invalid", message, { errors: [{ path: `evidence.${index}.files`, message }] });
      }
      const held = blob.state === "pending" ? null : heldBecause(blob.state);
      if (held !== null) throw new Failure("blocked", held);
      files.push({ name, size: blob.size, type: blob.type, sha256 });
    }
    whole.push({ ...one, files });
  }
  return whole;
}

/** The texts of a piece of evidence; a digest is none. */
function wordsOf({
  title,
  url,
  shows,
  files,
}: Omit<RecordEvidence, "files"> & { readonly files: readonly { readonly name: string }[] }) {
  return { title, url, shows, files: files.map(({ name }) => name) };
}

function detailOf({ id, version, text, evidence }: StoredRecord) {
  return { controlRecordId: id, version, sha256: contentDigest(text, evidence) };
}

function contentDigest(text: RecordText, evidence: readonly RecordEvidence[]): string {
  return seal({ ...text, evidence }).digest;
}
