import { keptEvents, rowsNamedIn, type StoredSegment, storedSegments } from "@/lib/data/trail-segments";
import type { SystemTx } from "@/lib/db/kinds";
import { type ChainLink, type ChainVerdict, chainStart, hashPayload, verifyStretch } from "@/lib/domain/audit/chain";
import { rowsTold, strayColumn, strayRow } from "@/lib/domain/audit/event-record";
import type { RowLedger, ToldRow } from "@/lib/domain/audit/row-states";
import {
  keptOf,
  parseSegment,
  payloadsIn,
  rowsText,
  SEGMENT_TYPE,
  type SegmentDocument,
} from "@/lib/domain/audit/segment";
import { sameBytes, toHex, utf8 } from "@/lib/domain/proof/bytes";
import { parseEnvelope, verifyEnvelope } from "@/lib/domain/proof/envelope";
import { verifyKeyOf } from "@/lib/domain/proof/key-set";
import type { KeyRecord } from "@/lib/domain/proof/keys";
import { checkSignature, sha256, sha256Quick } from "@/lib/signing/node-crypto";
import { GivenUp } from "./given-up";
import { ofRow, onChain, type TrailFinding } from "./trail-finding";
import type { GapEvents } from "./verify-gaps";

type Name = Pick<SegmentDocument, "chain" | "from" | "to">;

/** Where the files of segments are read, and the keys that sign their documents. */
export interface SegmentSource {
  /** A segment's events, or null where there are none. */
  readonly readEvents: (name: Name) => Promise<Uint8Array | null>;
  /** Its signed document, or null where there is none. */
  readonly readDocument: (name: Name) => Promise<Uint8Array | null>;
  /** The service's keys, or null where they are not to be had: then nobody looks who signed. */
  readonly keys: readonly KeyRecord[] | null;
}

/** Without files: every segment that has not been given up is missing. */
export const NO_SEGMENTS: SegmentSource = { readEvents: async () => null, readDocument: async () => null, keys: null };

/** What is noted of events, whichever chain they are on. */
export interface TrailNotes {
  readonly ledger: RowLedger;
  readonly gaps: GapEvents;
}

/** What came out of a chain's archived part. */
export interface ArchivedCheck {
  /** Where the chain has come to at the end of its segments, or where it breaks. */
  readonly verdict: ChainVerdict;
  /** The number of the first event that is to be at hand. */
  readonly next: bigint;
  readonly segments: number;
  /** How many events the files of given-up segments held. */
  readonly expired: number;
  /** Which segments are marked as given up, and which archived events say so. */
  readonly givenUp: GivenUp;
  readonly findings: readonly TrailFinding[];
}

/**
 * Checks the segments of a chain: that they follow one after the other, that what is kept of their events is one chain,
 * that each is what was signed, and that its file holds exactly those events. Of segments that were given up the content
 * is gone: their hashes, and what they told of rows, are held against what was signed.
 */
export async function checkSegments(
  tx: SystemTx,
  logId: string,
  notes: TrailNotes,
  source: SegmentSource,
): Promise<ArchivedCheck> {
  const findings: TrailFinding[] = [];
  const givenUp = new GivenUp(logId);
  let verdict: ChainVerdict = { holds: true, progress: chainStart(logId, sha256) };
  let [next, expired] = [0n, 0];
  const segments = await storedSegments(tx, logId);
  const kept = copiesOf(await keptEvents(tx, logId));
  for (const segment of segments) {
    if (segment.isTorn) {
      findings.push(onChain(logId, next, `A segment of ${logId} is not recorded whole, near event ${next}.`));
      continue;
    }
    if (segment.from !== next) {
      const words = `The segment of ${logId} from event ${next} on is not recorded: the next one begins with event ${segment.from}.`;
      findings.push(onChain(logId, next, words));
    }
    const links = linksOf(segment);
    if (verdict.holds) verdict = verifyStretch(links, verdict.progress, sha256Quick);
    findings.push(...(await checkSegment({ tx, logId, ...notes, source, kept, givenUp }, segment, links)));
    if (segment.expired) expired += links.length;
    next = segment.to;
  }
  for (const seq of kept.keys()) {
    findings.push(onChain(logId, seq, `Event ${seq} of ${logId} is kept as archived, and is in no segment.`));
  }
  return { verdict, next, segments: segments.length, expired, givenUp, findings };
}

