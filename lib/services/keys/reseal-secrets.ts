import { randomBytes, randomUUID } from "node:crypto";
import type { ServiceContext } from "@/lib/auth/context";
import { asSystem, readAsSystem } from "@/lib/auth/open";
import { holdKeys, insertKeys, retireKeys, type SealingKey, unretiredKeys } from "@/lib/data/key-rotation";
import { keysUsedBy, replaceSecrets, type SealedRow, secretsUnder } from "@/lib/data/sealed-secrets";
import type { SystemTx } from "@/lib/db/kinds";
import type { SealedColumn } from "@/lib/domain/secrets/sealed-columns";
import { OperatorError } from "@/lib/operator-error";
import { KEY_BYTES } from "@/lib/secrets/cipher";
import type { KekProvider } from "@/lib/secrets/kek";
import { purposeOf, type SecretPlace } from "@/lib/secrets/place";
import { SealBroken } from "@/lib/secrets/seal-broken";
import { keyRows, recordKeyEvent } from "./key-event";

/** What sealing anew works with. */
export interface Reseal {
  readonly keks: KekProvider;
  /** Every column that holds sealed texts. */
  readonly columns: readonly SealedColumn[];
  /** Secrets sealed anew in one transaction. */
  readonly batch: number;
}

/** What sealing anew did. */
export interface Resealed {
  readonly secrets: number;
  /** Data keys that were retired. */
  readonly retired: number;
  /** Rows, as `table.column of row`, whose text does not open: they stay as they are, and their keys with them. */
  readonly broken: readonly string[];
  /** Whether it went on with one that had been interrupted, instead of making fresh keys. */
  readonly resumed: boolean;
}

/**
 * Makes a fresh data key for every organisation and column and seals every secret under it, batch after batch, while the
 * service goes on; then the former keys are retired. One that was interrupted is finished instead. Only one may run at a
 * time.
 * @throws OperatorError when a data key belongs to a column that is not listed
 */
export async function resealSecrets(context: ServiceContext, { keks, columns, batch }: Reseal): Promise<Resealed> {
  const before = await readAsSystem(context, "sealing anew", unretiredKeys);
  const stranger = before.find(({ purpose }) => !columns.some((column) => purposeOf(column) === purpose));
  if (stranger) {
    throw new OperatorError(
      `There are keys for ${stranger.purpose}, which this version does not know: run the newer one.`,
    );
  }
  const resumed = formerOf(before).length > 0;
  if (!resumed) await makeFreshKeys(context, keks, before);
  const broken: string[] = [];
  let secrets = 0;
  let retired = 0;
  for (let former = await readFormer(context); former.length > 0; former = await readFormer(context)) {
    let found = 0;
    for (const column of columns) found += await resealColumn(context, column, former, batch, broken);
    secrets += found;
    const gone = await retireUnused(context, columns, former);
    retired += gone;
    // Whoever was sealing under a former key made us look again; what is left now does not open.
    if (found === 0 && gone === 0) break;
  }
  return { secrets, retired, broken: [...new Set(broken)], resumed };
}

/** All of them in one transaction, so that an interrupted run has made either none or all. */
async function makeFreshKeys(context: ServiceContext, keks: KekProvider, keys: readonly SealingKey[]): Promise<void> {
  const fresh: SealingKey[] = [];
  for (const { organisationId, purpose, generation } of keys) {
    const name = { id: randomUUID(), organisationId, purpose };
    fresh.push({ ...name, generation: generation + 1, ...(await keks.wrap(name, randomBytes(KEY_BYTES))) });
  }
  if (fresh.length === 0) return;
  await asSystem(context, "sealing anew", async (tx) => {
    await insertKeys(tx, fresh);
    const keyIds = fresh.map(({ id }) => id);
    recordKeyEvent(context, tx, "key.created", { key: "data", keyIds }, keyRows(keyIds));
  });
}

async function readFormer(context: ServiceContext): Promise<string[]> {
  return formerOf(await readAsSystem(context, "sealing anew", unretiredKeys));
}

