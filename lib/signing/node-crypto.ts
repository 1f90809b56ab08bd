import { createPublicKey, hash, type KeyObject, sign, verify } from "node:crypto";
import type { CheckSignature } from "@/lib/domain/proof/signature";

/** An SPKI in DER in front of the 32 bytes of an Ed25519 key (RFC 8410). */
const ED25519_SPKI = Buffer.from("302a300506032b6570032100", "hex");

/** SHA-256 as the rules of proof take it. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(hash("sha256", bytes, "buffer"));
}

/** The same as a Buffer, which spares a copy: for chains, where one follows another and is only compared. */
export function sha256Quick(bytes: Uint8Array): Uint8Array {
  return hash("sha256", bytes, "buffer");
}

/** Checks signatures by Node.js; false for keys and signatures that make no sense. */
export const checkSignature: CheckSignature = ({ algorithm, publicKey }, message, signature) => {
  try {
    const der = algorithm === "ed25519" ? Buffer.concat([ED25519_SPKI, publicKey]) : Buffer.from(publicKey);
    const key = createPublicKey({ key: der, format: "der", type: "spki" });
    const isOfKind = key.asymmetricKeyType === (algorithm === "ed25519" ? "ed25519" : "ec");
    return isOfKind && verify(algorithm === "ed25519" ? null : "sha256", message, key, signature);
  } catch {
    return false;
  }
};

/** Signs bytes with an Ed25519 key. */
export function signEd25519(message: Uint8Array, key: KeyObject): Uint8Array {
  return new Uint8Array(sign(null, message, key));
}

/** The 32 raw bytes of an Ed25519 key's public half. */
export function rawPublicKey(key: KeyObject): Uint8Array {
  const half = key.type === "private" ? createPublicKey(key) : key;
  return new Uint8Array(half.export({ format: "der", type: "spki" }).subarray(-32));
}
