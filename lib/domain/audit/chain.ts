/**
 * The hash chain of the trail, computed the way the database function `audit_append` does, so that stored content can
 * be checked without trusting the database. Only content is hashed here: stored hashes are compared, never believed.
 */

/** SHA-256 of bytes, passed in so that the same code runs in a browser. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

/** A stored event as the chain sees it. `seq` counts from 0 without gaps. */
export interface ChainLink {
  readonly seq: bigint;
  readonly prevHash: Uint8Array;
  readonly entryHash: Uint8Array;
  /** SHA-256 of the payload as it is stored now, computed for this check and never stored. */
  readonly payloadHash: Uint8Array;
}

/** A stored event with what it says. */
export interface ChainEvent extends Omit<ChainLink, "payloadHash"> {
  /** The exact text that was hashed. */
  readonly payload: string;
}

/** The stored end of a chain: how many events it has, and the entry hash of the last one. */
export interface ChainHead {
  readonly size: bigint;
  readonly head: Uint8Array;
}

/** Where a check has come to; checking goes on from here with the next stretch. */
export interface ChainProgress {
  readonly nextSeq: bigint;
  readonly lastHash: Uint8Array;
}

/** The outcome of a check; a broken chain names the first event at which it breaks, in words. */
export type ChainVerdict =
  | { readonly holds: true; readonly progress: ChainProgress }
  | { readonly holds: false; readonly seq: bigint; readonly problem: string };

const utf8 = new TextEncoder();

/** The hash that stands before the first event of a log. */
export function genesisHash(logId: string, sha256: Sha256): Uint8Array {
  return sha256(utf8.encode(`COUNTERVAIL-AUDIT-GENESIS:${logId}`));
}

/** Where texts become bytes for hashing, one after the other; it grows with the longest. */
let scratch = new Uint8Array(8_192);

/** What a payload adds to the hash of its event. */
export function hashPayload(payload: string, sha256: Sha256): Uint8Array {
  // A unit of UTF-16 takes three bytes at most.
  if (scratch.length < payload.length * 3) scratch = new Uint8Array(payload.length * 3);
  return sha256(scratch.subarray(0, utf8.encodeInto(payload, scratch).written));
}

/** entry_hash = sha256(0x00 ‖ seq as eight bytes, big-endian ‖ prev_hash ‖ sha256(payload in UTF-8)). */
export function entryHash(seq: bigint, prevHash: Uint8Array, payloadHash: Uint8Array, sha256: Sha256): Uint8Array {
  const bytes = new Uint8Array(9 + prevHash.length + payloadHash.length);
  return sha256(fillEntry(bytes, new DataView(bytes.buffer), seq, prevHash, payloadHash));
}

/** Writes what an entry hash is taken over into bytes of its length. */
function fillEntry(
  bytes: Uint8Array,
  view: DataView,
  seq: bigint,
  prevHash: Uint8Array,
  payloadHash: Uint8Array,
): Uint8Array {
  view.setBigInt64(1, seq);
  bytes.set(prevHash, 9);
  bytes.set(payloadHash, 9 + prevHash.length);
  return bytes;
}

/** The place before the first event of a log. */
export function chainStart(logId: string, sha256: Sha256): ChainProgress {
  return { nextSeq: 0n, lastHash: genesisHash(logId, sha256) };
}

/** Length of what an entry hash is taken over, with hashes of SHA-256's length. */
const ENTRY_BYTES = 73;
const HASH_BYTES = 32;

/** Checks a stretch of events in their stored order, from where the last stretch ended. */
export function verifyStretch(events: Iterable<ChainLink>, from: ChainProgress, sha256: Sha256): ChainVerdict {
  let { nextSeq, lastHash } = from;
  // One place for all entries of a stretch: chains are long, and this is what verifying one spends its time on.
  const entry = new Uint8Array(ENTRY_BYTES);
  const view = new DataView(entry.buffer);
  for (const event of events) {
    if (event.seq !== nextSeq) {
      const problem =
        event.seq > nextSeq
          ? `Event ${nextSeq} is missing: event ${event.seq} comes in its place.`
          : `Event ${event.seq} comes where event ${nextSeq} should be.`;
      return { holds: false, seq: nextSeq, problem };
    }
    if (!sameBytes(event.prevHash, lastHash)) {
      return { holds: false, seq: nextSeq, problem: `Event ${nextSeq} does not follow from the event before it.` };
    }
    const isUsual = lastHash.length === HASH_BYTES && event.payloadHash.length === HASH_BYTES;
    const expected = isUsual
      ? sha256(fillEntry(entry, view, event.seq, lastHash, event.payloadHash))
      : entryHash(event.seq, lastHash, event.payloadHash, sha256);
    if (!sameBytes(event.entryHash, expected)) {
      return { holds: false, seq: nextSeq, problem: `The content of event ${nextSeq} is not what was recorded.` };
    }
    nextSeq += 1n;
    lastHash = expected;
  }
  return { holds: true, progress: { nextSeq, lastHash } };
}

/** Compares where the events end with the stored end of the chain; a cut tail shows here. */
export function verifyHead(progress: ChainProgress, head: ChainHead | null): ChainVerdict {
  const seq = progress.nextSeq;
  if (head === null) {
    // A log without an event has no head yet.
    return seq === 0n
      ? { holds: true, progress }
      : { holds: false, seq, problem: `There are ${seq} events, and no record of where the trail ends.` };
  }
  if (head.size !== seq) {
    const problem = `The trail should have ${head.size} events and has ${seq}.`;
    return { holds: false, seq, problem };
  }
  if (!sameBytes(head.head, progress.lastHash)) {
    return { holds: false, seq, problem: "The last event is not the one that the trail's end was recorded with." };
  }
  return { holds: true, progress };
}

/** Checks a whole log: every event from the first, then the end. */
export function verifyChain(
  logId: string,
  events: readonly ChainEvent[],
  head: ChainHead | null,
  sha256: Sha256,
): ChainVerdict {
  const links = events.map((event) => ({ ...event, payloadHash: hashPayload(event.payload, sha256) }));
  const verdict = verifyStretch(links, chainStart(logId, sha256), sha256);
  return verdict.holds ? verifyHead(verdict.progress, head) : verdict;
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index += 1) if (a[index] !== b[index]) return false;
  return true;
}
