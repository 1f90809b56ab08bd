import { createHash } from "node:crypto";
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
import { type ChainVerdict, chainStart, hashPayload, verifyHead, verifyStretch } from "@/lib/domain/audit/chain";
import { rowsTold, strayColumn, strayRow } from "@/lib/domain/audit/event-record";
import { describeRowFinding, type RowFinding, RowLedger } from "@/lib/domain/audit/row-states";

const STRETCH = 2_000;
const sha256 = (bytes: Uint8Array): Uint8Array => createHash("sha256").update(bytes).digest();

/** Something that is not as it was recorded: on a chain at an event, in a row, or both. */
export interface TrailFinding {
  readonly logId: string | null;
  readonly seq: bigint | null;
  readonly table: string | null;
  readonly id: string | null;
  /** A sentence for the operator. */
  readonly words: string;
}

/** What a check of everything found. */
export interface TrailReport {
  readonly chains: number;
  readonly events: number;
  /** Rows whose stored state is the one that their last event tells. */
  readonly rows: number;
  /** Rows of which only events of before states were kept tell, by table: nothing is known of their state. */
  readonly uncovered: ReadonlyMap<string, number>;
  readonly findings: readonly TrailFinding[];
}

/**
 * Recomputes every chain from its stored bytes and compares every protected row with what the events tell of it, all of
 * one instant, on a database that was opened as the owner of the tables.
 */
export function verifyWholeTrail(context: ServiceContext): Promise<TrailReport> {
  return inspectAsOwner(context, "verifying the trail", checkTrail);
}

/** The same in a transaction that is open already. */
export async function checkTrail(tx: SystemTx): Promise<TrailReport> {
  const findings: TrailFinding[] = [];
  const ledger = new RowLedger();
  const chains = await storedChains(tx);
  let events = 0;
  const seen = new Set<string | null>();
  for (const chain of chains) {
    events += Number(chain.events);
    if (seen.has(chain.logId)) findings.push(onChain(chain.logId, null, "The end of this chain is recorded twice."));
    else findings.push(...(await checkChain(tx, chain, ledger)));
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
  const { matching, uncovered } = ledger.counts;
  return { chains: chains.length, events, rows: matching, uncovered, findings };
}

/** Every event is looked at, also behind the one at which the chain breaks: what it tells of rows is wanted all the same. */
async function checkChain(
  tx: SystemTx,
  { logId, size, head, events }: StoredChain,
  ledger: RowLedger,
): Promise<TrailFinding[]> {
  if (logId === null) return [onChain(null, null, `${events} events belong to no chain.`)];
  const findings: TrailFinding[] = [];
  let verdict: ChainVerdict = { holds: true, progress: chainStart(logId, sha256) };
  let looked = 0;
  for await (const stretch of stretchesOf(tx, logId)) {
    const links = stretch.map((event) => ({ ...event, payloadHash: hashPayload(event.payload, sha256) }));
    if (verdict.holds) verdict = verifyStretch(links, verdict.progress, sha256);
    for (const event of stretch) findings.push(...checkEvent(logId, event, ledger));
    looked += stretch.length;
  }
  if (verdict.holds) verdict = verifyHead(verdict.progress, size === null || head === null ? null : { size, head });
  if (!verdict.holds) findings.unshift(onChain(logId, verdict.seq, verdict.problem));
  const hidden = Number(events) - looked;
  if (hidden > 0) findings.push(onChain(logId, null, `${hidden} events are stored outside of the chain's numbers.`));
  return findings;
}

async function* stretchesOf(tx: SystemTx, logId: string): AsyncGenerator<WholeEvent[]> {
  for (let from = 0n; ; ) {
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

function onChain(logId: string | null, seq: bigint | null, words: string): TrailFinding {
  return { logId, seq, table: null, id: null, words };
}

function ofRow(finding: RowFinding): TrailFinding {
  const { table, id, event } = finding;
  return { logId: event?.logId ?? null, seq: event?.seq ?? null, table, id, words: describeRowFinding(finding) };
}
