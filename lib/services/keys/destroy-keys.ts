import type { ServiceContext } from "@/lib/auth/context";
import { asSystem, readAsSystem } from "@/lib/auth/open";
import { destroyKeys, keksInUse, keysRetiredBefore } from "@/lib/data/key-rotation";
import type { KekStore } from "@/lib/secrets/kek-store";
import { keyRows, recordKeyEvent } from "./key-event";

/** How long a key stays retired before it may be destroyed: whoever began to read a secret under it is done (milliseconds). */
const REST_MS = 24 * 60 * 60 * 1_000;

/** How many keys were destroyed. */
export interface KeysDestroyed {
  readonly dataKeys: number;
  readonly keks: number;
}

/**
 * Destroys keys that were retired more than a day ago. Backups made before the rotation then no longer open their
 * secrets.
 * @param store the file of key-encryption keys, where there is one
 */
export async function destroyRetiredKeys(context: ServiceContext, store: KekStore | null): Promise<KeysDestroyed> {
  const before = new Date(context.clock().getTime() - REST_MS);
  const dataKeys = await readAsSystem(context, "destroying keys", (tx) => keysRetiredBefore(tx, before));
  if (dataKeys.length > 0) {
    await asSystem(context, "destroying keys", async (tx) => {
      await destroyKeys(tx, dataKeys);
      recordKeyEvent(context, tx, "key.destroyed", { key: "data", keyIds: dataKeys }, keyRows(dataKeys));
    });
  }
  const inUse = await readAsSystem(context, "destroying keys", keksInUse);
  const keks = ((await store?.retiredBefore(before)) ?? []).filter((id) => !inUse.has(id));
  if (store && keks.length > 0) {
    await asSystem(context, "destroying keys", async (tx) => {
      recordKeyEvent(context, tx, "key.destroyed", { key: "kek", keyIds: keks });
    });
    await store.remove(keks);
  }
  return { dataKeys: dataKeys.length, keks: keks.length };
}
