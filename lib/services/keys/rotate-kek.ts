import type { ServiceContext } from "@/lib/auth/context";
import { asSystem, readAsSystem } from "@/lib/auth/open";
import type { UsableKey } from "@/lib/data/data-keys";
import { awaitKeyMakers, keksInUse, keysUnderOthers, rewrapKey } from "@/lib/data/key-rotation";
import type { KekProvider, WrappedKey } from "@/lib/secrets/kek";
import type { KekStore } from "@/lib/secrets/kek-store";
import { keyRows, recordKeyEvent } from "./key-event";

/** What a rotation works with. */
export interface KekRotation {
  readonly keks: KekProvider;
  /** Where new key-encryption keys are made; null where somebody else makes them, as in KMS. */
  readonly store: KekStore | null;
  /** Data keys wrapped anew in one transaction. */
  readonly batch: number;
}

/** What a rotation did. */
export interface KekRotated {
  /** The key-encryption key under which everything is now. */
  readonly kekId: string;
  readonly dataKeys: number;
  /** Whether it went on with one that had been interrupted, instead of making another key. */
  readonly resumed: boolean;
}

/**
 * Makes a new key-encryption key (or takes the one that the settings name first) and wraps every data key under it, batch
 * after batch, while the service goes on; then the former is retired. One that was interrupted is finished instead. The
 * secrets themselves are not touched. Only one may run at a time.
 */
export async function rotateKek(context: ServiceContext, { keks, store, batch }: KekRotation): Promise<KekRotated> {
  const resumed = store ? !(await store.addNext()) : false;
  if (store) await activateNext(context, store);
  await readAsSystem(context, "waiting for new keys", awaitKeyMakers);
  const kekId = await keks.activeId();
  let dataKeys = 0;
  for (;;) {
    const keys = await readAsSystem(context, "rotating keys", (tx) => keysUnderOthers(tx, kekId, batch));
    if (keys.length === 0) break;
    await rewrap(context, keks, keys);
    dataKeys += keys.length;
  }
  const inUse = await readAsSystem(context, "rotating keys", keksInUse);
  await store?.retireFormer(inUse);
  return { kekId, dataKeys, resumed };
}

/** The event comes first: a key never wraps without one, though one may be told of twice when it was interrupted here. */
async function activateNext(context: ServiceContext, store: KekStore): Promise<void> {
  const next = await store.nextId();
  if (next === null) return;
  await asSystem(context, "rotating keys", async (tx) => {
    recordKeyEvent(context, tx, "key.created", { key: "kek", keyIds: [next] });
  });
  await store.activateNext();
}

/** Wraps outside the transaction, where waiting for KMS holds nobody up. */
async function rewrap(context: ServiceContext, keks: KekProvider, keys: readonly UsableKey[]): Promise<void> {
  const wrapped: (readonly [UsableKey, WrappedKey])[] = [];
  for (const key of keys) wrapped.push([key, await keks.wrap(key, await keks.unwrap(key, key))]);
  await asSystem(context, "rotating keys", async (tx) => {
    for (const [before, after] of wrapped) {
      if (!(await rewrapKey(tx, before, after))) throw new Error(`Data key ${before.id} was changed by somebody else.`);
    }
    const rows = keyRows(keys.map(({ id }) => id));
    recordKeyEvent(context, tx, "key.rotated", { what: "data_keys", count: keys.length }, rows);
    const inUse = await keksInUse(tx);
    const left = [...new Set(keys.map(({ kekId }) => kekId))].filter((kekId) => !inUse.has(kekId));
    if (left.length > 0) recordKeyEvent(context, tx, "key.retired", { key: "kek", keyIds: left });
  });
}
