import { err, ok, type Result } from "@/lib/domain/result";
import { utf8 } from "./bytes";
import { parseCanonical, writeCanonical } from "./canonical";
import { parseEnvelope, verifyEnvelope } from "./envelope";
import { verifyKeyOf } from "./key-set";
import type { KeyRecord } from "./keys";
import { count, digest, instant, listOf, oneOf, orNull, record, someText, text, uuid } from "./read";
import type { CheckSignature } from "./signature";

/** Type of the envelope around the record of a gap. */
export const GAP_TYPE = "application/vnd.countervail.gap.v1+json";

const TYPE = "countervail.gap.v1";

/** What became of a chain when data were put back. */
export interface GapInChain {
  readonly logId: string;
  /** The checkpoint that was signed last; null where nothing that was signed is missing. The root is hex. */
  readonly signed: { readonly size: number; readonly root: string; readonly note: string } | null;
  /** How many events there are now; the signer goes on from them. */
  readonly size: number;
}

/** An operator's word that what was signed and is not there any more is lost. */
export interface GapRecord {
  readonly service: string;
  readonly id: string;
  readonly at: string;
  readonly reason: string;
  readonly operator: string;
  readonly chains: readonly GapInChain[];
}

/** The record whose bytes are signed. @throws RangeError when a text in it is not well-formed */
export function writeGap({ service, id, at, reason, operator, chains }: GapRecord): Uint8Array {
  const text = writeCanonical({
    type: TYPE,
    ...{ service, id, at, reason, operator },
    chains: chains.map(({ logId, signed, size }) => ({
      logId,
      signed: signed && { size: signed.size, root: signed.root, note: signed.note },
      size,
    })),
  });
  if (text === null) throw new RangeError("A text of this record is not well-formed.");
  return utf8(text);
}

const shape = record({
  type: oneOf(TYPE),
  service: uuid,
  id: uuid,
  at: instant,
  reason: text,
  operator: text,
  chains: listOf(
    record({ logId: someText, signed: orNull(record({ size: count, root: digest, note: someText })), size: count }),
  ),
});

/** A record of a gap whose signature was verified, with the bytes that were signed. */
export interface VerifiedGap {
  readonly record: GapRecord;
  readonly payload: Uint8Array;
}

/**
 * Verifies that a key of this service has signed a record.
 * @param envelope the exact text
 * @param keys the service's keys as its root lists them; null takes the signature as it is
 * @returns why it is none, as the end of a sentence
 */
export async function verifyGap(
  envelope: string,
  service: string,
  keys: readonly KeyRecord[] | null,
  check: CheckSignature,
): Promise<Result<VerifiedGap, string>> {
  const parsed = parseEnvelope(utf8(envelope));
  if (!parsed.ok) return parsed;
  const { payload } = parsed.value;
  const json = parseCanonical(payload);
  if (!json.ok) return json;
  const read = shape(json.value);
  if (!read) return err("it has not the members of a record");
  if (read.service !== service) return err("it is of another service");
  if (keys !== null) {
    const known = keys.filter(({ purpose }) => purpose === "statement").map(verifyKeyOf);
    const verdict = await verifyEnvelope(parsed.value, GAP_TYPE, known, check);
    if (!verdict.ok) return verdict;
  }
  const { type: _, ...found } = read;
  return ok({ record: found, payload });
}
