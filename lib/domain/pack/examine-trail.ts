import { entryHash, genesisHash } from "@/lib/domain/audit/chain";
import { sameBytes, textOf } from "@/lib/domain/proof/bytes";
import { instantOf, type Json } from "@/lib/domain/proof/canonical";
import { type Checkpoint, originOf, verifyCheckpoint } from "@/lib/domain/proof/checkpoint";
import { verifyKeyOf } from "@/lib/domain/proof/key-set";
import { leafHash, verifyInclusion } from "@/lib/domain/proof/merkle";
import { err, ok, type Result } from "@/lib/domain/result";
import type { Ledger } from "./checks";
import { couldSignBetween, keysFor, SIGNING_SPAN_MS, type VouchedKeys } from "./examine-keys";
import { filesOf, type OpenedPack } from "./examine-parts";
import { eventPath, PLACES, proofPath } from "./layout";
import type { PackTools } from "./passkey";
import { parseEventProof } from "./proofs";

/** An event that stands in the trail, as far as statements are compared with it. */
export interface SeenEvent {
  readonly seq: number;
  readonly at: string;
  readonly action: string;
  readonly actorId: string | null;
  readonly worksheetId: string | null;
  /** The statement that it records, or null. */
  readonly statementSha256: string | null;
  /** The passkey that signed the statement, or null. */
  readonly passkey: PasskeyName | null;
}

/** A passkey as the trail records it: credential id (base64url), and SHA-256 of the COSE key that verifies it. */
export interface PasskeyName {
  readonly credentialId: string;
  readonly publicKeySha256: string;
}

const ORGANISATION_LOG = /^org:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Checks the checkpoint: of an organisation's trail at this service, signed, and the one that the manifest names. */
export async function examineCheckpoint(
  { manifest, files }: OpenedPack,
  { set }: VouchedKeys,
  ledger: Ledger,
  { sha256, checkSignature }: PackTools,
): Promise<Checkpoint | null> {
  ledger.begin("checkpoint");
  const path = PLACES.checkpoint;
  const { origin } = manifest.checkpoint;
  if (logOf(manifest.service, origin) === null) {
    ledger.fail("It is not of a trail of an organisation at this service.", path);
    return null;
  }
  const bytes = files.get(path)?.bytes ?? new Uint8Array(0);
  const keys = keysFor(set, "checkpoint").map(verifyKeyOf);
  const verdict = await verifyCheckpoint(bytes, origin, keys, sha256, checkSignature);
  if (!verdict.ok) {
    ledger.fail(`The checkpoint does not count: ${verdict.error}.`, path);
    return null;
  }
  const { size, root, signedBy } = verdict.value;
  if (size !== manifest.checkpoint.size || !sameBytes(root, manifest.checkpoint.root)) {
    ledger.fail("The manifest names another checkpoint.", path);
  }
  const made = Date.parse(manifest.made);
  if (!couldSignBetween(signedBy.record, made - SIGNING_SPAN_MS, made + SIGNING_SPAN_MS)) {
    ledger.fail("The key that signed the checkpoint did not sign at the time of the pack.", path);
  }
  return ledger.broken ? null : { origin, size, root };
}

function logOf(service: string, origin: string): string | null {
  const log = origin.slice(originOf(service, "").length);
  return ORGANISATION_LOG.test(log) && origin === originOf(service, log) ? log : null;
}

interface Link {
  readonly prevHash: Uint8Array;
  readonly entry: Uint8Array;
}

/** Checks every event: its bytes lead to the checkpoint's root, and neighbours are chained. */
export function examineEvents(pack: OpenedPack, checkpoint: Checkpoint, ledger: Ledger, tools: PackTools): SeenEvent[] {
  ledger.begin("events");
  const { manifest, files } = pack;
  const genesis = genesisHash(logOf(manifest.service, checkpoint.origin) ?? "", tools.sha256);
  const entries = new Map([[-1, genesis]]);
  const seen: SeenEvent[] = [];
  for (const { path, number: seq, bytes } of filesOf(pack, "event")) {
    const link = examineEvent(pack, checkpoint, seq, bytes, ledger, tools);
    if (!link) continue;
    const before = entries.get(seq - 1);
    if (before && !sameBytes(link.prevHash, before)) {
      ledger.fail(`Event ${seq} does not follow from the one before it.`, path);
    }
    entries.set(seq, link.entry);
    const event = readEvent(bytes, seq, manifest.engagementId);
    if (event.ok) seen.push(event.value);
    else ledger.fail(`Event ${seq} ${event.error}.`, path);
  }
  for (const { path, number } of filesOf(pack, "proof")) {
    if (!files.has(eventPath(number))) ledger.lack(`Event ${number} is missing, of which there is a proof.`, path);
  }
  return seen;
}

function examineEvent(
  { files }: OpenedPack,
  { size, root }: Checkpoint,
  seq: number,
  payload: Uint8Array,
  ledger: Ledger,
  { sha256 }: PackTools,
): Link | null {
  const path = proofPath(seq);
  const bytes = files.get(path)?.bytes;
  if (!bytes) {
    ledger.lack(`The proof that event ${seq} stands in the trail is missing.`, path);
    return null;
  }
  const proof = parseEventProof(bytes);
  if (!proof.ok) {
    ledger.fail(`The proof of event ${seq} cannot be read: ${proof.error}.`, path);
    return null;
  }
  const { prevHash, treeSize, inclusion } = proof.value;
  if (proof.value.seq !== seq || treeSize !== size) {
    ledger.fail(`The proof is not of event ${seq} in the trail of ${size} events.`, path);
    return null;
  }
  const entry = entryHash(BigInt(seq), prevHash, sha256(payload), sha256);
  if (!verifyInclusion(leafHash(entry, sha256), seq, size, inclusion, root, sha256)) {
    ledger.fail(`Event ${seq} does not stand in the trail as it is here.`, eventPath(seq));
    return null;
  }
  return { prevHash, entry };
}

/** Reads what an event says. */
function readEvent(bytes: Uint8Array, seq: number, engagementId: string): Result<SeenEvent, string> {
  let value: Json;
  try {
    value = JSON.parse(textOf(bytes) ?? "") as Json;
  } catch {
    return err("cannot be read");
  }
  const event = membersOf(value);
  const { at, action } = event;
  if (typeof at !== "string" || instantOf(at) === null || typeof action !== "string") return err("cannot be read");
  const about = textOrNull(event.engagementId);
  if (about !== null && about !== engagementId) return err("is of another engagement");
  const detail = membersOf(event.detail ?? null);
  return ok({
    seq,
    at,
    action,
    actorId: textOrNull(event.actorId),
    worksheetId: textOrNull(event.worksheetId),
    statementSha256: textOrNull(detail.statementSha256),
    passkey: passkeyOf(membersOf(detail.passkey ?? null)),
  });
}

function passkeyOf({ credentialId, publicKeySha256 }: Readonly<Record<string, Json | undefined>>): PasskeyName | null {
  if (typeof credentialId !== "string" || typeof publicKeySha256 !== "string") return null;
  return { credentialId, publicKeySha256 };
}

function membersOf(value: Json): Readonly<Record<string, Json | undefined>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, Json>) : {};
}

function textOrNull(value: Json | undefined): string | null {
  return typeof value === "string" ? value : null;
}
