import { Failure } from "@/lib/contracts/failure";
import {
  buryAll,
  holdEvidence,
  insertCarried,
  insertFiles,
  storeCarried,
  storeOrigins,
} from "@/lib/data/carried-evidence";
import type { StoredRecord } from "@/lib/data/control-records";
import { type EvidenceFields, loadEvidence, type Origin, type StoredEvidence } from "@/lib/data/evidence";
import { findBlobs, holdRoom } from "@/lib/data/evidence-files";
import { findDefinitions, type StoredSection, storeControls } from "@/lib/data/sections";
import { recordAuthorsOf } from "@/lib/data/worksheets";
import type { ScopedTx } from "@/lib/db/kinds";
import type { ChangedRow } from "@/lib/db/transactions";
import { type EvidencePlan, planEvidence } from "@/lib/domain/controls/plan-evidence";
import { carryInto, eachOnce, type RecordEvidence, saysTheSame } from "@/lib/domain/controls/record";
import type { FileLimits } from "@/lib/domain/evidence/file-limits";
import type { EvidenceFileEntry } from "@/lib/domain/worksheet/model";
import { requireBounded, requireRoom } from "@/lib/services/controls/require-room";
import { dropFilesOf } from "@/lib/services/evidence/remove-file";
import { seal } from "@/lib/services/worksheet/seal";

/** What came into a worksheet from the register. */
export interface Carried {
  /** Of the definition, after it. */
  readonly version: number;
  readonly sha256: string;
  /** Every protected row that changed; none where the worksheet said all of it already. */
  readonly changes: readonly ChangedRow[];
}

/** A control of a worksheet that is a shared one. */
export interface Place {
  readonly worksheetId: string;
  readonly itemId: string;
}

/** The rows that changed, by the worksheet they belong to. */
type Changes = Map<string, ChangedRow[]>;

/**
 * Brings what a shared control says and shows into the worksheets that use it, in a number of statements that does not grow
 * with them. Whoever wrote it is an author of those that change. The caller holds the worksheets, and the room of the files
 * before any row, and records the events.
 * @returns by the worksheet's id; a worksheet that does not use the control is missing
 * @throws Failure stale when somebody writes one of them in the same moment; file_refused when one would have too many files
 */
export async function carryRecord(
  tx: ScopedTx,
  worksheetIds: readonly string[],
  record: StoredRecord,
  limits: FileLimits,
): Promise<ReadonlyMap<string, Carried>> {
  const using = (await findDefinitions(tx, worksheetIds)).flatMap((section) => {
    const control = section.content.items.controls.find(({ recordId }) => recordId === record.id);
    return control ? [{ section, control }] : [];
  });
  const places = using.map(({ section, control }) => ({ worksheetId: section.worksheetId, itemId: control.id }));
  const evidence = await carryEvidence(tx, places, record, limits);
  const outdated = using.filter(({ control }) => !saysTheSame(control, record.text)).map(({ section }) => section);
  const written = outdated.map((section) => ({ section, ...withText(section, record) }));
  const rows = written.map(({ section, content }) => ({ ...section, controls: content.items.controls }));
  if (!(await storeControls(tx, rows))) {
    throw new Failure("stale", "Somebody saved the controls in this moment. Try again.");
  }
  const carried = new Map<string, Carried>();
  for (const { section } of using) {
    const { worksheetId } = section;
    const now = written.find((one) => one.section === section);
    const text = now && section.id !== null ? [{ table: "section", id: section.id }] : [];
    carried.set(worksheetId, {
      version: now ? section.version + 1 : section.version,
      sha256: seal(now?.content ?? section.content).digest,
      changes: [...text, ...(evidence.get(worksheetId) ?? [])],
    });
  }
  const changed = [...carried].filter(([, { changes }]) => changes.length > 0).map(([id]) => id);
  await recordAuthorsOf(tx, changed, record.authorIds);
  return carried;
}

