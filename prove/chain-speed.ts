import { hash, randomUUID } from "node:crypto";
import {
  type ChainEvent,
  type ChainProgress,
  type ChainVerdict,
  chainStart,
  entryHash,
  hashPayload,
  verifyStretch,
} from "@/lib/domain/audit/chain";
import { sha256, sha256Quick } from "@/lib/signing/node-crypto";
import { Findings } from "./support/findings";
import type { Proof } from "./support/proof";
import { Random } from "./support/random";

const LOG = "system";
const STRETCH = 20_000;
/** The least share of the speed of bare hashing that verifying reaches. */
const LEAST = 0.5;

/**
 * Verifies a chain of a million events from the texts that are stored, a stretch at a time as everywhere, and beside each
 * stretch calls `crypto.hash` over bytes of the same number and sizes: twice an event, over its text and over its entry.
 * Both run turn about in one process, so that what is compared is not what the machine does otherwise. The short form is
 * one stretch, of which the verdicts alone count: as it was stored, and with each kind of change.
 */
export const prove: Proof = async ({ short, seed }) => {
  const findings = new Findings();
  const random = new Random(seed);
  const stretches = short ? 1 : 50;
  let progress: ChainProgress = chainStart(LOG, sha256);
  let [ours, bare] = [0, 0];
  verifyOnce(makeStretch(progress, 2_000, random), progress);
  for (let stretch = 0; stretch < stretches; stretch += 1) {
    const events = makeStretch(progress, STRETCH, random);
    const sizes = sizesOf(events);
    const [first, second] = [() => timed(() => verifyOnce(events, progress)), () => timed(() => hashBare(sizes))];
    // Whoever comes first finds a colder machine, so it is not always the same.
    const [verified, hashed] = stretch % 2 === 0 ? [first(), second()] : reversed(second(), first());
    const verdict = verified.result as ChainVerdict;
    ours += verified.time;
    bare += hashed.time;
    if (!verdict.holds) {
      findings.add(verdict.problem);
      break;
    }
    if (stretch === 0) tryChanges(events, progress, random, findings);
    progress = verdict.progress;
  }
  const count = stretches * STRETCH;
  findings.expect(progress.nextSeq === BigInt(count), "the chain was not verified to its end");
  if (short)
    return findings.result(`${count} events verify, and none that was changed; no time is taken in the short form`);
  const share = bare / ours;
  findings.expect(share >= LEAST, `${share.toFixed(2)} of the speed of bare hashing, ${LEAST} is the least`);
  const rate = (time: number) => `${Math.round(count / (time / 1_000)).toLocaleString("en")} events/s`;
  return findings.result(
    `${count.toLocaleString("en")} events verified at ${rate(ours)}, bare hashing of as many and as long at ${rate(bare)}: ${share.toFixed(2)}`,
  );
};

interface Timed {
  readonly time: number;
  readonly result: unknown;
}

/** What some work gives, and how long it took in milliseconds. */
export function timed(work: () => unknown): Timed {
  const start = performance.now();
  const result = work();
  return { time: performance.now() - start, result };
}

function reversed<T>(later: T, earlier: T): [T, T] {
  return [earlier, later];
}

/** As the trail's verifiers do: the texts are hashed, then the links compared. */
export function verifyOnce(events: readonly ChainEvent[], from: ChainProgress): ChainVerdict {
  const links = events.map((event) => ({
    seq: event.seq,
    prevHash: event.prevHash,
    entryHash: event.entryHash,
    payloadHash: hashPayload(event.payload, sha256Quick),
  }));
  return verifyStretch(links, from, sha256Quick);
}

/** Bytes of the numbers and sizes that are hashed for a stretch: an event's text, and its entry. */
export function sizesOf(events: readonly ChainEvent[]): Uint8Array[] {
  return events.flatMap(({ payload }) => [new Uint8Array(Buffer.byteLength(payload)), new Uint8Array(73)]);
}

/** Hashes each by itself; the sum is there so that nothing is left out. */
export function hashBare(all: readonly Uint8Array[]): number {
  let sum = 0;
  for (const bytes of all) sum += hash("sha256", bytes, "buffer").length;
  return sum;
}

/** Events as an engagement leaves them: some short, some long, some with letters beyond ASCII. */
export function makeStretch(from: ChainProgress, count: number, random: Random): ChainEvent[] {
  let { nextSeq, lastHash } = from;
  return Array.from({ length: count }, () => {
    const payload = JSON.stringify({
      action: random.pick(["section.saved", "trail.viewed", "session.started", "worksheet.submitted"]),
      actorId: randomUUID(),
      actorOrganisationId: randomUUID(),
      at: new Date(1_764_000_000_000 + Number(nextSeq)).toISOString(),
      changes: Array.from({ length: random.int(4) }, () => ({
        id: randomUUID(),
        number: random.int(9),
        state: "0123456789abcdef".repeat(4),
        table: "section",
      })),
      detail: { reason: random.pick(["", "Łódź agreed to the second drill.", "Seen."]), version: random.int(99) },
      engagementId: randomUUID(),
      origin: { address: "192.0.2.10" },
      requestId: randomUUID(),
      tx: randomUUID(),
      v: 1,
    });
    const prevHash = lastHash;
    const entry = entryHash(nextSeq, prevHash, hashPayload(payload, sha256Quick), sha256);
    const event = { seq: nextSeq, prevHash, entryHash: entry, payload };
    nextSeq += 1n;
    lastHash = entry;
    return event;
  });
}

/** Every kind of change at a place by chance is found there, so that what is fast is the check and not its absence. */
function tryChanges(events: readonly ChainEvent[], from: ChainProgress, random: Random, findings: Findings): void {
  const flipped = (bytes: Uint8Array) => bytes.with(random.int(bytes.length), 0).map((byte) => byte ^ 1);
  const changes: readonly [string, (event: ChainEvent) => Partial<ChainEvent>][] = [
    ["its text", ({ payload }) => ({ payload: payload.replace('"v":1', '"v":2') })],
    ["its entry hash", (event) => ({ entryHash: flipped(event.entryHash) })],
    ["the hash before it", (event) => ({ prevHash: flipped(event.prevHash) })],
    ["its number", ({ seq }) => ({ seq: seq + 1n })],
  ];
  for (const [what, change] of changes) {
    const at = random.int(events.length);
    const event = events[at] as ChainEvent;
    const verdict = verifyOnce(events.with(at, { ...event, ...change(event) }), from);
    findings.expect(!verdict.holds && verdict.seq === event.seq, `event ${at} with ${what} changed is not named`);
  }
  const at = random.int(events.length - 1);
  const gap = verifyOnce(events.toSpliced(at, 1), from);
  findings.expect(!gap.holds && gap.seq === BigInt(at), `event ${at} taken away is not named`);
}
