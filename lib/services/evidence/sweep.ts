import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { ServiceContext } from "@/lib/auth/context";
import { makeEvent, organisationLog, SYSTEM_LOG } from "@/lib/auth/events";
import { asSystem, readAsSystem } from "@/lib/auth/open";
import { blobsAfter, holdStore, keysInUse, noteDamage, noteScan, type SweptBlob } from "@/lib/data/blob-sweep";
import type { SystemTx } from "@/lib/db/kinds";
import type { AuditAction } from "@/lib/domain/audit/event-types";
import type { BlobStore, StoredObject } from "@/lib/storage/blob-store";
import type { EvidenceFiles } from "@/lib/storage/evidence-files";
import type { Scanner } from "@/lib/storage/scanner";
import { isWhole } from "@/lib/storage/verified";

/** What a sweep found and did. */
export interface Swept {
  /** Stored files that were hashed again. */
  readonly looked: number;
  /** Those whose bytes are not what they have to be, or not there: all of them, and of these the newly found. */
  readonly damaged: number;
  readonly found: number;
  readonly mended: number;
  readonly scanned: number;
  /** Files whose place was freed, because nothing names them any more. */
  readonly freed: number;
}

const REASON = "sweep of evidence";
const BATCH = 200;
/** Files freed in one transaction: a slow store has to be done with them before its time is over. */
const FREED_AT_ONCE = 25;
/** Younger than this, what nothing names may belong to an upload that is under way. */
const UNDER_WAY_MS = 24 * 60 * 60_000;

/**
 * Hashes every stored file again (PCI DSS 11.5), has scanned what waits for the virus scanner, and frees the place of what
 * nothing names any more. What differs is an event in its engagement, and shows wherever the file is named.
 */
export async function sweepEvidence(context: ServiceContext, files: EvidenceFiles): Promise<Swept> {
  const swept = { looked: 0, damaged: 0, found: 0, mended: 0, scanned: 0 };
  for await (const blob of allBlobs(context)) {
    const whole = await isWhole(files.store, blob.key, blob);
    swept.looked += 1;
    if (!whole) swept.damaged += 1;
    if (whole === (blob.damagedAt !== null)) {
      const isNew = await noteState(context, blob, !whole);
      if (isNew) swept[whole ? "mended" : "found"] += 1;
    }
    if (whole && blob.scan === "pending" && (await scanStored(context, files, blob))) swept.scanned += 1;
  }
  const freed = await freeUnused(context, files);
  await dropOldDrafts(context, files.draftFolder);
  await asSystem(context, REASON, async (tx) => {
    const detail = { looked: swept.looked, damaged: swept.damaged };
    tx.record(makeEvent(SYSTEM_LOG, tx.now, null, { action: "evidence.swept", requestId: context.requestId, detail }));
  });
  return { ...swept, freed };
}

/** Has scanned what waits for the virus scanner. @returns how many files the scanner answered for */
export async function scanPending(context: ServiceContext, files: EvidenceFiles): Promise<number> {
  let scanned = 0;
  if (!files.scanner) return scanned;
  for await (const blob of allBlobs(context)) {
    if (blob.scan === "pending" && (await scanStored(context, files, blob))) scanned += 1;
  }
  return scanned;
}

async function* allBlobs(context: ServiceContext): AsyncIterable<SweptBlob> {
  let last: string | null = null;
  for (;;) {
    const after: string | null = last;
    const batch: SweptBlob[] = await readAsSystem(context, REASON, (tx) => blobsAfter(tx, after, BATCH));
    yield* batch;
    if (batch.length < BATCH) return;
    last = batch.at(-1)?.id ?? null;
  }
}

function noteState(context: ServiceContext, blob: SweptBlob, damaged: boolean): Promise<boolean> {
  const action = damaged ? "evidence.damage_found" : "evidence.damage_mended";
  return change(context, blob, { action, detail: { sha256: blob.sha256 } }, (tx) => noteDamage(tx, blob.id, damaged));
}

async function scanStored(
  context: ServiceContext,
  { store, scanner }: { readonly store: BlobStore; readonly scanner: Scanner | null },
  blob: SweptBlob,
): Promise<boolean> {
  const opened = scanner && (await store.open(blob.key));
  if (!scanner || !opened) return false;
  try {
    const { state, note } = await scanner.scan(await opened.read());
    if (state === "pending") return false;
    const detail = { sha256: blob.sha256, scan: state, virus: note };
    return await change(context, blob, { action: "evidence.scanned", detail }, (tx) =>
      noteScan(tx, blob.id, state, note),
    );
  } finally {
    await opened.close();
  }
}

/** Somebody may have been quicker with the same finding: then nothing has changed, and nothing is recorded. */
class Known extends Error {}

async function change(
  context: ServiceContext,
  blob: SweptBlob,
  event: { readonly action: AuditAction; readonly detail: Readonly<Record<string, unknown>> },
  work: (tx: SystemTx) => Promise<boolean>,
): Promise<boolean> {
  try {
    await asSystem(context, REASON, async (tx) => {
      if (!(await work(tx))) throw new Known();
      const body = { ...event, requestId: context.requestId, engagementId: blob.engagementId };
      const changes = [{ table: "blob", id: blob.id }];
      tx.record(makeEvent(organisationLog(blob.organisationId), tx.now, null, body, changes));
    });
    return true;
  } catch (error) {
    if (error instanceof Known) return false;
    throw error;
  }
}

async function freeUnused(context: ServiceContext, { store }: EvidenceFiles): Promise<number> {
  const oldest = context.clock().getTime() - UNDER_WAY_MS;
  const byOrganisation = new Map<string, StoredObject[]>();
  for await (const object of store.list()) {
    const [organisationId = ""] = object.key.split("/");
    if (object.at.getTime() > oldest) continue;
    byOrganisation.set(organisationId, [...(byOrganisation.get(organisationId) ?? []), object]);
  }
  let freed = 0;
  for (const [organisationId, objects] of byOrganisation) {
    for (let at = 0; at < objects.length; at += FREED_AT_ONCE) {
      const keys = objects.slice(at, at + FREED_AT_ONCE).map(({ key }) => key);
      freed += await freeAmong(context, store, organisationId, keys);
    }
  }
  return freed;
}

/** The store is held while it is looked at, so that no upload counts on bytes that are about to go. */
async function freeAmong(
  context: ServiceContext,
  store: BlobStore,
  organisationId: string,
  keys: readonly string[],
): Promise<number> {
  const looked = await readAsSystem(context, REASON, (tx) => keysInUse(tx, keys));
  if (keys.every((key) => looked.has(key))) return 0;
  return asSystem(context, REASON, async (tx) => {
    await holdStore(tx, organisationId);
    const used = await keysInUse(tx, keys);
    const unused = keys.filter((key) => !used.has(key));
    for (const key of unused) await store.remove(key);
    const body = { action: "evidence.freed", requestId: context.requestId, detail: { count: unused.length } } as const;
    tx.record(makeEvent(organisationLog(organisationId), tx.now, null, body));
    return unused.length;
  });
}

/** Of an upload that a crash ended, the draft is left. */
async function dropOldDrafts(context: ServiceContext, folder: string): Promise<void> {
  const oldest = context.clock().getTime() - UNDER_WAY_MS;
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => null);
    if (found?.isFile() && found.mtime.getTime() < oldest) await rm(path, { force: true });
  }
}
