import { createPublicKey, type KeyObject } from "node:crypto";
import { p256 } from "@noble/curves/nist.js";

/**
 * Signs the SHA-256 of bytes with a key on P-256. The nonce follows from key and digest (RFC 6979), which the OpenSSL of
 * Node.js 20 does not offer: the same bytes get the same signature.
 * @returns DER
 */
export function signEcdsa(message: Uint8Array, secret: KeyObject): Uint8Array {
  const { d = "" } = secret.export({ format: "jwk" });
  return p256.sign(message, new Uint8Array(Buffer.from(d, "base64url")), { prehash: true, format: "der" });
}

/** The public half of a key on P-256 as an SPKI in DER. */
export function ecdsaPublicKey(secret: KeyObject): Uint8Array {
  return new Uint8Array(createPublicKey(secret).export({ format: "der", type: "spki" }));
}
