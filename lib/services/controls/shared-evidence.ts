import { randomUUID } from "node:crypto";
import type { AddControlInput } from "@/lib/contracts/controls";
import { Failure } from "@/lib/contracts/failure";
import { whoBrought, whoWrote } from "@/lib/data/carried-evidence";
import type { StoredRecord } from "@/lib/data/control-records";
import { linkOf, loadEvidence } from "@/lib/data/evidence";
import { buryUnusedBlobs, findBlobs, type StoredBlob } from "@/lib/data/evidence-files";
import type { ScopedTx } from "@/lib/db/kinds";
import type { ChangedRow } from "@/lib/db/transactions";
import { eachOnce, type RecordEvidence, type RecordText, unshareable } from "@/lib/domain/controls/record";
import { heldBecause } from "@/lib/domain/evidence/blob-state";
import { type NamedText, textsIn } from "@/lib/domain/evidence/fresh-numbers";
import { isSame } from "@/lib/domain/same";
import type { EvidenceFileEntry } from "@/lib/domain/worksheet/model";

/**
 * Evidence with what is known of its files. A file that comes new has to be stored and whole; one that the control had
 * already stays, however it stands by now: what one file has come to is to be mended there, and stops no other change. The
 * caller holds the room, so that no bytes are given up meanwhile.
 * @param before the evidence that the control has until now @throws Failure invalid, blocked
 */
export async function withFiles(
  tx: ScopedTx,
  evidence: AddControlInput["evidence"],
  before: readonly RecordEvidence[] = [],
): Promise<readonly RecordEvidence[]> {
  const known = new Map(before.flatMap(({ files }) => files).map((file) => [keyOf(file), file]));
  const fresh = evidence.flatMap(({ files }) => files).filter((file) => !known.has(keyOf(file)));
  const blobs = await findBlobs(
    tx,
    fresh.map(({ sha256 }) => sha256),
  );
  return evidence.map((one, index) => ({
    ...one,
    files: eachOnce(one.files).map((file) => {
      const had = known.get(keyOf(file));
      if (had) return had;
      const { name, sha256 } = file;
      const blob = requireUsable(blobs.get(sha256), name, `evidence.${index}.files`);
      return { name, size: blob.size, type: blob.type, sha256 };
    }),
  }));
}

function requireUsable(blob: StoredBlob | undefined, name: string, path: string): StoredBlob {
  if (!blob || blob.state === "removed") {
    const message = `“${name}” is not stored in this engagement any more.`;
    throw new Failure("invalid", message, { errors: [{ path, message }] });
  }
  const held = blob.state === "pending" ? null : heldBecause(blob.state);
  if (held !== null) throw new Failure("blocked", `“${name}”: ${held}`);
  return blob;
}

function keyOf({ sha256, name }: Pick<EvidenceFileEntry, "sha256" | "name">): string {
  return `${sha256} ${name}`;
}

/**
 * What is attached to a control of the worksheet, as the register would have it. The caller holds the evidence and the room.
 * @throws Failure blocked, naming the evidence that the register could not keep
 */
export async function evidenceToShare(
  tx: ScopedTx,
  worksheetId: string,
  itemId: string,
): Promise<readonly RecordEvidence[]> {
  const rows = ((await loadEvidence(tx, [worksheetId])).get(worksheetId) ?? []).filter(
    (row) => row.itemId === itemId && row.controlRecordId === null,
  );
  const reason = unshareable(rows);
  if (reason !== null) throw new Failure("blocked", reason);
  for (const { name, blob } of rows.flatMap(({ files }) => files)) requireUsable(blob, name, "evidence");
  return rows.map((row) => {
    const { title, url, shows, collectedOn, validUntil, files = [] } = linkOf(row);
    return { id: randomUUID(), title, url, shows, collectedOn, validUntil, files: eachOnce(files) };
  });
}

/**
 * Who wrote the evidence that comes new into the register: whoever brought its files, and everybody of a worksheet whose own
 * evidence says the same. What was theirs there is theirs here, so they decide over no worksheet that shows it.
 */
export async function writersOf(
  tx: ScopedTx,
  evidence: readonly RecordEvidence[],
  before: readonly RecordEvidence[] = [],
): Promise<readonly string[]> {
  const fresh = evidence.filter((one) => !before.some((other) => isSame(one, other)));
  const had = digestsIn(before);
  const brought = await whoBrought(
    tx,
    digestsIn(fresh).filter((digest) => !had.includes(digest)),
  );
  return [...new Set([...brought, ...(await whoWrote(tx, fresh))])];
}

/** Gives up the bytes that the register named and names no more, where nothing else does. @returns the rows that changed */
export async function giveUpDropped(
  tx: ScopedTx,
  before: readonly RecordEvidence[],
  { evidence }: Pick<StoredRecord, "evidence">,
): Promise<ChangedRow[]> {
  const now = digestsIn(evidence);
  const dropped = digestsIn(before).filter((digest) => !now.includes(digest));
  const ids = await buryUnusedBlobs(tx, [...(await findBlobs(tx, dropped)).values()]);
  return ids.map((id) => ({ table: "blob", id }));
}

/** The texts of a control and its evidence, by their fields; a digest is none. */
export function textsOfControl(
  text: RecordText,
  evidence: readonly (Pick<RecordEvidence, "title" | "url" | "shows"> & {
    readonly files?: readonly { readonly name: string }[];
  })[],
): NamedText[] {
  const words = evidence.map(({ title, url, shows, files = [] }) => ({
    ...{ title, url, shows },
    files: files.map(({ name }) => name),
  }));
  return textsIn({ ...text, evidence: words }, "");
}

function digestsIn(evidence: readonly RecordEvidence[]): string[] {
  return [...new Set(evidence.flatMap(({ files }) => files.map(({ sha256 }) => sha256)))];
}
