import type { MoveHead } from "@/lib/domain/move/format";
import { keysFor } from "@/lib/domain/pack/examine-keys";
import { problemOfPasskey } from "@/lib/domain/pack/passkey";
import { utf8 } from "@/lib/domain/proof/bytes";
import { type Envelope, parseEnvelope, verifyEnvelope } from "@/lib/domain/proof/envelope";
import { type KeySet, verifyKeyOf, verifyKeySet } from "@/lib/domain/proof/key-set";
import { couldSignAt, fingerprint } from "@/lib/domain/proof/keys";
import { parseSignOff, SIGN_OFF_TYPE, type SignOffStatement } from "@/lib/domain/sign-off/signed-statement";
import { OperatorError } from "@/lib/operator-error";
import { checkSignature, sha256 } from "@/lib/signing/node-crypto";
import { type MovedFile, movedLines, type ReadRow } from "./read-moved";

type Row = ReadRow["row"];

/** A list of keys that came in a file: of the service that wrote it, or of one before. */
export interface MovedKeys {
  readonly service: string;
  /** Id of the root key that vouches for the list. */
  readonly root: string;
  /** The exact text that was signed over. */
  readonly envelope: string;
  readonly set: KeySet;
}

/** What the decisions of a file are held against. */
export interface Trusted {
  /** Ids of root keys that the operator has compared with what they know from elsewhere. */
  readonly roots: readonly string[];
  /** The id of the service that takes the engagement in. */
  readonly ownService: string;
}

/**
 * Verifies every decision of a file before anything is put in: each is a statement that a service signed, whose list of
 * keys is in the file and whose root the operator has confirmed, and its row says nothing else than the statement.
 * @returns the list of the service that wrote the file, or null where that one signed nothing
 * @throws OperatorError
 */
export async function vetDecisions(file: MovedFile, trusted: Trusted): Promise<MovedKeys | null> {
  const revisions = new Map<string, Row>();
  const lists = await keysIn(file);
  requireConfirmed(lists, trusted);
  for await (const line of movedLines(file)) {
    if (!("row" in line)) continue;
    if (line.table === "revision")
      revisions.set(String(line.row.id), { number: line.row.number, digest: line.row.digest });
    if (line.table !== "sign_off") continue;
    const revision = revisions.get(String(line.row.revision_id));
    const problem = await problemOfDecision(line.row, revision, file.head, lists);
    if (problem) throw new OperatorError(`Nothing was put in: a decision of the file ${problem}.`);
  }
  return lists.find(({ service }) => service === file.head.service) ?? null;
}

/** The lists of keys of the file, each verified by its own root; of every service one. */
async function keysIn(file: MovedFile): Promise<MovedKeys[]> {
  const lists: MovedKeys[] = [];
  for await (const line of movedLines(file)) {
    if ("keys" in line) lists.push(await readKeys(line.keys, file.head.service));
    if ("row" in line && line.table === "moved_key_set") {
      lists.push(await readKeys(String(line.row.envelope), String(line.row.service)));
    }
  }
  if (new Set(lists.map(({ service }) => service)).size < lists.length) {
    throw new OperatorError("The file has two lists of keys of one service. Export the engagement again.");
  }
  return lists;
}

async function readKeys(text: string, service: string): Promise<MovedKeys> {
  const envelope = parseEnvelope(utf8(text));
  const verdict = envelope.ok ? await verifyKeySet(envelope.value, sha256, checkSignature) : envelope;
  if (!verdict.ok) throw new OperatorError(`A list of keys in the file does not verify: ${verdict.error}.`);
  const { set, root } = verdict.value;
  if (set.service === service) return { service, root: root.id, envelope: text, set };
  throw new OperatorError("A list of keys in the file is of another service than the one that it is said to be of.");
}

