import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from "node:crypto";
import { SealBroken } from "@/lib/secrets/seal-broken";

const ALGORITHM = "aes-256-gcm";
/** Random nonces of 96 bits are safe for 2^32 texts under one key; an organisation's column has far fewer. */
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Bytes of a key: AES-256. */
export const KEY_BYTES = 32;

/**
 * Encrypts with AES-256-GCM under a fresh random nonce.
 * @param bound what has to be the same again at opening; as JSON, so that no part runs into the next
 * @returns `iv.ciphertext.tag`, each in base64url
 */
export function encrypt(key: KeyObject, bound: readonly (string | null)[], content: Buffer): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(JSON.stringify(bound)));
  const ciphertext = Buffer.concat([cipher.update(content), cipher.final()]);
  return [iv, ciphertext, cipher.getAuthTag()].map((part) => part.toString("base64url")).join(".");
}

/** Opens what {@link encrypt} made. @throws SealBroken when key, bound parts or a single bit differ */
export function decrypt(key: KeyObject, bound: readonly (string | null)[], text: string): Buffer {
  const [iv, ciphertext, tag, ...rest] = text.split(".").map(exactBytes);
  if (iv?.length !== IV_BYTES || tag?.length !== TAG_BYTES || !ciphertext || rest.length > 0) {
    throw new SealBroken("This is no sealed text.");
  }
  const decipher = createDecipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(JSON.stringify(bound)));
  decipher.setAuthTag(tag);
  try {
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]);
  } catch {
    throw new SealBroken("The seal is broken.");
  }
}

/** Decodes base64url in its one canonical form; Node would take others, and a changed character could go unseen. */
function exactBytes(text: string): Buffer {
  const bytes = Buffer.from(text, "base64url");
  if (bytes.toString("base64url") !== text) throw new SealBroken("This is no sealed text.");
  return bytes;
}