type Copy = Awaited<ReturnType<typeof keptEvents>>[number];

/** Events that stay at hand, by number; those that were looked at are taken away. */
type Copies = Map<bigint, Copy[]>;

function copiesOf(events: readonly Copy[]): Copies {
  const copies: Copies = new Map();
  for (const event of events) copies.set(event.seq, [...(copies.get(event.seq) ?? []), event]);
  return copies;
}

interface Check extends TrailNotes {
  readonly tx: SystemTx;
  readonly logId: string;
  readonly source: SegmentSource;
  readonly kept: Copies;
  readonly givenUp: GivenUp;
}

async function checkSegment(
  check: Check,
  segment: StoredSegment,
  links: readonly ChainLink[],
): Promise<TrailFinding[]> {
  const { tx, logId, ledger, gaps, source, kept, givenUp } = check;
  const findings: TrailFinding[] = [];
  const name = `The segment of ${logId} from event ${segment.from} to ${segment.to - 1n}`;
  const say: Say = (words, seq = segment.from) => findings.push(onChain(logId, seq, `${name} ${words}`));
  const signed = await checkDocument(logId, segment, source, say);
  const named = await rowsNamedIn(tx, logId, segment);
  const payloads = segment.expired ? null : await readPayloads(logId, segment, links, source, say);
  // Where the texts are gone, what is noted of rows has to be what was signed.
  const noted = () => rowsText([...named].map(([seq, rows]) => ({ seq, rows })));
  if (payloads === null && toHex(sha256(utf8(noted()))) !== segment.rowsSha256) {
    say("told other things of rows than what is noted of them.");
  }
  // What the texts say, or where those are gone, what was signed of them.
  const said = payloads === null ? signed : keptOf(Number(segment.from), payloads);
  if (said?.lastAt !== undefined && said.lastAt !== segment.lastAt.toISOString()) {
    say("is recorded with another time of its last event.");
  }
  const stays = new Set(said?.kept);
  givenUp.mark(segment);
  for (const [at, link] of links.entries()) {
    const { seq } = link;
    const payload = payloads?.[at];
    findings.push(...noteEvent(logId, seq, payload, named.get(seq) ?? [], ledger));
    const copies = kept.get(seq) ?? [];
    const text = payload ?? copies[0]?.payload;
    givenUp.note(text);
    gaps.note({ logId, seq }, text);
    const problem = problemOfCopies(copies, stays.has(Number(seq)), link);
    kept.delete(seq);
    if (problem !== null) findings.push(onChain(logId, seq, `Event ${seq} of ${logId} ${problem}`));
  }
  return findings;
}

type Say = (words: string, seq?: bigint) => void;

function linksOf({ from, to, prevHash, entryHashes, payloadHashes }: StoredSegment): ChainLink[] {
  const hashAt = (hashes: Uint8Array, at: number) => hashes.subarray(at * 32, at * 32 + 32);
  return Array.from({ length: Math.max(0, Number(to - from)) }, (_, at) => ({
    seq: from + BigInt(at),
    prevHash: at === 0 ? prevHash : hashAt(entryHashes, at - 1),
    entryHash: hashAt(entryHashes, at),
    payloadHash: hashAt(payloadHashes, at),
  }));
}

