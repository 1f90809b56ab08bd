import { createHash } from "node:crypto";
import type { ServiceContext } from "@/lib/auth/context";
import { organisationLog } from "@/lib/auth/events";
import { changeOrganisation, readOrganisation } from "@/lib/auth/organisation";
import { recordInEngagement, recordInOrganisation } from "@/lib/auth/record";
import { changeScope, readScope } from "@/lib/auth/scope";
import { eventsBetween, readEnd, type TrailPlace } from "@/lib/data/trail";
import type { OrganisationTx, ScopedTx } from "@/lib/db/kinds";
import { readWithheld } from "@/lib/services/trail/withheld";

/** How many events are in memory at once. */
const STRETCH = 500;

/** A trail on its way out: the name of its file, and its lines, a stretch at a time, as they are asked for. */
export interface TrailExport {
  readonly name: string;
  readonly lines: AsyncGenerator<string>;
}

/** An event as it was stored, as one line. Hashes in lower-case hex. */
interface TrailLine {
  readonly logId: string;
  readonly seq: number;
  readonly prevHash: string;
  readonly entryHash: string;
  /** Of the exact bytes of the payload, as they are stored now. */
  readonly payloadSha256: string;
}

/**
 * An organisation's chain as JSON Lines, the oldest event first: each line with the exact payload, so that the chain can
 * be recomputed from the file alone. What it holds is what there was before this export, which is an event itself.
 * @throws Failure forbidden, step_up_required
 */
export async function exportOrganisationTrail(context: ServiceContext): Promise<TrailExport> {
  const place = await changeOrganisation(context, "organisation.trail_export", async (tx) => {
    const logId = organisationLog(tx.organisationId);
    const until = (await readEnd(tx, logId)).events;
    recordInOrganisation(context, tx, detailOf(until));
    return { logId, until };
  });
  const read = <T>(work: (tx: OrganisationTx) => Promise<T>) => readOrganisation(context, "organisation.trail", work);
  return { name: "trail.jsonl", lines: linesOf(read, { logId: place.logId }, place.until, wholeLine) };
}

/**
 * The events of an engagement as JSON Lines. What its page withholds is withheld here, so that a line has the digest of
 * the payload beside what the payload says.
 * @throws Failure not_found, forbidden, step_up_required
 */
export async function exportEngagementTrail(context: ServiceContext, engagementId: string): Promise<TrailExport> {
  const { until, ...place } = await changeScope(context, "trail.export", { engagementId }, "none", async (tx) => {
    const logId = organisationLog(tx.engagement.organisationId);
    const { events } = await readEnd(tx, logId);
    recordInEngagement(context, tx, detailOf(events));
    const fromOutside = tx.actor.organisationId !== tx.engagement.organisationId;
    return { logId, engagementId: tx.engagement.id, fromOutside, until: events };
  });
  const read = <T>(work: (tx: ScopedTx) => Promise<T>) => readScope(context, "trail.read", { engagementId }, work);
  return { name: "engagement-trail.jsonl", lines: linesOf(read, place, until, withheldLine) };
}

function detailOf(until: bigint) {
  return { action: "export.made", detail: { what: "trail", format: "jsonl", until: Number(until) } } as const;
}

/** Every stretch is read in a transaction of its own, in which the right is asked for anew: the export may take long. */
async function* linesOf(
  read: (work: (tx: ScopedTx | OrganisationTx) => ReturnType<typeof eventsBetween>) => ReturnType<typeof eventsBetween>,
  place: TrailPlace,
  until: bigint,
  lineOf: (line: TrailLine, payload: string) => object,
): AsyncGenerator<string> {
  for (let from = 0n; from < until; ) {
    const span = { from, until };
    const events = await read((tx) => eventsBetween(tx, place, span, STRETCH));
    const last = events.at(-1);
    if (last === undefined) return;
    yield events
      .map(({ seq, prevHash, entryHash, payload }) => {
        const line = { logId: place.logId, seq: Number(seq), prevHash: hex(prevHash), entryHash: hex(entryHash) };
        const payloadSha256 = createHash("sha256").update(payload).digest("hex");
        return `${JSON.stringify(lineOf({ ...line, payloadSha256 }, payload))}\n`;
      })
      .join("");
    from = last.seq + 1n;
  }
}

function wholeLine(line: TrailLine, payload: string): object {
  return { ...line, payload };
}

function withheldLine(line: TrailLine, payload: string): object {
  return { ...line, event: readWithheld(payload) };
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
