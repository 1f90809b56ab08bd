import type { Sha256 } from "@/lib/domain/audit/chain";
import { err, ok, type Result } from "@/lib/domain/result";
import { fromBase64, toBase64, utf8 } from "./bytes";
import { isSize } from "./merkle";
import { type Note, type NoteKey, noteKeyId, parseNote, verifyNote, writeNote } from "./note";
import type { CheckSignature } from "./signature";

/** What a checkpoint says: how many leaves the tree of a chain has, and its root (c2sp.org/tlog-checkpoint). */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  /** 32 bytes. */
  readonly root: Uint8Array;
}

/** A checkpoint with the note that it was read from. */
export interface CheckpointNote extends Checkpoint {
  readonly note: Note;
}

/** Origin of a chain's checkpoints, which is also the name of the key that signs them. */
export function originOf(serviceId: string, logId: string): string {
  return `countervail/${serviceId}/${logId}`;
}

/** The text that is signed: three lines. */
export function checkpointText({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${toBase64(root)}\n`;
}

/** Writes a checkpoint as a signed note, signed by one Ed25519 key in the origin's name. */
export async function signCheckpoint(
  checkpoint: Checkpoint,
  publicKey: Uint8Array,
  sign: (message: Uint8Array) => Uint8Array | Promise<Uint8Array>,
  sha256: Sha256,
): Promise<string> {
  const text = checkpointText(checkpoint);
  const keyId = noteKeyId({ name: checkpoint.origin, publicKey }, sha256);
  return writeNote(text, [{ name: checkpoint.origin, keyId, signature: await sign(utf8(text)) }]);
}

/** Reads a checkpoint without verifying it. Lines beyond the three, which the format allows, are refused. */
export function parseCheckpoint(bytes: Uint8Array): Result<CheckpointNote, string> {
  const note = parseNote(bytes);
  if (!note.ok) return err(`it is no signed note: ${note.error}`);
  const [origin = "", digits = "", base64 = "", ...rest] = note.value.text.split("\n");
  if (rest.length !== 1 || rest[0] !== "") return err("it has not the three lines of a checkpoint");
  if (origin === "") return err("it names no origin");
  const size = Number(digits);
  if (!/^(0|[1-9]\d*)$/.test(digits) || !isSize(size)) return err("its size is no number of events");
  const root = fromBase64(base64);
  if (root?.length !== 32) return err("its root is no hash");
  return ok({ origin, size, root, note: note.value });
}

/** Reads a checkpoint and verifies it: it is of that origin, and one of the keys has signed it. */
export async function verifyCheckpoint<K extends { readonly publicKey: Uint8Array }>(
  bytes: Uint8Array,
  origin: string,
  keys: readonly K[],
  sha256: Sha256,
  check: CheckSignature,
): Promise<Result<Checkpoint & { readonly signedBy: K }, string>> {
  const read = parseCheckpoint(bytes);
  if (!read.ok) return read;
  const { note, ...checkpoint } = read.value;
  if (checkpoint.origin !== origin) return err("it is of another chain");
  const known = keys.map((key): NoteKey & { readonly key: K } => ({ name: origin, publicKey: key.publicKey, key }));
  const verdict = await verifyNote(note, known, sha256, check);
  if (!verdict.ok) return verdict;
  const [first] = verdict.value;
  return first ? ok({ ...checkpoint, signedBy: first.key }) : err("no known key has signed it");
}
