import { fromHex } from "./bytes";

/** How a key signs: Ed25519 (RFC 8032) over the bytes, or ECDSA over their SHA-256 on P-256. */
export const ALGORITHMS = ["ed25519", "ecdsa-p256"] as const;

/** See {@link ALGORITHMS}. */
export type Algorithm = (typeof ALGORITHMS)[number];

/** An SPKI in DER in front of the 64 bytes of an uncompressed point on P-256: the one form of such keys here. */
export const P256_SPKI = fromHex("3059301306072a8648ce3d020106082a8648ce3d03010703420004") ?? new Uint8Array(0);

/** A key as a check of a signature takes it: 32 raw bytes for Ed25519, an SPKI in DER for ECDSA. */
export interface VerifyKey {
  readonly algorithm: Algorithm;
  readonly publicKey: Uint8Array;
}

/**
 * Whether a signature is that of a key over a message, passed in so that the same code runs on Node.js and in a browser.
 * It answers false for keys and signatures that make no sense, and does not throw.
 */
export type CheckSignature = (key: VerifyKey, message: Uint8Array, signature: Uint8Array) => boolean | Promise<boolean>;
