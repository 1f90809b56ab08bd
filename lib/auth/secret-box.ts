import { createSecretKey, type KeyObject, randomBytes, randomUUID } from "node:crypto";
import { makeEvent, SYSTEM_LOG } from "@/lib/auth/events";
import type { Clock } from "@/lib/clock";
import { Failure } from "@/lib/contracts/failure";
import {
  findKey,
  findSealingKey,
  insertFirstKey,
  joinKeyMakers,
  type SecretsTx,
  type StoredKey,
} from "@/lib/data/data-keys";
import type { DeliveriesTx } from "@/lib/db/kinds";
import { logger } from "@/lib/logger";
import { KEY_BYTES } from "@/lib/secrets/cipher";
import type { KekProvider } from "@/lib/secrets/kek";
import { KekUnavailable } from "@/lib/secrets/kek-unavailable";
import { purposeOf, type SecretPlace } from "@/lib/secrets/place";
import { keysOfSealed, sealText, unsealText } from "@/lib/secrets/seal";
import { SealBroken } from "@/lib/secrets/seal-broken";

/**
 * Seals short secrets (seeds, client secrets) for the place where they are stored, and opens them there and nowhere else.
 * Every organisation has a data key of its own for every column; the first seal makes it, with its event.
 */
export interface SecretBox {
  /**
   * @returns the text to store
   * @throws Failure unavailable when no key can be had; RangeError for a text with a lone surrogate
   */
  seal(tx: SecretsTx, place: SecretPlace, text: string): Promise<string>;
  /** @throws SealBroken when it was changed or moved; Failure unavailable when its key cannot be had */
  unseal(tx: SecretsTx | DeliveriesTx, place: SecretPlace, sealed: string): Promise<string>;
}

/** How long an opened data key stays in the process's memory (milliseconds). */
const KEPT_MS = 5 * 60_000;
/** How many data keys stay there at most. */
const KEPT_KEYS = 2_000;

interface KeptKey {
  readonly until: number;
  readonly key: Promise<KeyObject>;
}

/** Makes the box of a process, over its key-encryption keys. */
export function makeSecretBox(keks: KekProvider, clock: Clock): SecretBox {
  const kept = new Map<string, KeptKey>();
  const now = () => clock().getTime();

  function keep(id: string, open: () => Promise<KeyObject>): Promise<KeyObject> {
    const known = kept.get(id);
    if (known && now() < known.until) return known.key;
    kept.delete(id);
    if (kept.size >= KEPT_KEYS) forgetOldest(kept);
    const key = open();
    kept.set(id, { until: now() + KEPT_MS, key });
    // What failed is tried anew next time.
    key.catch(() => kept.delete(id));
    return key;
  }

  function openStored(stored: StoredKey): Promise<KeyObject> {
    return keep(stored.id, async () => {
      const { kekId, wrapped } = stored;
      if (wrapped === null) throw new SealBroken("The key of this seal is destroyed.");
      return createSecretKey(await orUnavailable(keks.unwrap(stored, { kekId, wrapped })));
    });
  }

  async function makeKey(tx: SecretsTx, organisationId: string | null, purpose: string): Promise<StoredKey> {
    await joinKeyMakers(tx);
    const name = { id: randomUUID(), organisationId, purpose };
    const key = randomBytes(KEY_BYTES);
    const made = { ...name, ...(await orUnavailable(keks.wrap(name, key))) };
    if (await insertFirstKey(tx, made)) {
      const actor = "actor" in tx ? tx.actor : null;
      const detail = { key: "data", keyIds: [made.id], kekId: made.kekId, organisationId, purpose };
      const body = { action: "key.created", requestId: "keys", detail } as const;
      tx.record(makeEvent(SYSTEM_LOG, tx.now, actor, body, [{ table: "data_key", id: made.id }]));
      return made;
    }
    const twin = await findSealingKey(tx, organisationId, purpose);
    if (!twin) throw new Error(`Every key for ${purpose} is retired.`);
    return twin;
  }

  return {
    seal: async (tx, place, text) => {
      const purpose = purposeOf(place);
      const { organisationId } = place;
      const stored =
        (await findSealingKey(tx, organisationId, purpose)) ?? (await makeKey(tx, organisationId, purpose));
      const key = await openStored(stored);
      return sealText(key, { kekId: stored.kekId, dataKeyId: stored.id }, place, text);
    },
    unseal: async (tx, place, sealed) => {
      const { dataKeyId } = keysOfSealed(sealed);
      const known = kept.get(dataKeyId);
      if (known && now() < known.until) return unsealText(await known.key, place, sealed);
      const stored = UUID.test(dataKeyId) ? await findKey(tx, dataKeyId) : null;
      if (!stored) throw new SealBroken("There is no such key.");
      return unsealText(await openStored(stored), place, sealed);
    },
  };
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The box of work that stores no secrets, such as loading the catalogue: it refuses both. */
export const NO_SECRETS: SecretBox = {
  seal: () => Promise.reject(new Error("No keys are given here.")),
  unseal: () => Promise.reject(new Error("No keys are given here.")),
};

/** Whoever waits for a reply learns that keys are missing; why is for the operator's log. */
async function orUnavailable<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof KekUnavailable)) throw error;
    logger().error(error.message);
    throw new Failure("unavailable", "This cannot be done right now. Please try again in a little while.", {
      retryAfter: 30,
    });
  }
}

function forgetOldest(kept: Map<string, KeptKey>): void {
  const [oldest] = kept.keys();
  if (oldest !== undefined) kept.delete(oldest);
}
