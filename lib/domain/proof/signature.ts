/** How a key signs: Ed25519 (RFC 8032) over the bytes, or ECDSA over their SHA-256 on P-256. */
export const ALGORITHMS = ["ed25519", "ecdsa-p256"] as const;

/** See {@link ALGORITHMS}. */
export type Algorithm = (typeof ALGORITHMS)[number];

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