/** Keys of which there is a newer generation. They come newest first. */
function formerOf(keys: readonly SealingKey[]): string[] {
  const seen = new Set<string>();
  return keys.flatMap(({ id, organisationId, purpose }) => {
    const unit = JSON.stringify([organisationId, purpose]);
    if (seen.has(unit)) return [id];
    seen.add(unit);
    return [];
  });
}

/** Seals what a column holds under former keys anew. @returns how many */
async function resealColumn(
  context: ServiceContext,
  column: SealedColumn,
  former: readonly string[],
  batch: number,
  broken: string[],
): Promise<number> {
  const leaveOut: string[] = [];
  let count = 0;
  for (;;) {
    const { rows, opened } = await readAsSystem(context, "sealing anew", async (tx) => {
      const found = await secretsUnder(tx, column, former, batch, leaveOut);
      return { rows: found, opened: await openAll(context, tx, column, found) };
    });
    if (rows.length === 0) break;
    for (const { row } of rows.filter((one) => !opened.some(({ place }) => place.row === one.row))) {
      leaveOut.push(row);
      broken.push(`${purposeOf(column)} of ${row}`);
    }
    const done = opened.length === 0 ? 0 : await sealAll(context, column, opened);
    // What could not be replaced was replaced by others, under a fresh key; in no case is it tried for ever.
    if (done === 0) leaveOut.push(...opened.map(({ place }) => place.row));
    count += done;
  }
  return count;
}

interface Opened {
  readonly place: SecretPlace;
  readonly before: string;
  readonly text: string;
}

/** What does not open is left out. */
async function openAll(
  context: ServiceContext,
  tx: SystemTx,
  column: SealedColumn,
  rows: readonly SealedRow[],
): Promise<Opened[]> {
  const opened: Opened[] = [];
  for (const { row, organisationId, sealed } of rows) {
    const place = { table: column.table, column: column.column, row, organisationId };
    try {
      opened.push({ place, before: sealed, text: await context.secrets.unseal(tx, place, sealed) });
    } catch (error) {
      if (!(error instanceof SealBroken)) throw error;
    }
  }
  return opened;
}

/** A secret that somebody changed meanwhile stays as they left it: it was sealed under the fresh key. */
function sealAll(context: ServiceContext, column: SealedColumn, opened: readonly Opened[]): Promise<number> {
  return asSystem(context, "sealing anew", async (tx) => {
    const changes: { row: string; before: string; after: string }[] = [];
    for (const { place, before, text } of opened) {
      changes.push({ row: place.row, before, after: await context.secrets.seal(tx, place, text) });
    }
    const count = await replaceSecrets(tx, column, changes);
    const rows = opened.map(({ place }) => ({ table: column.table, id: place.row }));
    recordKeyEvent(context, tx, "key.rotated", { what: "secrets", count, purpose: purposeOf(column) }, rows);
    return count;
  });
}

/** @returns how many keys were retired: those under which nothing is sealed any more, nor being sealed at this moment */
async function retireUnused(
  context: ServiceContext,
  columns: readonly SealedColumn[],
  former: readonly string[],
): Promise<number> {
  const used = await readAsSystem(context, "sealing anew", (tx) => usedOf(tx, columns, former));
  const unused = former.filter((id) => !used.has(id));
  if (unused.length === 0) return 0;
  return asSystem(context, "sealing anew", async (tx) => {
    await holdKeys(tx, unused);
    const usedAfterAll = await usedOf(tx, columns, unused);
    const retired = unused.filter((id) => !usedAfterAll.has(id));
    await retireKeys(tx, retired);
    recordKeyEvent(context, tx, "key.retired", { key: "data", keyIds: retired }, keyRows(retired));
    return retired.length;
  });
}

async function usedOf(tx: SystemTx, columns: readonly SealedColumn[], ids: readonly string[]): Promise<Set<string>> {
  const used = new Set<string>();
  for (const column of columns) for (const id of await keysUsedBy(tx, column, ids)) used.add(id);
  return used;
}
