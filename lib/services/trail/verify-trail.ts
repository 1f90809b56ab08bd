import type { ServiceContext } from "@/lib/auth/context";
import { organisationLog } from "@/lib/auth/events";
import { readOrganisation } from "@/lib/auth/organisation";
import { readScope } from "@/lib/auth/scope";
import type { ChainVerificationDto, RecordedGapDto } from "@/lib/contracts/trail";
import { readArchived, readChain, readEnd } from "@/lib/data/trail";
import type { OrganisationTx, ScopedTx } from "@/lib/db/kinds";
import { type ChainVerdict, chainStart, verifyHead, verifyStretch } from "@/lib/domain/audit/chain";
import type { KeyRecord } from "@/lib/domain/proof/keys";
import { readRecordedGaps } from "@/lib/services/gap/recorded-gaps";
import { askForKeys, beginComparison, problemOf } from "@/lib/services/trail/compare-checkpoint";
import { sha256Quick } from "@/lib/signing/node-crypto";

/** Events that are read at a time. */
const STRETCH = 20_000;

type Reads = <T>(work: (tx: ScopedTx | OrganisationTx, logId: string) => Promise<T>) => Promise<T>;

/**
 * Recomputes the chain that an engagement's events are part of, from its stored content.
 * @param stretch events that are read at a time
 */
export async function verifyEngagementTrail(
  context: ServiceContext,
  engagementId: string,
  stretch = STRETCH,
): Promise<ChainVerificationDto> {
  const keys = await askForKeys(context);
  return verify(
    context,
    (work) =>
      readScope(context, "trail.read", { engagementId }, (tx) =>
        work(tx, organisationLog(tx.engagement.organisationId)),
      ),
    keys,
    stretch,
  );
}

/** As {@link verifyEngagementTrail}, the chain of one's own organisation. */
export async function verifyOrganisationTrail(
  context: ServiceContext,
  stretch = STRETCH,
): Promise<ChainVerificationDto> {
  const keys = await askForKeys(context);
  return verify(
    context,
    (work) => readOrganisation(context, "organisation.trail", (tx) => work(tx, organisationLog(tx.organisationId))),
    keys,
    stretch,
  );
}

/**
 * Each stretch is read in a transaction of its own, in which the right is asked for anew: a chain may be long, and its
 * events never change. The end is read first: events that are appended while the check runs are left for the next one.
 * What counts are the events that are stored, so that a recorded end that was moved back hides none of them.
 */
async function verify(
  context: ServiceContext,
  read: Reads,
  keys: readonly KeyRecord[] | null,
  stretch: number,
): Promise<ChainVerificationDto> {
  const { logId, head, events, archived, comparison } = await read(async (tx, logId) => ({
    logId,
    ...(await readEnd(tx, logId)),
    archived: (await readArchived(tx, logId)).events,
    comparison: await beginComparison(tx, logId, keys),
  }));
  let verdict: ChainVerdict = { holds: true, progress: chainStart(logId, sha256Quick) };
  while (verdict.holds && verdict.progress.nextSeq < events) {
    const { nextSeq } = verdict.progress;
    const left = events - nextSeq;
    const rows = await read((tx) => readChain(tx, logId, nextSeq, left < stretch ? Number(left) : stretch));
    if (rows.length === 0) break;
    verdict = verifyStretch(rows, verdict.progress, sha256Quick);
    if (verdict.holds) comparison.take(rows);
  }
  if (verdict.holds) verdict = verifyHead(verdict.progress, head);
  const checkpoint = comparison.end();
  const gaps = await gapsOf(context, logId, keys);
  const problem = verdict.holds ? (problemOf(checkpoint) ?? problemOfGaps(gaps)) : verdict.problem;
  return { events: Number(events), archived, holds: problem === null, problem, checkpoint, gaps };
}

/** Those of a chain, and those of which nobody can tell. */
async function gapsOf(
  context: ServiceContext,
  logId: string,
  keys: readonly KeyRecord[] | null,
): Promise<RecordedGapDto[]> {
  const all = await readRecordedGaps(context, keys);
  const own = all.filter(({ logIds, signature }) => logIds.includes(logId) || signature === "invalid");
  return own.map(({ recordedAt, backupAt, signature }) => ({ recordedAt, backupAt, signature }));
}

function problemOfGaps(gaps: readonly RecordedGapDto[]): string | null {
  const wrong = gaps.find(({ signature }) => signature === "invalid");
  if (!wrong) return null;
  return `The gap that was recorded at ${wrong.recordedAt} has no record that a key of this service signed: nobody who may say what is lost has said it.`;
}