/** A definition with what the register says. */
function withText({ content }: StoredSection<"definition">, record: StoredRecord) {
  const { narrative, items } = content;
  return { content: { narrative, items: { controls: carryInto(items.controls, record.id, record.text) } } };
}

/**
 * Gives controls of worksheets the evidence of the shared control that they are. The room is held before any row of
 * evidence, so that no upload gets in between planning and writing. @returns the rows that changed, by the worksheet's id
 * @throws Failure stale, file_refused, blocked where it is more than one transaction can write
 */
export async function carryEvidence(
  tx: ScopedTx,
  places: readonly Place[],
  record: StoredRecord,
  limits: FileLimits,
): Promise<ReadonlyMap<string, readonly ChangedRow[]>> {
  const changes: Changes = new Map();
  if (places.length === 0) return changes;
  await holdRoom(tx);
  const ids = places.map(({ worksheetId }) => worksheetId);
  await holdEvidence(tx, ids);
  const stored = await loadEvidence(tx, ids);
  const plans = places.map(({ worksheetId, itemId }): Planned => {
    const rows = stored.get(worksheetId) ?? [];
    return { worksheetId, itemId, rows, plan: planEvidence(record.id, itemId, record.evidence, rows) };
  });
  requireBounded(plans);
  const originOf = ({ id }: RecordEvidence) => ({ controlRecordId: record.id, recordEvidenceId: id });
  const adopted = plans.flatMap(({ plan, rows }) =>
    plan.adopt.map(({ rowId, evidence }) => ({ row: rowOf(rows, rowId), origin: originOf(evidence) })),
  );
  const changed = plans.flatMap(({ plan, rows, itemId }) =>
    plan.change.map(({ rowId, evidence }) => ({
      row: rowOf(rows, rowId),
      evidence,
      fields: fieldsOf(evidence, itemId),
    })),
  );
  requireHeld(
    await storeOrigins(
      tx,
      adopted.map(({ row, origin }) => ({ ...idOf(row), origin })),
    ),
  );
  requireHeld(
    await storeCarried(
      tx,
      changed.map(({ row, fields }) => ({ ...idOf(row), fields })),
    ),
  );
  for (const { row } of [...adopted, ...changed]) note(changes, row.worksheetId, [{ table: "evidence", id: row.id }]);
  const added = await addEvidence(tx, plans, originOf, changes);
  const newFiles = [
    ...added,
    ...changed.flatMap(({ row, evidence }) => filesOf(row, without(evidence.files, row.files))),
  ];
  const dropped = changed.flatMap(({ row, evidence }) => without(row.files, evidence.files));
  const gone = plans.flatMap(({ plan, rows }) => plan.remove.map((id) => rowOf(rows, id)));
  await requireRoom(tx, stored, newFiles, [...dropped, ...gone.flatMap(({ files }) => files)], limits);
  await addFiles(tx, newFiles, changes);
  await removeRows(tx, gone, dropped, changes);
  return changes;
}

/** What became of the evidence that came with controls which the definition names no more: kept as its own where the control stays. */
export async function letGo(
  tx: ScopedTx,
  worksheetId: string,
  recordIds: readonly string[],
  itemIds: ReadonlySet<string>,
): Promise<ChangedRow[]> {
  const changes: Changes = new Map();
  await holdRoom(tx);
  await holdEvidence(tx, [worksheetId]);
  const rows = ((await loadEvidence(tx, [worksheetId])).get(worksheetId) ?? []).filter(({ controlRecordId }) =>
    recordIds.includes(controlRecordId ?? ""),
  );
  const kept = rows.filter(({ itemId }) => itemId !== null && itemIds.has(itemId));
  requireHeld(
    await storeOrigins(
      tx,
      kept.map((row) => ({ ...idOf(row), origin: null })),
    ),
  );
  for (const { id } of kept) note(changes, worksheetId, [{ table: "evidence", id }]);
  const gone = rows.filter((row) => !kept.includes(row));
  await removeRows(tx, gone, [], changes);
  return changes.get(worksheetId) ?? [];
}

