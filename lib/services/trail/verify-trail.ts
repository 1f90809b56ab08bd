import type { ServiceContext } from "@/lib/auth/context";
import { organisationLog } from "@/lib/auth/events";
import { readOrganisation } from "@/lib/auth/organisation";
import { readScope } from "@/lib/auth/scope";
import type { ChainVerificationDto } from "@/lib/contracts/trail";
import { readChain, readEnd } from "@/lib/data/trail";
import type { OrganisationTx, ScopedTx } from "@/lib/db/kinds";
import { type ChainVerdict, chainStart, verifyHead, verifyStretch } from "@/lib/domain/audit/chain";
import type { KeyRecord } from "@/lib/domain/proof/keys";
import { askForKeys, beginComparison, problemOf } from "@/lib/services/trail/compare-checkpoint";
import { sha256 } from "@/lib/signing/node-crypto";

const STRETCH = 2_000;

/** Recomputes the chain that an engagement's events are part of, from its stored content. */
export async function verifyEngagementTrail(
  context: ServiceContext,
  engagementId: string,
): Promise<ChainVerificationDto> {
  const keys = await askForKeys(context);
  return readScope(context, "trail.read", { engagementId }, (tx) =>
    verify(tx, organisationLog(tx.engagement.organisationId), keys),
  );
}

/** Recomputes the chain of one's own organisation. */
export async function verifyOrganisationTrail(context: ServiceContext): Promise<ChainVerificationDto> {
  const keys = await askForKeys(context);
  return readOrganisation(context, "organisation.trail", (tx) => verify(tx, organisationLog(tx.organisationId), keys));
}

/**
 * The end is read first: events that are appended while the check runs are left for the next one. What counts are the
 * events that are stored, so that a recorded end that was moved back hides none of them.
 */
async function verify(
  tx: ScopedTx | OrganisationTx,
  logId: string,
  keys: readonly KeyRecord[] | null,
): Promise<ChainVerificationDto> {
  const { head, events } = await readEnd(tx, logId);
  const comparison = await beginComparison(tx, logId, keys);
  let verdict: ChainVerdict = { holds: true, progress: chainStart(logId, sha256) };
  while (verdict.holds && verdict.progress.nextSeq < events) {
    const { nextSeq } = verdict.progress;
    const left = events - nextSeq;
    const rows = await readChain(tx, logId, nextSeq, left < STRETCH ? Number(left) : STRETCH);
    if (rows.length === 0) break;
    verdict = verifyStretch(rows, verdict.progress, sha256);
    if (verdict.holds) comparison.take(rows);
  }
  if (verdict.holds) verdict = verifyHead(verdict.progress, head);
  const checkpoint = comparison.end();
  const problem = verdict.holds ? problemOf(checkpoint) : verdict.problem;
  return { events: Number(events), holds: problem === null, problem, checkpoint };
}
