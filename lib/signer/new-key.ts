import { toBase64 } from "@/lib/domain/proof/bytes";
import { algorithmOf, cryptoperiodEnd, type KeyPurpose, type KeyRecord, keyIdOf } from "@/lib/domain/proof/keys";
import { sha256 } from "@/lib/signing/node-crypto";

/** The record of a key that is active from now on. @param publicKey as lists of keys have it */
export function newKeyRecord(purpose: KeyPurpose, publicKey: Uint8Array, from: Date): KeyRecord {
  return {
    id: keyIdOf(publicKey, sha256),
    purpose,
    algorithm: algorithmOf(purpose),
    publicKey: toBase64(publicKey),
    state: "active",
    from: from.toISOString(),
    until: cryptoperiodEnd(purpose, from).toISOString(),
  };
}
