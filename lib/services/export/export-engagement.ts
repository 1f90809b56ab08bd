import { createHash } from "node:crypto";
import type { ServiceContext } from "@/lib/auth/context";
import { recordInEngagement } from "@/lib/auth/record";
import { changeScope } from "@/lib/auth/scope";
import { readServiceId } from "@/lib/data/checkpoints";
import { type MovedRow, movedRows } from "@/lib/data/moved-rows";
import { findLastKeySet } from "@/lib/data/signing-keys";
import { fileStateOf, heldBecause, type ScanState } from "@/lib/domain/evidence/blob-state";
import { MOVE_FORMAT, type MoveEnd, type MoveHead, PART_BYTES } from "@/lib/domain/move/format";
import { fileNamePart } from "@/lib/services/export/pdf-file";
import type { BlobStore } from "@/lib/storage/blob-store";
import { readVerified } from "@/lib/storage/verified";

/** An engagement on its way out: the name of its file, and its lines as they are asked for. */
export interface EngagementExport {
  readonly name: string;
  readonly lines: AsyncGenerator<string>;
}

/** What is fixed at one moment: everything but the bytes of files, which never change. */
interface Gathered {
  readonly head: MoveHead;
  readonly keys: string | null;
  readonly rows: readonly MovedRow[];
}

/**
 * Everything of an engagement that its owner may see, rows as they are stored and files with their bytes, for another
 * service to take in. What the assessor company keeps for itself stays with it.
 * @throws Failure not_found, forbidden for everybody but a lead, step_up_required
 */
export async function exportEngagement(
  context: ServiceContext,
  store: BlobStore,
  engagementId: string,
): Promise<EngagementExport> {
  const gathered = await changeScope(context, "engagement.export_all", { engagementId }, "none", async (tx) => {
    const { id, organisationId, catalogueVersion } = tx.engagement;
    const head: MoveHead = {
      ...{ format: MOVE_FORMAT, service: await readServiceId(tx), engagementId: id, organisationId, catalogueVersion },
      exportedAt: tx.now.toISOString(),
    };
    const found = { head, keys: (await findLastKeySet(tx))?.envelope ?? null, rows: await movedRows(tx) };
    recordInEngagement(context, tx, { action: "export.made", detail: { what: "engagement", format: "jsonl" } });
    return {
      found,
      name: `engagement-${fileNamePart(tx.engagement.entityName)}-${head.exportedAt.slice(0, 10)}.jsonl`,
    };
  });
  return { name: gathered.name, lines: withEnd(linesOf(gathered.found, store), gathered.found.rows.length) };
}

async function* linesOf({ head, keys, rows }: Gathered, store: BlobStore): AsyncGenerator<string> {
  yield `${JSON.stringify(head)}\n`;
  if (keys !== null) yield `${JSON.stringify({ keys })}\n`;
  for (const { table, row } of rows) yield `{"table":"${table}","row":${row}}\n`;
  for (const { table, row } of rows) if (table === "blob") yield* fileLines(JSON.parse(row) as BlobRow, store);
}

interface BlobRow {
  readonly sha256: string;
  readonly size: number;
  readonly key: string;
  readonly scan: ScanState;
  readonly damaged_at: string | null;
  readonly removed_at: string | null;
}

/** The bytes in parts; of what is not whole, or turns out not to be, a line that says why it is left out. */
async function* fileLines(blob: BlobRow, store: BlobStore): AsyncGenerator<string> {
  const { sha256, size, scan, damaged_at: damaged, removed_at: removed } = blob;
  const held = heldBecause(fileStateOf({ scan, damaged: damaged !== null, removed: removed !== null }));
  const bytes = held === null ? await readVerified(store, blob.key, { sha256, size }) : null;
  if (!bytes) {
    yield `${JSON.stringify({ omitted: sha256, reason: held ?? "The stored file is damaged or gone." })}\n`;
    return;
  }
  let rest: Uint8Array = new Uint8Array();
  let part = 0;
  const line = (piece: Uint8Array) =>
    `${JSON.stringify({ file: sha256, part: part++, base64: Buffer.from(piece).toString("base64") })}\n`;
  for await (const chunk of bytes) {
    rest = Buffer.concat([rest, chunk]);
    for (; rest.byteLength >= PART_BYTES; rest = rest.subarray(PART_BYTES)) yield line(rest.subarray(0, PART_BYTES));
  }
  // Also for a file without a byte: whoever reads knows it by its first part.
  if (rest.byteLength > 0 || part === 0) yield line(rest);
}

/** The end says what came before it, so that a file that was cut is no file. */
async function* withEnd(lines: AsyncGenerator<string>, rows: number): AsyncGenerator<string> {
  const hash = createHash("sha256");
  let files = 0;
  for await (const line of lines) {
    if (/^\{"file":"[0-9a-f]{64}","part":0,/.test(line)) files += 1;
    hash.update(line);
    yield line;
  }
  const end: MoveEnd = { rows, files, sha256: hash.digest("hex") };
  yield `${JSON.stringify({ end })}\n`;
}
