import { entryHash, type Sha256 } from "@/lib/domain/audit/chain";
import { toHex, utf8 } from "@/lib/domain/proof/bytes";
import { parseSealCertificate } from "@/lib/domain/proof/certificate";
import { type Checkpoint, parseCheckpoint } from "@/lib/domain/proof/checkpoint";
import { parseEnvelope, writeEnvelope } from "@/lib/domain/proof/envelope";
import { parseHandOver } from "@/lib/domain/proof/hand-over";
import { activeKey, keySetDigest, parseKeySet } from "@/lib/domain/proof/key-set";
import { leafHash } from "@/lib/domain/proof/merkle";
import type { MerkleTree } from "@/lib/domain/proof/tree";
import type { Result } from "@/lib/domain/result";
import {
  certificatePath,
  consistencyPath,
  earlierKeysPath,
  eventPath,
  evidencePath,
  handOverPath,
  PLACES,
  placeOf,
  proofPath,
} from "./layout";
import { type ManifestFile, type Omission, PACK_TYPE, writeManifest } from "./manifest";
import { writeConsistencyProof, writeEventProof } from "./proofs";

/** A file that goes into a pack. Size and digest are known before a byte of it is written. */
export interface PackFile {
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
  /** Whether packing makes it smaller: texts, and not what is compressed already. */
  readonly compress: boolean;
  /** The bytes, or how to begin reading them. */
  readonly content: Uint8Array | (() => AsyncIterable<Uint8Array> | Promise<AsyncIterable<Uint8Array>>);
}

/** A file whose bytes are at hand. */
export function fileOf(path: string, content: Uint8Array | string, sha256: Sha256): PackFile {
  const bytes = typeof content === "string" ? utf8(content) : content;
  return { path, size: bytes.length, sha256: toHex(sha256(bytes)), compress: !path.endsWith(".pdf"), content: bytes };
}

/** Texts up to this size are packed; a long one of few words would shrink so far that it looks like a hostile archive. */
const MOST_PACKED = 1024 * 1024;

/** A file of evidence that is read from the store when its turn comes. @param open begins reading its bytes */
export function evidenceFile(
  { sha256, size, type }: { readonly sha256: string; readonly size: number; readonly type: string },
  open: () => AsyncIterable<Uint8Array> | Promise<AsyncIterable<Uint8Array>>,
): PackFile {
  const compress = size <= MOST_PACKED && /^(?:text\/|application\/json$)/.test(type);
  return { path: evidencePath(sha256), size, sha256, compress, content: open };
}

/** The lists of keys as the signer gives them: envelopes as texts, earlier ones oldest first. */
export interface SignedKeys {
  readonly keySet: string;
  readonly earlier: readonly string[];
  readonly handOvers: readonly string[];
  /** Certificates of the keys that seal PDFs, in PEM. */
  readonly certificates: readonly string[];
}

/** Files of the keys. @throws RangeError when an envelope holds something else */
export function keyFiles({ keySet, earlier, handOvers, certificates }: SignedKeys, sha256: Sha256): PackFile[] {
  return [
    fileOf(PLACES.keys, keySet, sha256),
    ...earlier.map((text) => fileOf(earlierKeysPath(keySetIn(text, sha256).set.number), text, sha256)),
    ...handOvers.map((text) => {
      const { to } = must(parseHandOver(payloadOf(text), sha256));
      return fileOf(handOverPath(to), text, sha256);
    }),
    ...certificates.map((pem) => {
      const { keyId } = must(parseSealCertificate(utf8(pem), sha256));
      return fileOf(certificatePath(keyId), pem, sha256);
    }),
  ];
}

/** An event as it is stored, with the entry hash of the one before it. */
export interface StoredEvent {
  readonly seq: number;
  /** The exact bytes that were hashed. */
  readonly payload: Uint8Array;
  readonly prevHash: Uint8Array;
}

/** A leaf of the tree that proofs are made from: the event's entry hash, hashed. */
export function treeLeaf({ seq, payload, prevHash }: StoredEvent, sha256: Sha256): Uint8Array {
  return leafHash(entryHash(BigInt(seq), prevHash, sha256(payload), sha256), sha256);
}

