import type { ServiceContext } from "@/lib/auth/context";
import { inspectAsOwner } from "@/lib/auth/open";
import {
  changesWithoutEvent,
  type StoredChain,
  storedChains,
  storedRows,
  unguardedTables,
  type WholeEvent,
  wholeEvents,
} from "@/lib/data/trail-check";
import type { SystemTx } from "@/lib/db/kinds";
import { hashPayload, verifyHead, verifyStretch } from "@/lib/domain/audit/chain";
import { rowsTold, strayColumn, strayRow } from "@/lib/domain/audit/event-record";
import { RowLedger } from "@/lib/domain/audit/row-states";
import { sha256Quick } from "@/lib/signing/node-crypto";
import { ofRow, onChain, type TrailFinding } from "./trail-finding";
import { GapEvents } from "./verify-gaps";
import { checkSegments, NO_SEGMENTS, type SegmentSource, type TrailNotes } from "./verify-segments";

const STRETCH = 2_000;

/** What a check of everything found. */
export interface TrailReport {
  readonly chains: number;
  /** Those at hand and the archived ones. */
  readonly events: number;
  /** Segments of archived events, and how many events are gone with those that were given up. */
  readonly segments: number;
  readonly expired: number;
  /** Gaps that an operator recorded after data were put back. */
  readonly gaps: number;
  /** Rows whose stored state is the one that their last event tells. */
  readonly rows: number;
  /** Rows of which only events of before states were kept tell, by table: nothing is known of their state. */
  readonly uncovered: ReadonlyMap<string, number>;
  readonly findings: readonly TrailFinding[];
}

/**
 * Recomputes every chain from its stored bytes and compares every protected row with what the events tell of it, all of
 * one instant, on a database that was opened as the owner of the tables. Archived events are read from their segments.
 */
export function verifyWholeTrail(context: ServiceContext, source = NO_SEGMENTS): Promise<TrailReport> {
  return inspectAsOwner(context, "verifying the trail", (tx) => checkTrail(tx, source));
}

/** The same in a transaction that is open already. */
export async function checkTrail(tx: SystemTx, source: SegmentSource = NO_SEGMENTS): Promise<TrailReport> {
  const findings: TrailFinding[] = [];
  const notes = { ledger: new RowLedger(), gaps: new GapEvents() };
  const { ledger } = notes;
  const chains = await storedChains(tx);
  let [events, segments, expired] = [0, 0, 0];
  const seen = new Set<string | null>();
  for (const chain of chains) {
    events += Number(chain.events);
    if (seen.has(chain.logId)) findings.push(onChain(chain.logId, null, "The end of this chain is recorded twice."));
    else {
      const found = await checkChain(tx, chain, notes, source);
      findings.push(...found.findings);
      events += found.archived;
      segments += found.segments;
      expired += found.expired;
    }
    seen.add(chain.logId);
  }
  for (const { logId, seq, table, id } of await changesWithoutEvent(tx)) {
    const words = `The row ${id} of ${table} is noted as named by event ${seq} of ${logId}, which is not there.`;
    findings.push({ logId, seq, table, id, words });
  }
  for (const { table, lacks } of await unguardedTables(tx)) {
    const words = `The table ${table} is not guarded as it should be: it lacks ${lacks}.`;
    findings.push({ logId: null, seq: null, table, id: null, words });
  }
  for await (const rows of storedRows(tx, STRETCH)) {
    findings.push(...rows.flatMap((row) => ledger.check(row) ?? []).map(ofRow));
  }
  findings.push(...ledger.end().map(ofRow));
  const gaps = await notes.gaps.check(tx, source.keys);
  findings.push(...gaps.findings);
  const { matching: rows, uncovered } = ledger.counts;
  return { chains: chains.length, events, segments, expired, gaps: gaps.gaps, rows, uncovered, findings };
}

interface ChainCheck {
  readonly findings: readonly TrailFinding[];
  readonly archived: number;
  readonly segments: number;
  readonly expired: number;
}

/** Every event is looked at, also behind the one at which the chain breaks: what it tells of rows is wanted all the same. */
async function checkChain(
  tx: SystemTx,
  { logId, size, head, events }: StoredChain,
  notes: TrailNotes,
  source: SegmentSource,
): Promise<ChainCheck> {
  if (logId === null) {
    const findings = [onChain(null, null, `${events} events belong to no chain.`)];
    return { findings, archived: 0, segments: 0, expired: 0 };
  }
  const { next, segments, expired, givenUp, ...archived } = await checkSegments(tx, logId, notes, source);
  const findings = [...archived.findings];
  let { verdict } = archived;
  let looked = 0;
  for await (const stretch of stretchesOf(tx, logId, next)) {
    const links = stretch.map((event) => ({ ...event, payloadHash: hashPayload(event.payload, sha256Quick) }));
    if (verdict.holds) verdict = verifyStretch(links, verdict.progress, sha256Quick);
    for (const event of stretch) {
      findings.push(...checkEvent(logId, event, notes.ledger));
      givenUp.note(event.payload);
      notes.gaps.note({ logId, seq: event.seq }, event.payload);
    }
    looked += stretch.length;
  }
  findings.push(...givenUp.findings());
  if (verdict.holds) verdict = verifyHead(verdict.progress, size === null || head === null ? null : { size, head });
  if (!verdict.holds) findings.unshift(onChain(logId, verdict.seq, verdict.problem));
  const hidden = Number(events) - looked;
  if (hidden > 0) findings.push(onChain(logId, null, `${hidden} events are stored outside of the chain's numbers.`));
  return { findings, archived: Number(next), segments, expired };
}

async function* stretchesOf(tx: SystemTx, logId: string, first: bigint): AsyncGenerator<WholeEvent[]> {
  for (let from = first; ; ) {
    const stretch = await wholeEvents(tx, logId, from, STRETCH);
    yield stretch;
    const last = stretch.at(-1);
    if (last === undefined || stretch.length < STRETCH) return;
    from = last.seq + 1n;
  }
}

function checkEvent(logId: string, event: WholeEvent, ledger: RowLedger): TrailFinding[] {
  const { seq, payload } = event;
  const findings = ledger.note({ logId, seq }, rowsTold(payload) ?? []).map(ofRow);
  const column = strayColumn(event);
  if (column !== null) {
    findings.push(onChain(logId, seq, `The column ${column} of event ${seq} is not what the event says.`));
  }
  const row = strayRow(event);
  if (row !== null) {
    const { table, id } = row;
    const words = `What is noted of the row ${id} of ${table} for event ${seq} is not what the event says.`;
    findings.push({ logId, seq, table, id, words });
  }
  return findings;
}
