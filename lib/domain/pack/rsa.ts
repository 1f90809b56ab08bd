import type { Sha256 } from "@/lib/domain/audit/chain";
import { concat, fromHex, sameBytes, toHex } from "@/lib/domain/proof/bytes";

/** DigestInfo of a SHA-256 in front of the digest itself (RFC 8017, 9.2). */
const DIGEST_INFO = Uint8Array.of(
  ...[0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20],
);
const LEAST_BYTES = 256;
const MOST_BYTES = 1024;
/** The exponent that authenticators use; others would only be room for mistakes. */
const EXPONENT = "010001";

/**
 * Whether a signature is RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017, 8.2.2) by a key of 2048 to 8192 bits with the
 * exponent 65537. The padded digest is made and compared as a whole; nothing of the signature is parsed.
 */
export function verifyRs256(
  { n, e }: { readonly n: Uint8Array; readonly e: Uint8Array },
  message: Uint8Array,
  signature: Uint8Array,
  sha256: Sha256,
): boolean {
  if (n.length < LEAST_BYTES || n.length > MOST_BYTES || n[0] === 0 || toHex(e) !== EXPONENT) return false;
  if (signature.length !== n.length) return false;
  const modulus = numberOf(n);
  const base = numberOf(signature);
  if (base >= modulus) return false;
  let power = base;
  for (let bit = 0; bit < 16; bit++) power = (power * power) % modulus;
  power = (power * base) % modulus;
  const found = fromHex(power.toString(16).padStart(2 * n.length, "0"));
  const padding = new Uint8Array(n.length - DIGEST_INFO.length - 35).fill(0xff);
  const expected = concat(Uint8Array.of(0, 1), padding, Uint8Array.of(0), DIGEST_INFO, sha256(message));
  return found !== null && sameBytes(found, expected);
}

function numberOf(bytes: Uint8Array): bigint {
  return BigInt(`0x${toHex(bytes)}`);
}
