import type { Sha256 } from "@/lib/domain/audit/chain";
import { rowsTold } from "@/lib/domain/audit/event-record";
import type { ToldRow } from "@/lib/domain/audit/row-states";
import { textOf, toHex, utf8 } from "@/lib/domain/proof/bytes";
import { parseCanonical, writeCanonical } from "@/lib/domain/proof/canonical";
import { count, digest, instant, listOf, matching, oneOf, type Read, record, uuid } from "@/lib/domain/proof/read";
import { err, ok, type Result } from "@/lib/domain/result";

/** Type of the envelope around what is signed of an archive segment. */
export const SEGMENT_TYPE = "application/vnd.countervail.trail-segment.v1+json";
const TYPE = "countervail.trail-segment.v1";

/** The most events of a segment. */
export const SEGMENT_EVENTS = 10_000;

/**
 * Events that stay at hand, whole, when they are archived: packs of later years prove decisions by them, or they say which
 * segments were given up and what was lost. The database keeps the same.
 */
const KEPT: readonly unknown[] = [
  ...["worksheet.signed", "worksheet.refused", "worksheet.revoked", "worksheet.reopened"],
  ...["pack.sealed", "trail.expired", "service.gap_recorded"],
];

/** What segments of before did not say. */
const later = {
  /** Numbers of the events that stay at hand. */
  kept: listOf(count, SEGMENT_EVENTS),
  /** When the youngest of its events happened. */
  lastAt: instant,
};

const shape = record(
  {
    type: oneOf(TYPE),
    service: uuid,
    chain: matching(/^(system|org:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/),
    /** Number of the first event, and the one after the last. */
    from: count,
    to: count,
    count,
    /** Entry hash of the event before the first one, or the chain's genesis, and of the last one. */
    prevHash: digest,
    lastHash: digest,
    /** Of the file. */
    sha256: digest,
    /** Of what its events tell of rows; see {@link rowsText}. */
    rowsSha256: digest,
    /** Size of a checkpoint that covers its events. */
    checkpoint: count,
    at: instant,
  },
  later,
);

/** What a segment is: a stretch of one chain, and the file that holds the exact texts of its events. Hashes in hex. */
export type SegmentDocument = Omit<Read<typeof shape>, "type">;

/** The document whose bytes are signed. */
export function writeSegment(document: SegmentDocument): Uint8Array {
  return utf8(writeCanonical({ type: TYPE, ...document }) ?? "");
}

/** Reads a document without verifying who signed it. */
export function parseSegment(bytes: Uint8Array): Result<SegmentDocument, string> {
  const json = parseCanonical(bytes);
  if (!json.ok) return json;
  const read = shape(json.value);
  if (!read) return err("it is no document of a segment");
  if (read.to <= read.from || read.count !== read.to - read.from || read.checkpoint < read.to)
    return err("its numbers do not fit together");
  const { type: _, ...document } = read;
  return ok(document);
}

/** Where a segment's files lie in the folder of segments, without their ends `.jsonl` and `.dsse.json`. */
export function segmentPath({ chain, from, to }: Pick<SegmentDocument, "chain" | "from" | "to">): string {
  const padded = (value: number) => String(value).padStart(12, "0");
  return `${chain.replace(":", "-")}/${padded(from)}-${padded(to)}`;
}

/** A segment's file: a line for each event, the exact text that was hashed. It is JSON and has no line break in it. */
export function segmentText(payloads: readonly string[]): string {
  return payloads.map((payload) => `${payload}\n`).join("");
}

/** The events' texts in a segment's file, or null when it is none. */
export function payloadsIn(bytes: Uint8Array): readonly string[] | null {
  const text = textOf(bytes);
  return text?.endsWith("\n") ? text.slice(0, -1).split("\n") : null;
}

/** What events tell of rows, a line for each in a settled order, for hashing: the database writes the same. */
export function rowsText(events: Iterable<{ readonly seq: bigint; readonly rows: readonly ToldRow[] }>): string {
  let text = "";
  for (const { seq, rows } of events) {
    const sorted = [...rows].sort((a, b) => compare(a.table, b.table) || compare(a.id, b.id));
    for (const { table, id, number, state } of sorted) {
      text += `${[seq, table, id, number ?? "-", state ?? "-"].join("\t")}\n`;
    }
  }
  return text;
}

/** Which of a segment's events stay at hand, and when the youngest happened. */
export function keptOf(from: number, payloads: readonly string[]): Required<Pick<SegmentDocument, "kept" | "lastAt">> {
  const events = payloads.map(factsOf);
  const kept = events.flatMap(({ action }, at) => (KEPT.includes(action) ? [from + at] : []));
  const youngest = Math.max(0, ...events.map(({ at }) => at));
  return { kept, lastAt: new Date(youngest).toISOString() };
}

/** What is no event's text happened before everything else. */
function factsOf(payload: string): { readonly action: unknown; readonly at: number } {
  try {
    const { action, at } = JSON.parse(payload) as { action?: unknown; at?: string };
    return { action, at: Date.parse(at ?? "") || 0 };
  } catch {
    return { action: undefined, at: 0 };
  }
}

/** SHA-256 of {@link rowsText} of events as their texts tell. */
export function rowsDigest(from: number, payloads: readonly string[], sha256: Sha256): string {
  const events = payloads.map((payload, at) => ({ seq: BigInt(from + at), rows: rowsTold(payload) ?? [] }));
  return toHex(sha256(utf8(rowsText(events))));
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** The event that a segment, or the end of some, leaves on its own chain, as the exact text that is hashed. */
export function keeperEvent(
  action: "trail.archived" | "trail.expired",
  at: Date,
  token: string,
  detail: Readonly<Record<string, string | number>>,
): string {
  const origin = { address: "unknown" };
  const who = { actorId: null, actorOrganisationId: null, requestId: "trail:archive", origin };
  return writeCanonical({ v: 1, at: at.toISOString(), action, ...who, detail, changes: [], tx: token }) ?? "";
}