interface Planned extends Place {
  readonly rows: readonly StoredEvidence[];
  readonly plan: EvidencePlan;
}

/** A file that evidence is to have. */
interface NewFile extends Pick<EvidenceFileEntry, "name" | "sha256"> {
  readonly evidenceId: string;
  readonly worksheetId: string;
}

/** Adds the evidence that worksheets have not. @returns the files that it is to have */
async function addEvidence(
  tx: ScopedTx,
  plans: readonly Planned[],
  originOf: (evidence: RecordEvidence) => Origin,
  changes: Changes,
): Promise<NewFile[]> {
  const wanted = plans.flatMap(({ plan, worksheetId, itemId }) =>
    plan.add.map((evidence) => ({
      worksheetId,
      evidence,
      fields: fieldsOf(evidence, itemId),
      origin: originOf(evidence),
    })),
  );
  const rows = await insertCarried(tx, wanted);
  const files = new Map(wanted.map(({ evidence }) => [evidence.id, evidence.files]));
  return rows.flatMap(({ id, worksheetId, recordEvidenceId }) => {
    note(changes, worksheetId, [{ table: "evidence", id }]);
    return filesOf({ id, worksheetId }, eachOnce(files.get(recordEvidenceId ?? "") ?? []));
  });
}

async function addFiles(tx: ScopedTx, files: readonly NewFile[], changes: Changes): Promise<void> {
  const blobs = await findBlobs(
    tx,
    files.map(({ sha256 }) => sha256),
  );
  const rows = await insertFiles(
    tx,
    files.map((file) => {
      const blob = blobs.get(file.sha256);
      // The register names the bytes, so nobody gave them up.
      if (!blob) throw new Error("The bytes of a shared control's evidence are not stored.");
      return { ...file, blob };
    }),
  );
  for (const { id, worksheetId } of rows) note(changes, worksheetId, [{ table: "evidence_file", id }]);
}

/** Leaves tombstones of rows with their files, and of further files. */
async function removeRows(
  tx: ScopedTx,
  rows: readonly StoredEvidence[],
  files: readonly StoredEvidence["files"][number][],
  changes: Changes,
): Promise<void> {
  requireHeld(await buryAll(tx, rows.map(idOf)));
  for (const { worksheetId, id } of rows) note(changes, worksheetId, [{ table: "evidence", id }]);
  const dropped = await dropFilesOf(tx, [...files, ...rows.flatMap((row) => row.files)]);
  for (const [worksheetId, own] of dropped) note(changes, worksheetId, own);
}

/** The rows are held, so only a change that nobody holds them for can have come between. */
function requireHeld(held: boolean): void {
  if (!held) throw new Failure("stale", "Somebody changed the evidence in this moment. Try again.");
}

function note(changes: Changes, worksheetId: string, rows: readonly ChangedRow[]): void {
  changes.set(worksheetId, [...(changes.get(worksheetId) ?? []), ...rows]);
}

function rowOf(rows: readonly StoredEvidence[], id: string): StoredEvidence {
  const row = rows.find((one) => one.id === id);
  if (!row) throw new Error("A plan names evidence that is not there.");
  return row;
}

function idOf({ id, version }: StoredEvidence) {
  return { id, version };
}

function filesOf(
  row: { readonly id: string; readonly worksheetId: string },
  files: readonly Pick<EvidenceFileEntry, "name" | "sha256">[],
): NewFile[] {
  return files.map(({ name, sha256 }) => ({ evidenceId: row.id, worksheetId: row.worksheetId, name, sha256 }));
}

/** The files of a list that another has not. */
function without<T extends EvidenceFileEntry>(files: readonly T[], others: readonly EvidenceFileEntry[]): readonly T[] {
  return eachOnce(files).filter(
    ({ name, sha256 }) => !others.some((file) => file.sha256 === sha256 && file.name === name),
  );
}

function fieldsOf({ title, url, shows, collectedOn, validUntil }: RecordEvidence, itemId: string): EvidenceFields {
  return { section: "definition", itemId, title, url, shows, collectedOn, validUntil };
}
