import type { KeyObject } from "node:crypto";
import { decrypt, encrypt } from "@/lib/secrets/cipher";
import type { SecretPlace } from "@/lib/secrets/place";
import { SealBroken } from "@/lib/secrets/seal-broken";

/** The keys that a sealed text names. */
export interface SealKeys {
  /** The key-encryption key at the time of sealing; which one wraps the data key today, the data key's row says. */
  readonly kekId: string;
  readonly dataKeyId: string;
}

const VERSION = "v1";
const SHAPE = /^v1\.([A-Za-z0-9_-]{1,64})\.([A-Za-z0-9_-]{1,64})\.([^.]*\.[^.]*\.[^.]*)$/;

/**
 * Seals a text for its place: `v1.<kek id>.<data key id>.<iv>.<ciphertext>.<tag>`. Everything before the nonce, and the
 * place, is bound as associated data.
 * @throws RangeError for a text with a lone surrogate, which would come back as another one
 */
export function sealText(key: KeyObject, keys: SealKeys, place: SecretPlace, text: string): string {
  if (!text.isWellFormed()) throw new RangeError("A text with a lone surrogate cannot be sealed.");
  return `${VERSION}.${keys.kekId}.${keys.dataKeyId}.${encrypt(key, boundParts(keys, place), Buffer.from(text))}`;
}

/** Opens what {@link sealText} made. @throws SealBroken for another key or place, or a changed character */
export function unsealText(key: KeyObject, place: SecretPlace, sealed: string): string {
  const { keys, body } = read(sealed);
  return decrypt(key, boundParts(keys, place), body).toString();
}

/** The keys that a sealed text names. @throws SealBroken when it is none */
export function keysOfSealed(sealed: string): SealKeys {
  return read(sealed).keys;
}

function read(sealed: string): { keys: SealKeys; body: string } {
  const [, kekId, dataKeyId, body] = SHAPE.exec(sealed) ?? [];
  if (kekId === undefined || dataKeyId === undefined || body === undefined) {
    throw new SealBroken("This is no sealed text.");
  }
  return { keys: { kekId, dataKeyId }, body };
}

function boundParts(keys: SealKeys, place: SecretPlace): readonly (string | null)[] {
  const { table, column, row, organisationId } = place;
  return [VERSION, keys.kekId, keys.dataKeyId, table, column, row, organisationId];
}
