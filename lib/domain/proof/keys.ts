import type { Sha256 } from "@/lib/domain/audit/chain";
import { fromBase64, sameBytes, toHex } from "./bytes";
import { type Algorithm, P256_SPKI } from "./signature";

/** What a key signs. `root` signs the list of the others and lies off the machine once that is set up. */
export const KEY_PURPOSES = ["root", "checkpoint", "statement", "seal"] as const;

/** See {@link KEY_PURPOSES}. */
export type KeyPurpose = (typeof KEY_PURPOSES)[number];

/** How the keys of a purpose sign: readers of PDFs know no Ed25519. */
export function algorithmOf(purpose: KeyPurpose): Algorithm {
  return purpose === "seal" ? "ecdsa-p256" : "ed25519";
}

/** The life of a key, in its order; a destroyed key's public half still verifies what it signed. */
export const KEY_STATES = ["pre_active", "active", "verify_only", "destroyed"] as const;

/** See {@link KEY_STATES}. */
export type KeyState = (typeof KEY_STATES)[number];

/** A key as the key set lists it. */
export interface KeyRecord {
  /** Lower-case hex of the SHA-256 of the public key. */
  readonly id: string;
  readonly purpose: KeyPurpose;
  readonly algorithm: Algorithm;
  /** 32 raw bytes (Ed25519) or an SPKI in DER (ECDSA), in base64. */
  readonly publicKey: string;
  readonly state: KeyState;
  /** When it began to sign, as ISO 8601 in UTC. */
  readonly from: string;
  /** The end of its cryptoperiod, or when it stopped signing. */
  readonly until: string;
}

/**
 * How long a key signs (3.6.4), in days. The root signs a few lists a year, lies off the machine in between, and is what
 * people compare: it stays longer.
 */
const CRYPTOPERIOD_DAYS: Readonly<Record<KeyPurpose, number>> = {
  root: 3_650,
  checkpoint: 365,
  statement: 365,
  seal: 365,
};

/** How long before its end a key's time is said to end, in days. */
const WARNING_DAYS = 30;

/** By how much the clock of who names a time may differ from the signer's. */
export const CLOCK_TOLERANCE_MS = 5_000;

const DAY = 86_400_000;
const NEXT: Record<KeyState, readonly KeyState[]> = {
  pre_active: ["active", "destroyed"],
  active: ["verify_only"],
  verify_only: ["destroyed"],
  destroyed: [],
};

/** Whether a key in one state may be put into the other. */
export function mayBecome(from: KeyState, to: KeyState): boolean {
  return NEXT[from].includes(to);
}

/** The id of a public key. */
export function keyIdOf(publicKey: Uint8Array, sha256: Sha256): string {
  return toHex(sha256(publicKey));
}

/** The end of the cryptoperiod of a key that begins at a time. */
export function cryptoperiodEnd(purpose: KeyPurpose, from: Date): Date {
  return new Date(from.getTime() + CRYPTOPERIOD_DAYS[purpose] * DAY);
}

/** Where an active key is in its cryptoperiod; `days` are whole days left, negative when it is over. */
export interface KeyStanding {
  readonly standing: "in_time" | "ends_soon" | "over";
  readonly days: number;
}

/** Whether a key should be replaced. */
export function standingOf(key: Pick<KeyRecord, "until">, now: Date): KeyStanding {
  const left = Date.parse(key.until) - now.getTime();
  const days = Math.floor(left / DAY);
  if (left <= 0) return { standing: "over", days };
  return { standing: days < WARNING_DAYS ? "ends_soon" : "in_time", days };
}

/** Whether a key can have signed at a time: it had begun by then and had not stopped. */
export function couldSignAt(key: KeyRecord, at: number): boolean {
  if (key.state === "pre_active") return false;
  return at >= Date.parse(key.from) - CLOCK_TOLERANCE_MS && at <= Date.parse(key.until) + CLOCK_TOLERANCE_MS;
}

/** A key's public bytes; empty when its record is broken, which no record that was read strictly is. */
export function publicBytes(key: Pick<KeyRecord, "publicKey">): Uint8Array {
  return fromBase64(key.publicKey) ?? new Uint8Array(0);
}

/** Id of the root key as people compare it: sixteen groups of four. */
export function fingerprint(rootKeyId: string): string {
  return rootKeyId.match(/.{4}/g)?.join(" ") ?? "";
}

/** Reads a fingerprint as people type it: blanks, colons and capitals do not matter. @returns the key id, or null */
export function parseFingerprint(text: string): string | null {
  const id = text.replace(/[\s:-]/g, "").toLowerCase();
  return /^[0-9a-f]{64}$/.test(id) ? id : null;
}

/** Whether a text is one of a closed list. */
export function isOneOf<T extends string>(list: readonly T[], value: unknown): value is T {
  return (list as readonly unknown[]).includes(value);
}

/** Whether public bytes have the shape of their algorithm: 32 raw bytes, or an SPKI with an uncompressed point. */
export function fitsAlgorithm(publicKey: Uint8Array, algorithm: Algorithm): boolean {
  if (algorithm === "ed25519") return publicKey.length === 32;
  const head = publicKey.subarray(0, P256_SPKI.length);
  return publicKey.length === P256_SPKI.length + 64 && sameBytes(head, P256_SPKI);
}
