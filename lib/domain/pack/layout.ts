import type { RecordKind } from "@/lib/domain/records/kinds";

/** Files that have one fixed place in a pack. */
export const PLACES = {
  manifest: "manifest.json",
  manifestSignature: "manifest.dsse.json",
  checkpoint: "checkpoint.txt",
  keys: "keys.dsse.json",
  leaves: "leaves.bin",
  readme: "README.txt",
  verifier: "verify.mjs",
} as const;

/** What a file of a pack is. The manifest and its signature stand outside: they speak of all others. */
export const ROLES = [
  "certificate",
  "checkpoint",
  "comments",
  "consistency",
  "earlier-keys",
  "event",
  "evidence",
  "hand-over",
  "keys",
  "leaves",
  "proof",
  "readme",
  "rendering",
  "revision",
  "statement",
  "verifier",
] as const;

/** See {@link ROLES}. */
export type Role = (typeof ROLES)[number];

/** A file of a pack, by what its path says. */
export interface PackPlace {
  readonly role: Role;
  /** Worksheet id of a revision or rendering; digest of a statement, evidence or comments; key id of a hand-over or certificate. */
  readonly id: string;
  /** Revision, place in the trail, number of a list of keys, or size of the older tree; 0 where there is none. */
  readonly number: number;
}

const UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
const SHA256 = "[0-9a-f]{64}";
const NUMBER = "0|[1-9][0-9]{0,14}";

/** Forms with an id first and a number second; a group that is missing is left empty. */
const FORMS: readonly (readonly [Role, RegExp])[] = [
  ["revision", new RegExp(`^(?:worksheets|records)/(${UUID})/revision-(${NUMBER})\\.json$`)],
  ["rendering", new RegExp(`^(?:worksheets|records)/(${UUID})/revision-(${NUMBER})\\.pdf$`)],
  ["statement", new RegExp(`^statements/(${SHA256})\\.dsse\\.json$`)],
  ["event", new RegExp(`^events/()(${NUMBER})\\.json$`)],
  ["proof", new RegExp(`^proofs/()(${NUMBER})\\.json$`)],
  ["evidence", new RegExp(`^evidence/(${SHA256})$`)],
  ["comments", new RegExp(`^comments/(${SHA256})\\.json$`)],
  ["earlier-keys", new RegExp(`^keys/()(${NUMBER})\\.dsse\\.json$`)],
  ["certificate", new RegExp(`^keys/seal-(${SHA256})\\.pem$`)],
  ["hand-over", new RegExp(`^hand-overs/(${SHA256})\\.dsse\\.json$`)],
  ["consistency", new RegExp(`^consistency/()(${NUMBER})-(?:${NUMBER})\\.json$`)],
];

const FIXED: ReadonlyMap<string, Role> = new Map(
  (["checkpoint", "keys", "leaves", "readme", "verifier"] as const).map((role) => [PLACES[role], role]),
);

/** What a path of a pack stands for, or null when no pack has such a file. */
export function placeOf(path: string): PackPlace | null {
  const fixed = FIXED.get(path);
  if (fixed) return { role: fixed, id: "", number: 0 };
  for (const [role, form] of FORMS) {
    const match = form.exec(path);
    if (match) return { role, id: match[1] ?? "", number: Number(match[2] ?? 0) };
  }
  return null;
}

/** A frozen revision of a worksheet, or of a record, which names its kind. */
export interface PackedDocument {
  readonly id: string;
  readonly revision: number;
  readonly kind?: RecordKind | undefined;
}

/** Path of a frozen revision's exact bytes, or of its rendering. Records lie apart from compensating controls worksheets. */
export function revisionPath({ id, revision, kind }: PackedDocument, ending: "json" | "pdf" = "json"): string {
  return `${kind === undefined ? "worksheets" : "records"}/${id}/revision-${revision}.${ending}`;
}

/** Path of a signed statement, named by the SHA-256 of its payload. */
export function statementPath(sha256: string): string {
  return `statements/${sha256}.dsse.json`;
}

/** Path of an event's exact bytes. */
export function eventPath(seq: number): string {
  return `events/${seq}.json`;
}

/** Path of the proof that an event stands in the trail. */
export function proofPath(seq: number): string {
  return `proofs/${seq}.json`;
}

/** Path of a file of evidence, named by its SHA-256. */
export function evidencePath(sha256: string): string {
  return `evidence/${sha256}`;
}

/** Path of the comments that a statement rests on, named by their SHA-256. */
export function commentsPath(sha256: string): string {
  return `comments/${sha256}.json`;
}

/** Path of an earlier list of keys. */
export function earlierKeysPath(number: number): string {
  return `keys/${number}.dsse.json`;
}

/** Path of the certificate of a key that seals PDFs. */
export function certificatePath(keyId: string): string {
  return `keys/seal-${keyId}.pem`;
}

/** Path of a hand-over, named by the key that took over. */
export function handOverPath(toKeyId: string): string {
  return `hand-overs/${toKeyId}.dsse.json`;
}

/** Path of the proof that this pack's trail begins with that of an older pack. */
export function consistencyPath(oldSize: number, newSize: number): string {
  return `consistency/${oldSize}-${newSize}.json`;
}
