import { concat } from "@/lib/domain/proof/bytes";
import { P256_SPKI, type VerifyKey } from "@/lib/domain/proof/signature";

/** A passkey's public key: one that the system's keys could be too, or RSA. */
export type PasskeyKey = VerifyKey | { readonly algorithm: "rs256"; readonly n: Uint8Array; readonly e: Uint8Array };

/** Members of a COSE key (RFC 9052, 7.1; RFC 9053): key type, algorithm, curve or modulus, x or exponent, y. */
const [KTY, ALG, FIRST, SECOND, THIRD] = [1, 3, -1, -2, -3];

/** Reads a COSE key as WebAuthn gives it: ES256 on P-256, EdDSA on Ed25519, or RS256; null for everything else. */
export function parseCoseKey(bytes: Uint8Array): PasskeyKey | null {
  const map = readMap(bytes);
  if (!map) return null;
  const kind = `${map.get(KTY)}/${map.get(ALG)}`;
  const [first, second, third] = [map.get(FIRST), map.get(SECOND), map.get(THIRD)];
  if (kind === "2/-7" && map.size === 5 && first === 1 && isHash(second) && isHash(third)) {
    return { algorithm: "ecdsa-p256", publicKey: concat(P256_SPKI, second, third) };
  }
  if (kind === "1/-8" && map.size === 4 && first === 6 && isHash(second)) {
    return { algorithm: "ed25519", publicKey: second };
  }
  if (kind === "3/-257" && map.size === 4 && first instanceof Uint8Array && second instanceof Uint8Array) {
    return { algorithm: "rs256", n: first, e: second };
  }
  return null;
}

function isHash(value: number | Uint8Array | undefined): value is Uint8Array {
  return value instanceof Uint8Array && value.length === 32;
}

/** A CBOR map of small numbers to numbers and byte strings, each key once, and nothing after it. */
function readMap(bytes: Uint8Array): Map<number, number | Uint8Array> | null {
  const input = { bytes, at: 0 };
  const head = readHead(input);
  if (head?.major !== 5) return null;
  const map = new Map<number, number | Uint8Array>();
  for (let entry = 0; entry < head.value; entry++) {
    const [key, value] = [readItem(input), readItem(input)];
    if (typeof key !== "number" || value === null || map.has(key)) return null;
    map.set(key, value);
  }
  return input.at === bytes.length ? map : null;
}

interface Input {
  readonly bytes: Uint8Array;
  at: number;
}

function readItem(input: Input): number | Uint8Array | null {
  const head = readHead(input);
  if (head?.major === 0) return head.value;
  if (head?.major === 1) return -1 - head.value;
  if (head?.major !== 2 || input.at + head.value > input.bytes.length) return null;
  input.at += head.value;
  return input.bytes.slice(input.at - head.value, input.at);
}

/** The first byte of an item and the one or two bytes of length that may follow; longer ones are in no key. */
function readHead(input: Input): { readonly major: number; readonly value: number } | null {
  const [first = 0, second = 0, third = 0] = input.bytes.subarray(input.at);
  const left = input.bytes.length - input.at;
  const info = first & 31;
  const taken = info < 24 ? 1 : info - 22;
  if (info > 25 || taken > left) return null;
  input.at += taken;
  const value = info < 24 ? info : info === 24 ? second : second * 256 + third;
  return { major: first >> 5, value };
}