/** The signed document has to be of this segment, in the database as in the folder. @returns it, when it can be read */
async function checkDocument(
  logId: string,
  segment: StoredSegment,
  source: SegmentSource,
  say: Say,
): Promise<SegmentDocument | null> {
  const envelope = parseEnvelope(utf8(segment.envelope));
  const read = envelope.ok ? parseSegment(envelope.value.payload) : envelope;
  if (!envelope.ok || !read.ok) {
    say("has no signed document that can be read.");
    return null;
  }
  const { chain, from, to, prevHash, lastHash, sha256: ofFile, rowsSha256 } = read.value;
  const isSame =
    chain === logId &&
    BigInt(from) === segment.from &&
    BigInt(to) === segment.to &&
    prevHash === toHex(segment.prevHash) &&
    lastHash === toHex(segment.lastHash) &&
    lastHash === toHex(segment.entryHashes.subarray(-32)) &&
    ofFile === segment.sha256 &&
    rowsSha256 === segment.rowsSha256;
  if (!isSame) say("is recorded with other figures than were signed.");
  if (source.keys !== null) {
    const known = source.keys.filter(({ purpose }) => purpose === "statement").map(verifyKeyOf);
    const verdict = await verifyEnvelope(envelope.value, SEGMENT_TYPE, known, checkSignature);
    if (!verdict.ok) say("was not signed by a key of this service.");
  }
  const filed = await source.readDocument({ chain: logId, from, to });
  if (filed === null) say("has no signed document beside its file.");
  else if (!sameBytes(filed, utf8(segment.envelope)))
    say("has another signed document beside its file than is recorded.");
  return read.value;
}

/** The texts in a segment's file, each of which was recorded; null when the file is missing or holds something else. */
async function readPayloads(
  logId: string,
  segment: StoredSegment,
  links: readonly ChainLink[],
  source: SegmentSource,
  say: Say,
): Promise<readonly string[] | null> {
  const bytes = await source.readEvents({ chain: logId, from: Number(segment.from), to: Number(segment.to) });
  if (bytes === null) {
    say("is missing: its file is not there.");
    return null;
  }
  const payloads = payloadsIn(bytes);
  if (payloads?.length !== links.length) {
    say("was changed: its file does not hold as many events.");
    return null;
  }
  const wrong = links.find(
    ({ payloadHash }, at) => !sameBytes(hashPayload(payloads[at] ?? "", sha256Quick), payloadHash),
  );
  if (wrong) {
    say(`was changed: the content of event ${wrong.seq} is not what was recorded.`, wrong.seq);
    return null;
  }
  if (toHex(sha256(bytes)) !== segment.sha256) say("was changed: its file is not the one that was signed.");
  return payloads;
}

/** Notes what an event tells of rows: by its text, or by what is noted where the text is gone. */
function noteEvent(
  logId: string,
  seq: bigint,
  payload: string | undefined,
  rows: readonly ToldRow[],
  ledger: RowLedger,
): TrailFinding[] {
  if (payload === undefined) return ledger.note({ logId, seq }, rows).map(ofRow);
  const findings = ledger.note({ logId, seq }, rowsTold(payload) ?? []).map(ofRow);
  const stray = strayRow({ payload, rows });
  if (stray === null) return findings;
  const { table, id } = stray;
  const words = `What is noted of the row ${id} of ${table} for event ${seq} is not what the event says.`;
  return [...findings, { logId, seq, table, id, words }];
}

/** What is wrong with the copy of an event that stays at hand, as the end of a sentence. */
function problemOfCopies([copy, ...more]: readonly Copy[], stays: boolean, link: ChainLink): string | null {
  if (copy === undefined) return stays ? "was to stay at hand, and does not." : null;
  if (more.length > 0) return "is kept more than once.";
  if (!sameBytes(hashPayload(copy.payload, sha256Quick), link.payloadHash))
    return "is kept with another content than was recorded.";
  if (!sameBytes(copy.prevHash, link.prevHash) || !sameBytes(copy.entryHash, link.entryHash))
    return "is kept with other hashes than the chain has.";
  const column = strayColumn({ ...copy, rows: [] });
  return column === null ? null : `is kept with a column ${column} that is not what the event says.`;
}
