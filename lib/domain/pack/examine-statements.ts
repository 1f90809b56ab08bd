import { toHex } from "@/lib/domain/proof/bytes";
import { type Envelope, parseEnvelope, verifyEnvelope } from "@/lib/domain/proof/envelope";
import { verifyKeyOf } from "@/lib/domain/proof/key-set";
import { CLOCK_TOLERANCE_MS, couldSignAt } from "@/lib/domain/proof/keys";
import { err, ok, type Result } from "@/lib/domain/result";
import { parseSignOff, SIGN_OFF_TYPE, type SignOffStatement } from "@/lib/domain/sign-off/signed-statement";
import type { Ledger } from "./checks";
import { keysFor, SIGNING_SPAN_MS, type VouchedKeys } from "./examine-keys";
import { filesOf, type OpenedPack } from "./examine-parts";
import type { PasskeyName, SeenEvent } from "./examine-trail";
import { eventPath, statementPath } from "./layout";
import { type PackTools, problemOfPasskey } from "./passkey";

/** A statement whose signatures count and which the trail has recorded. */
export interface SeenStatement extends SignOffStatement {
  readonly sha256: string;
  /** Place in the trail of the event that recorded it; -1 when that event is missing. */
  readonly seq: number;
}

/** Between a statement and the event of its transaction lies no more than a moment. */
const MOMENT_MS = 300_000;

/** Checks every statement: signatures, whose and when, and its event. */
export async function examineStatements(
  pack: OpenedPack,
  keys: VouchedKeys,
  events: readonly SeenEvent[],
  ledger: Ledger,
  tools: PackTools,
): Promise<SeenStatement[]> {
  ledger.begin("statements");
  const seen: SeenStatement[] = [];
  for (const { path, id, bytes } of filesOf(pack, "statement")) {
    const read = await readStatement(pack, keys, id, bytes, tools);
    if (!read.ok) {
      ledger.fail(read.error, path);
      continue;
    }
    const { statement, passkey } = read.value;
    seen.push({ ...statement, sha256: id, seq: placeInTrail(id, statement, passkey, events, path, ledger) });
  }
  for (const { seq, statementSha256 } of events) {
    if (statementSha256 !== null && !pack.files.has(statementPath(statementSha256))) {
      ledger.lack(`The statement that event ${seq} recorded is missing.`, eventPath(seq));
    }
  }
  for (const statement of seen) examineForerunner(statement, seen, pack, ledger);
  return seen;
}

async function readStatement(
  pack: OpenedPack,
  keys: VouchedKeys,
  id: string,
  bytes: Uint8Array,
  tools: PackTools,
): Promise<Result<{ readonly statement: SignOffStatement; readonly passkey: PasskeyName | null }, string>> {
  const envelope = parseEnvelope(bytes);
  if (!envelope.ok) return err(`A statement cannot be read: ${envelope.error}.`);
  const statement = parseSignOff(envelope.value.payload);
  if (!statement.ok) return err(`A statement cannot be read: ${statement.error}.`);
  const problem =
    problemOfPlace(pack, id, envelope.value, statement.value, tools) ??
    (await problemOfSignatures(envelope.value, statement.value, keys, tools));
  if (problem !== null) return err(problem);
  return ok({ statement: statement.value, passkey: passkeyIn(envelope.value, tools) });
}

/** Nobody has signed the name of a passkey in an envelope, so the trail has to have recorded the same. */
function passkeyIn({ signatures }: Envelope, { sha256 }: PackTools): PasskeyName | null {
  const entry = signatures.find(({ webauthn }) => webauthn !== null);
  if (!entry?.webauthn) return null;
  return {
    credentialId: entry.keyid.slice(entry.keyid.indexOf(":") + 1),
    publicKeySha256: toHex(sha256(entry.webauthn.publicKey)),
  };
}

function problemOfPlace(
  { manifest }: OpenedPack,
  id: string,
  { payload }: Envelope,
  { service, worksheet, at }: SignOffStatement,
  { sha256 }: PackTools,
): string | null {
  if (toHex(sha256(payload)) !== id) return "A statement is not the one that its name says.";
  if (service !== manifest.service) return "A statement is of another service.";
  if (worksheet.engagementId !== manifest.engagementId) return "A statement is of another engagement.";
  const isLater = Date.parse(at) > Date.parse(manifest.made) + SIGNING_SPAN_MS;
  return isLater ? "A statement is dated after the pack." : null;
}

