import { randomUUID } from "node:crypto";
import type { Clock } from "@/lib/clock";
import { chainStart, hashPayload, verifyStretch } from "@/lib/domain/audit/chain";
import {
  keeperEvent,
  keptOf,
  rowsDigest,
  SEGMENT_EVENTS,
  SEGMENT_TYPE,
  type SegmentDocument,
  segmentText,
  writeSegment,
} from "@/lib/domain/audit/segment";
import { fromBase64, sameBytes, toHex, utf8 } from "@/lib/domain/proof/bytes";
import { writeEnvelope } from "@/lib/domain/proof/envelope";
import { OperatorError } from "@/lib/operator-error";
import type { Signer } from "@/lib/signing/client";
import { sha256, sha256Quick } from "@/lib/signing/node-crypto";
import type { SegmentFiles } from "./segment-files";
import type { DueStretch, KeeperStore } from "./store";

/** What archiving works with. */
export interface Archive {
  readonly store: KeeperStore;
  readonly files: SegmentFiles;
  readonly signer: Signer;
  readonly clock: Clock;
}

/** Segments that were made or given up. */
export interface Archived {
  readonly segments: number;
  readonly events: number;
}

/**
 * Archives what is older than whole months, chain by chain: events are written into files and signed, the files forced
 * onto the disk and read back, and only then does the database take the segment in and let the events go, in one
 * transaction with the event about it. What is interrupted before that has not happened; the next run writes it again.
 * @param months at least three
 * @throws Failure unavailable without the signer
 * @throws OperatorError when a chain does not hold, or a file is not what was written
 */
export async function archiveTrail(archive: Archive, months: number): Promise<Archived> {
  const service = await archive.store.service();
  let [segments, events] = [0, 0];
  for (const due of await archive.store.due(months)) {
    let { prevHash } = due;
    for (let from = due.from; from < due.to; from += SEGMENT_EVENTS) {
      const to = Math.min(due.to, from + SEGMENT_EVENTS);
      prevHash = await archiveStretch(archive, service, { ...due, from, to, prevHash });
      segments += 1;
      events += to - from;
    }
  }
  return { segments, events };
}

/** @returns the entry hash of its last event */
async function archiveStretch(archive: Archive, service: string, due: DueStretch): Promise<Uint8Array> {
  const { store, files, signer, clock } = archive;
  const { chain, from, to, prevHash } = due;
  const events = await store.read(chain, from, to - from);
  const links = events.map((event) => ({ ...event, payloadHash: hashPayload(event.payload, sha256Quick) }));
  const start = from === 0 ? chainStart(chain, sha256) : { nextSeq: BigInt(from), lastHash: prevHash };
  const verdict = verifyStretch(links, start, sha256Quick);
  if (!verdict.holds || verdict.progress.nextSeq !== BigInt(to)) {
    const problem = verdict.holds ? "Events are missing." : verdict.problem;
    throw new OperatorError(`The chain ${chain} cannot be archived: ${problem} Run npm run trail:verify.`);
  }
  const payloads = events.map(({ payload }) => payload);
  const text = segmentText(payloads);
  const { lastHash } = verdict.progress;
  const now = clock();
  const document: SegmentDocument = {
    service,
    chain,
    from,
    to,
    count: to - from,
    prevHash: toHex(prevHash),
    lastHash: toHex(lastHash),
    sha256: toHex(sha256(utf8(text))),
    rowsSha256: rowsDigest(from, payloads, sha256),
    ...keptOf(from, payloads),
    checkpoint: due.checkpointed,
    at: now.toISOString(),
  };
  const payload = writeSegment(document);
  const { keyid, sig } = await signer.statement(SEGMENT_TYPE, payload);
  const signature = { keyid, sig: fromBase64(sig) ?? new Uint8Array(), webauthn: null };
  const envelope = writeEnvelope({ payloadType: SEGMENT_TYPE, payload, signatures: [signature] });
  await files.write(document, text, envelope);
  for (const [read, written] of [
    [await files.readEvents(document), text],
    [await files.readDocument(document), envelope],
  ] as const) {
    if (read === null || !sameBytes(read, utf8(written)))
      throw new OperatorError(`${files.eventsFile(document)} is not what was written: look at the disk.`);
  }
  const detail = { from, to, sha256: document.sha256 };
  await store.archive(chain, envelope, keeperEvent("trail.archived", now, randomUUID(), detail));
  return lastHash;
}

/**
 * Gives segments up whose events are all older than the years, the oldest of each chain first, with an event on its
 * chain; then removes their files, and those that an interrupted run left. The signed documents stay.
 * @param years at least one
 */
export async function expireTrail({ store, files, clock }: Omit<Archive, "signer">, years: number): Promise<Archived> {
  const now = clock();
  const before = new Date(now);
  before.setUTCFullYear(now.getUTCFullYear() - years);
  const all = await store.segments();
  for (const chain of new Set(all.map((segment) => segment.chain))) {
    const kept = all.filter((segment) => segment.chain === chain && !segment.expired);
    const young = kept.findIndex(({ lastAt }) => lastAt >= before);
    const over = young === -1 ? kept : kept.slice(0, young);
    const [first, last] = [over[0], over.at(-1)];
    if (!first || !last) continue;
    const detail = { from: first.from, to: last.to, segments: over.length };
    await store.expire(chain, last.to, years, keeperEvent("trail.expired", now, randomUUID(), detail));
  }
  let [segments, events] = [0, 0];
  for (const segment of await store.segments()) {
    if (!segment.expired || !(await files.removeEvents(segment))) continue;
    segments += 1;
    events += segment.to - segment.from;
  }
  return { segments, events };
}
