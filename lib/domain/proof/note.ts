import type { Sha256 } from "@/lib/domain/audit/chain";
import { err, ok, type Result } from "@/lib/domain/result";
import { concat, fromBase64, sameBytes, textOf, toBase64, toHex, utf8 } from "./bytes";
import type { CheckSignature } from "./signature";

/**
 * Signed notes as C2SP has them (c2sp.org/signed-note): a text that ends in a newline, an empty line, and signature
 * lines `— <key name> <base64 of key id and signature>`. Only Ed25519 keys are known here.
 */

const ED25519 = 0x01;
const LONGEST = 65_536;
const MOST_SIGNATURES = 16;
/** Neither blanks nor a plus may be in a key's name. */
const NAME = /^[^\s+\p{Cc}]+$/u;
const CONTROL = /[^\P{Cc}\n]/u;
const LINE = /^— (\S+) (\S+)$/u;

/** A key that signs notes: Ed25519, 32 raw bytes. */
export interface NoteKey {
  readonly name: string;
  readonly publicKey: Uint8Array;
}

/** A line of signature; key id and signature have not been checked. */
export interface NoteSignature {
  readonly name: string;
  /** Four bytes that hint at the key. */
  readonly keyId: Uint8Array;
  readonly signature: Uint8Array;
}

/** A note that was read but not verified. */
export interface Note {
  /** What is signed, with its last newline. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** First four bytes of sha256(name || newline || 0x01 || public key). */
export function noteKeyId({ name, publicKey }: NoteKey, sha256: Sha256): Uint8Array {
  return sha256(concat(utf8(name), Uint8Array.of(0x0a, ED25519), publicKey)).slice(0, 4);
}

/** A key in the text form that other C2SP programs read: `<name>+<key id in hex>+<base64>`. */
export function noteVerifierKey(key: NoteKey, sha256: Sha256): string {
  const id = toHex(noteKeyId(key, sha256));
  return `${key.name}+${id}+${toBase64(concat(Uint8Array.of(ED25519), key.publicKey))}`;
}

/** Writes a note. @throws RangeError when the text or a name cannot be in one */
export function writeNote(text: string, signatures: readonly NoteSignature[]): string {
  const lines = signatures.map(({ name, keyId, signature }) => `— ${name} ${toBase64(concat(keyId, signature))}\n`);
  const note = `${text}\n${lines.join("")}`;
  if (!parseNote(utf8(note)).ok) throw new RangeError("This cannot be written as a signed note.");
  return note;
}

/** Reads a note without verifying it. @returns why it is none, as the end of a sentence */
export function parseNote(bytes: Uint8Array): Result<Note, string> {
  if (bytes.length > LONGEST) return err("it is longer than a note may be");
  const note = textOf(bytes);
  if (note === null) return err("it is not UTF-8");
  if (CONTROL.test(note)) return err("it holds control characters");
  const split = note.lastIndexOf("\n\n");
  if (split < 0 || !note.endsWith("\n")) return err("it has no signature lines");
  const text = note.slice(0, split + 1);
  const lines = note.slice(split + 2, -1).split("\n");
  if (lines.length > MOST_SIGNATURES) return err("it has too many signature lines");
  const signatures = lines.map(signatureOf);
  if (!signatures.every((line) => line !== null)) return err("a signature line is malformed");
  return ok({ text, signatures });
}

function signatureOf(line: string): NoteSignature | null {
  const [, name, base64] = LINE.exec(line) ?? [];
  if (name === undefined || base64 === undefined || !NAME.test(name)) return null;
  const bytes = fromBase64(base64);
  // A key id and at least one byte: keys of other kinds have signatures of other lengths.
  return bytes === null || bytes.length < 5 ? null : { name, keyId: bytes.slice(0, 4), signature: bytes.slice(4) };
}

/**
 * Verifies a note against known keys: at least one of them has signed it, and no line that claims to be of one is wrong.
 * Lines of unknown keys say nothing.
 * @returns the keys that signed
 */
export async function verifyNote<K extends NoteKey>(
  note: Note,
  known: readonly K[],
  sha256: Sha256,
  check: CheckSignature,
): Promise<Result<readonly K[], string>> {
  const signed = new Set<K>();
  for (const line of note.signatures) {
    const key = known.find(
      (candidate) => candidate.name === line.name && sameBytes(noteKeyId(candidate, sha256), line.keyId),
    );
    if (!key) continue;
    const holds = await check({ algorithm: "ed25519", publicKey: key.publicKey }, utf8(note.text), line.signature);
    if (!holds) return err(`the signature of ${key.name} is not that of its key`);
    signed.add(key);
  }
  return signed.size === 0 ? err("no known key has signed it") : ok([...signed]);
}
