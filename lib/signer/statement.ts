import { SEGMENT_TYPE } from "@/lib/domain/audit/segment";
import { fromBase64, toBase64 } from "@/lib/domain/proof/bytes";
import { instantOf, type Json, parseCanonical } from "@/lib/domain/proof/canonical";
import { preAuthEncoding } from "@/lib/domain/proof/envelope";
import { CLOCK_TOLERANCE_MS, couldSignAt } from "@/lib/domain/proof/keys";
import { STATEMENT_MS } from "@/lib/domain/sign-off/record";
import { signEd25519 } from "@/lib/signing/node-crypto";
import type { StatementSignature } from "@/lib/signing/protocol";
import type { SigningKey } from "./keyring";
import { Refusal } from "./refusal";

interface StatementKind {
  /** What the document calls itself. */
  readonly type: string;
  /** The member with its time. */
  readonly time: string;
  /** How long before now that may be (milliseconds). */
  readonly back: number;
}

const DAY = 86_400_000;

/**
 * What the statement key signs. A sign-off is signed while it is made, within the time its person has to read it; a pack's manifest
 * carries the time at which the export began, which may go on after an interruption; a segment of the trail is signed when
 * it is written.
 */
const KINDS: Readonly<Record<string, StatementKind>> = {
  "application/vnd.countervail.sign-off.v1+json": {
    type: "countervail.sign-off.v1",
    time: "at",
    back: STATEMENT_MS + CLOCK_TOLERANCE_MS,
  },
  "application/vnd.countervail.pack.v1+json": { type: "countervail.pack.v1", time: "made", back: 7 * DAY },
  [SEGMENT_TYPE]: { type: "countervail.trail-segment.v1", time: "at", back: CLOCK_TOLERANCE_MS },
};

/**
 * Signs a statement of this service after looking at it.
 * @param backdated takes times of long ago: for the demo, whose story is played in an instant
 * @throws Refusal when it is none that may be signed now
 */
export function signStatement(
  request: { readonly payloadType: string; readonly payload: string },
  service: string,
  now: Date,
  key: SigningKey,
  backdated = false,
): StatementSignature {
  const kind = Object.hasOwn(KINDS, request.payloadType) ? KINDS[request.payloadType] : undefined;
  if (!kind) throw new Refusal("refused", "Statements of this type are not signed.");
  const payload = fromBase64(request.payload);
  if (!payload) throw new Refusal("malformed", "The statement is not base64.");
  const json = parseCanonical(payload);
  if (!json.ok) throw new Refusal("refused", `The statement cannot be signed: ${json.error}.`);
  const document = membersOf(json.value);
  if (document.type !== kind.type) throw new Refusal("refused", "The statement is not of the type that it came under.");
  if (document.service !== service) throw new Refusal("refused", "The statement is of another service.");
  const at = instantOf(document[kind.time] ?? null);
  const age = at === null ? Number.NaN : now.getTime() - at;
  if (!(age >= -CLOCK_TOLERANCE_MS && (backdated || age <= kind.back))) {
    throw new Refusal("refused", "The time in the statement is not the signer's: compare the clocks.");
  }
  if (at !== null && !couldSignAt(key.record, at)) {
    throw new Refusal("unavailable", "The key was replaced after this statement was laid out: lay it out again.");
  }
  const sig = signEd25519(preAuthEncoding(request.payloadType, payload), key.secret);
  return { keyid: key.record.id, sig: toBase64(sig) };
}

function membersOf(value: Json): { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as { readonly [key: string]: Json })
    : {};
}