async function problemOfSignatures(
  envelope: Envelope,
  { at, authentication }: SignOffStatement,
  { set }: VouchedKeys,
  tools: PackTools,
): Promise<string | null> {
  const known = keysFor(set, "statement").map(verifyKeyOf);
  const verdict = await verifyEnvelope(envelope, SIGN_OFF_TYPE, known, tools.checkSignature);
  if (!verdict.ok) return `A statement's signature does not count: ${verdict.error}.`;
  const { signedBy, passkeys, unknown } = verdict.value;
  if (unknown.length > 0) return "A key that nobody knows has signed a statement.";
  if (!signedBy.every(({ record }) => couldSignAt(record, Date.parse(at)))) {
    return "The key under a statement did not sign at the statement's time.";
  }
  const wanted = authentication.kind === "passkey" ? 1 : 0;
  if (passkeys.length !== wanted) {
    return wanted === 1
      ? "A statement says that a passkey signed it, and there is no such signature."
      : "A statement says that only the service witnessed it, and there is a signature by passkey.";
  }
  for (const passkey of passkeys) {
    const problem = await problemOfPasskey(passkey, envelope.payloadType, envelope.payload, tools);
    if (problem !== null) return `A signature by passkey does not count: ${problem}.`;
  }
  return null;
}

/** Finds the one event that recorded a statement. */
function placeInTrail(
  sha256: string,
  { kind, worksheet, signer, at }: SignOffStatement,
  passkey: PasskeyName | null,
  events: readonly SeenEvent[],
  path: string,
  ledger: Ledger,
): number {
  const [event, second] = events.filter(({ statementSha256 }) => statementSha256 === sha256);
  if (!event) {
    ledger.lack("The event that recorded a statement is missing.", path);
    return -1;
  }
  if (second) ledger.fail("The trail has recorded a statement twice.", path);
  const isIts =
    event.action === `worksheet.${kind}` &&
    event.worksheetId === worksheet.id &&
    event.actorId === signer.id &&
    Math.abs(Date.parse(event.at) - Date.parse(at)) <= MOMENT_MS;
  const isByIt =
    event.passkey?.credentialId === passkey?.credentialId &&
    event.passkey?.publicKeySha256 === passkey?.publicKeySha256;
  if (!isByIt) ledger.fail("The trail has not recorded the passkey that a statement is signed by.", path);
  if (!isIts) ledger.fail("The event that recorded a statement is about something else.", path);
  return event.seq;
}

/** A statement that takes the place of another comes after it, on the same worksheet; a revocation revokes a signature,
 * and a reopening follows a decision. */
function examineForerunner(
  { kind, supersedes, worksheet, seq, sha256, at }: SeenStatement,
  all: readonly SeenStatement[],
  { files }: OpenedPack,
  ledger: Ledger,
): void {
  const path = statementPath(sha256);
  if (supersedes === null) {
    if (kind === "revoked") ledger.fail("A revocation does not say what it revokes.", path);
    if (kind === "reopened") ledger.fail("A reopening does not say what it reopens.", path);
    return;
  }
  const before = all.find((one) => one.sha256 === supersedes);
  if (!before) {
    if (!files.has(statementPath(supersedes))) {
      ledger.lack("The statement whose place another one takes is missing.", statementPath(supersedes));
    }
    return;
  }
  const isBefore = before.seq === -1 || seq === -1 || before.seq < seq;
  const isEarlier = Date.parse(before.at) <= Date.parse(at) + CLOCK_TOLERANCE_MS;
  if (before.worksheet.id !== worksheet.id || !isBefore || !isEarlier) {
    ledger.fail("A statement takes the place of one that does not come before it on the same worksheet.", path);
  }
  if (kind === "revoked" && before.kind !== "signed") ledger.fail("A revocation revokes no signature.", path);
  if (kind === "reopened" && before.kind === "reopened") ledger.fail("A reopening follows no decision.", path);
}