/** Whoever makes a file can make keys as well: whose they are is known from elsewhere alone. */
function requireConfirmed(lists: readonly MovedKeys[], { roots, ownService }: Trusted): void {
  if (lists.some(({ service }) => service === ownService)) {
    throw new OperatorError(
      "The file brings decisions as if they had been made on this very service, which it cannot.",
    );
  }
  const open = lists.filter(({ root }) => !roots.includes(root));
  if (open.length === 0) return;
  const shown = open.map(({ service, root }) => `  ${fingerprint(root)}  (service ${service})`);
  throw new OperatorError(
    [
      "Decisions in the file are signed by keys that these root keys vouch for:",
      ...shown,
      "Ask the service that it comes from for the fingerprint, by a way other than the file. If it is the same, say so:",
      `  --root ${open.map(({ root }) => root).join(",")}`,
    ].join("\n"),
  );
}

/** What is wrong with a decision as the end of a sentence, or null. */
async function problemOfDecision(
  row: Row,
  revision: Row | undefined,
  head: MoveHead,
  lists: readonly MovedKeys[],
): Promise<string | null> {
  if (typeof row.envelope !== "string") return "is signed by nobody";
  const envelope = parseEnvelope(utf8(row.envelope));
  if (!envelope.ok) return `cannot be read: ${envelope.error}`;
  if (Buffer.from(envelope.value.payload).toString("utf8") !== row.statement) return "is another one than was signed";
  const read = parseSignOff(envelope.value.payload);
  if (!read.ok) return `cannot be read: ${read.error}`;
  if (!saysTheSame(row, revision, head, read.value)) return "says something else than its signed statement";
  const keys = lists.find(({ service }) => service === read.value.service);
  return keys
    ? problemOfSignatures(envelope.value, read.value, keys.set)
    : "is of a service whose keys are not in the file";
}

/** What pages show comes from the row, so that all of it has to be what was signed; the rest of it the database compares. */
function saysTheSame(row: Row, revision: Row | undefined, head: MoveHead, said: SignOffStatement): boolean {
  const { id, kind, worksheet, wording, signer, authentication, reason, at } = said;
  const pairs: readonly (readonly [unknown, unknown])[] = [
    [row.id, id],
    [row.kind, kind],
    [row.worksheet_id, worksheet.id],
    [head.engagementId, worksheet.engagementId],
    [row.digest, worksheet.sha256],
    [revision?.digest, worksheet.sha256],
    [revision?.number, worksheet.revision],
    [row.statement_version, wording.version],
    [row.statement_text, wording.text],
    [row.reason, reason ?? ""],
    [row.signer_id, signer.id],
    [row.signer_name, signer.name],
    [row.signer_role, signer.role],
    [row.firm_name, signer.firm ?? ""],
    [row.witness, authentication.kind],
    [Date.parse(String(row.at)), Date.parse(at)],
  ];
  return pairs.every(([shown, signed]) => shown === signed);
}

async function problemOfSignatures(
  envelope: Envelope,
  { at, authentication }: SignOffStatement,
  set: KeySet,
): Promise<string | null> {
  const known = keysFor(set, "statement").map(verifyKeyOf);
  const verdict = await verifyEnvelope(envelope, SIGN_OFF_TYPE, known, checkSignature);
  if (!verdict.ok) return `does not verify: ${verdict.error}`;
  const { signedBy, passkeys, unknown } = verdict.value;
  if (unknown.length > 0) return "is signed by a key that nobody knows";
  if (!signedBy.every(({ record }) => couldSignAt(record, Date.parse(at)))) {
    return "is signed by a key that did not sign at its time";
  }
  if (passkeys.length !== (authentication.kind === "passkey" ? 1 : 0))
    return "tells otherwise than its signatures who signed";
  for (const passkey of passkeys) {
    const problem = await problemOfPasskey(passkey, envelope.payloadType, envelope.payload, { sha256, checkSignature });
    if (problem !== null) return `has a signature by passkey that does not count: ${problem}`;
  }
  return null;
}