/**
 * Files of events with their proofs in the tree of the first `size` events.
 * @param tree has at least `size` leaves, those of the chain from its first event
 */
export function eventFiles(events: readonly StoredEvent[], tree: MerkleTree, size: number, sha256: Sha256): PackFile[] {
  return events.flatMap(({ seq, payload, prevHash }) => {
    const proof = writeEventProof({ seq, prevHash, treeSize: size, inclusion: tree.inclusion(seq, size) });
    return [fileOf(eventPath(seq), payload, sha256), fileOf(proofPath(seq), proof, sha256)];
  });
}

/** Files that show for each older checkpoint that the trail goes on from it, so that earlier packs can be compared. */
export function consistencyFiles(
  oldSizes: readonly number[],
  tree: MerkleTree,
  size: number,
  sha256: Sha256,
): PackFile[] {
  const sizes = [...new Set(oldSizes)].filter((oldSize) => oldSize > 0 && oldSize < size);
  return sizes.map((oldSize) => {
    const proof = { oldSize, oldRoot: tree.root(oldSize), newSize: size, proof: tree.consistency(oldSize, size) };
    return fileOf(consistencyPath(oldSize, size), writeConsistencyProof(proof), sha256);
  });
}

/** What a manifest is made from. */
export interface PackContent {
  readonly service: string;
  readonly engagementId: string;
  /** When the export began. */
  readonly made: Date;
  /** Every file but the manifest and its signature. */
  readonly files: readonly PackFile[];
  readonly omissions: readonly Omission[];
  /** The checkpoint's signed note, as in the pack. */
  readonly checkpoint: string;
  /** The current list of keys, as in the pack. */
  readonly keySet: string;
}

/** The bytes of the manifest, which are to be signed under {@link PACK_TYPE}. @throws RangeError when parts do not fit */
export function buildManifest(content: PackContent, sha256: Sha256): Uint8Array {
  const { service, engagementId, made, omissions } = content;
  const { origin, size, root }: Checkpoint = must(parseCheckpoint(utf8(content.checkpoint)));
  const { digest, rootKeyId } = keySetIn(content.keySet, sha256);
  const files = content.files.map((file): ManifestFile => {
    const role = placeOf(file.path)?.role;
    if (!role) throw new RangeError(`No pack has a file at ${file.path}.`);
    return { path: file.path, size: file.size, sha256: file.sha256, role };
  });
  const parts = { service, engagementId, made: made.toISOString(), files, omissions };
  return writeManifest({ ...parts, checkpoint: { origin, size, root }, keysSha256: digest, rootKeyId });
}

/** The manifest and its signature as files; they come last into the archive. */
export function manifestFiles(
  manifest: Uint8Array,
  signature: { readonly keyid: string; readonly sig: Uint8Array },
  sha256: Sha256,
): PackFile[] {
  const signatures = [{ ...signature, webauthn: null }];
  const envelope = writeEnvelope({ payloadType: PACK_TYPE, payload: manifest, signatures });
  return [fileOf(PLACES.manifest, manifest, sha256), fileOf(PLACES.manifestSignature, envelope, sha256)];
}

/** Id of the root key that a list of keys stands on. @param keySet its envelope, as text @throws RangeError */
export function rootKeyIdOf(keySet: string, sha256: Sha256): string {
  return keySetIn(keySet, sha256).rootKeyId;
}

function keySetIn(text: string, sha256: Sha256) {
  const payload = payloadOf(text);
  const set = must(parseKeySet(payload, sha256));
  return { set, digest: keySetDigest(payload, sha256), rootKeyId: activeKey(set, "root")?.id ?? "" };
}

function payloadOf(envelope: string): Uint8Array {
  return must(parseEnvelope(utf8(envelope))).payload;
}

function must<T>(read: Result<T, string>): T {
  if (!read.ok) throw new RangeError(`A part of the pack cannot be used: ${read.error}.`);
  return read.value;
}
