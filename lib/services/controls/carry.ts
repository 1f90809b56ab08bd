import { Failure } from "@/lib/contracts/failure";
import type { StoredRecord } from "@/lib/data/control-records";
import {
  buryEvidence,
  type EvidenceFields,
  insertEvidence,
  loadEvidence,
  type StoredEvidence,
  storeEvidence,
  storeOrigin,
} from "@/lib/data/evidence";
import { findBlob, holdRoom, insertFile } from "@/lib/data/evidence-files";
import { findSection, storeSection } from "@/lib/data/sections";
import { recordAuthors } from "@/lib/data/worksheets";
import type { ScopedTx } from "@/lib/db/kinds";
import type { ChangedRow } from "@/lib/db/transactions";
import { planEvidence } from "@/lib/domain/controls/plan-evidence";
import { carryInto, type RecordEvidence, saysTheSame } from "@/lib/domain/controls/record";
import type { EvidenceFileEntry } from "@/lib/domain/worksheet/model";
import { dropFiles } from "@/lib/services/evidence/remove-file";
import { seal } from "@/lib/services/worksheet/seal";

/** What came into a worksheet from the register. */
export interface Carried {
  /** Of the definition, after it. */
  readonly version: number;
  readonly sha256: string;
  /** Every protected row that changed; none where the worksheet said all of it already. */
  readonly changes: readonly ChangedRow[];
}

/**
 * Brings what a shared control says and shows into a worksheet that uses it. The caller holds the worksheet and its
 * definition, and records the event. @returns null where the worksheet does not use it
 */
export async function carryRecord(tx: ScopedTx, worksheetId: string, record: StoredRecord): Promise<Carried | null> {
  const section = await findSection(tx, worksheetId, "definition");
  const { narrative, items } = section?.content ?? { items: { controls: [] } };
  const control = items.controls.find(({ recordId }) => recordId === record.id);
  if (!section || !narrative || !control) return null;
  const evidence = await carryEvidence(tx, worksheetId, record, control.id);
  await recordAuthors(tx, worksheetId, record.authorIds);
  if (saysTheSame(control, record.text)) {
    return { version: section.version, sha256: seal(section.content).digest, changes: evidence };
  }
  const content = { narrative, items: { controls: carryInto(items.controls, record.id, record.text) } };
  const version = await storeSection(tx, worksheetId, "definition", section.version, content);
  if (version === null || section.id === null) {
    throw new Failure("stale", "Somebody saved the controls in this moment. Try again.");
  }
  return { version, sha256: seal(content).digest, changes: [{ table: "section", id: section.id }, ...evidence] };
}

/** Gives a worksheet's control the evidence of the shared control that it is. @returns the rows that changed */
export async function carryEvidence(
  tx: ScopedTx,
  worksheetId: string,
  record: StoredRecord,
  itemId: string,
): Promise<ChangedRow[]> {
  const rows = await evidenceOf(tx, worksheetId);
  const plan = planEvidence(record.id, itemId, record.evidence, rows);
  const byId = new Map(rows.map((row) => [row.id, row]));
  const changes: ChangedRow[] = [];
  if (record.evidence.some(({ files }) => files.length > 0)) await holdRoom(tx);
  const originOf = ({ id }: RecordEvidence) => ({ controlRecordId: record.id, recordEvidenceId: id });
  for (const { rowId, evidence } of plan.adopt) {
    const version = byId.get(rowId)?.version ?? 0;
    if (await storeOrigin(tx, rowId, version, originOf(evidence))) changes.push({ table: "evidence", id: rowId });
  }
  for (const evidence of plan.add) {
    const row = await insertEvidence(tx, worksheetId, fieldsOf(evidence, itemId), originOf(evidence));
    changes.push({ table: "evidence", id: row.id }, ...(await addFiles(tx, row, evidence.files)));
  }
  for (const { rowId, evidence } of plan.change) {
    const row = byId.get(rowId);
    if (row) changes.push(...(await changeRow(tx, row, fieldsOf(evidence, itemId), evidence.files)));
  }
  return [...changes, ...(await buryRows(tx, rows, plan.remove))];
}

/** What became of the evidence that came with controls which the definition names no more: kept as its own where the control stays. */
export async function letGo(
  tx: ScopedTx,
  worksheetId: string,
  recordIds: readonly string[],
  itemIds: ReadonlySet<string>,
): Promise<ChangedRow[]> {
  const rows = (await evidenceOf(tx, worksheetId)).filter(({ controlRecordId }) =>
    recordIds.includes(controlRecordId ?? ""),
  );
  const kept = rows.filter(({ itemId }) => itemId !== null && itemIds.has(itemId));
  for (const { id, version } of kept) await storeOrigin(tx, id, version, null);
  const gone = rows.filter((row) => !kept.includes(row)).map(({ id }) => id);
  return [...kept.map(({ id }) => ({ table: "evidence", id })), ...(await buryRows(tx, rows, gone))];
}

async function evidenceOf(tx: ScopedTx, worksheetId: string): Promise<readonly StoredEvidence[]> {
  return (await loadEvidence(tx, [worksheetId])).get(worksheetId) ?? [];
}

async function changeRow(
  tx: ScopedTx,
  row: StoredEvidence,
  fields: EvidenceFields,
  files: readonly EvidenceFileEntry[],
): Promise<ChangedRow[]> {
  if (!(await storeEvidence(tx, row.id, row.version, fields)))
    throw new Error("Evidence of the register was not held.");
  const isIn = (list: readonly EvidenceFileEntry[], { name, sha256 }: EvidenceFileEntry) =>
    list.some((file) => file.sha256 === sha256 && file.name === name);
  const added = await addFiles(
    tx,
    row,
    files.filter((file) => !isIn(row.files, file)),
  );
  const dropped = await dropFiles(
    tx,
    row.files.filter((file) => !isIn(files, file)),
  );
  return [{ table: "evidence", id: row.id }, ...added, ...dropped];
}

async function addFiles(
  tx: ScopedTx,
  row: StoredEvidence,
  files: readonly EvidenceFileEntry[],
): Promise<readonly ChangedRow[]> {
  const changes: ChangedRow[] = [];
  for (const { name, sha256 } of files) {
    const blob = await findBlob(tx, sha256);
    // The register names the bytes, so nobody gave them up.
    if (!blob) throw new Error("The bytes of a shared control's evidence are not stored.");
    const { id } = await insertFile(tx, row, blob.id, name);
    changes.push({ table: "evidence_file", id });
  }
  return changes;
}

async function buryRows(
  tx: ScopedTx,
  rows: readonly StoredEvidence[],
  ids: readonly string[],
): Promise<readonly ChangedRow[]> {
  const changes: ChangedRow[] = [];
  for (const row of rows.filter(({ id }) => ids.includes(id))) {
    await buryEvidence(tx, row.id, row.version);
    changes.push({ table: "evidence", id: row.id }, ...(await dropFiles(tx, row.files)));
  }
  return changes;
}

function fieldsOf({ title, url, shows, collectedOn, validUntil }: RecordEvidence, itemId: string): EvidenceFields {
  return { section: "definition", itemId, title, url, shows, collectedOn, validUntil };
}
