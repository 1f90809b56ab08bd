import { createHash } from "node:crypto";
import type { ServiceContext } from "@/lib/auth/context";
import { organisationLog } from "@/lib/auth/events";
import { readOrganisation } from "@/lib/auth/organisation";
import { readScope } from "@/lib/auth/scope";
import type { ChainVerificationDto } from "@/lib/contracts/trail";
import { readChain, readEnd } from "@/lib/data/trail";
import type { OrganisationTx, ScopedTx } from "@/lib/db/kinds";
import { type ChainVerdict, chainStart, verifyHead, verifyStretch } from "@/lib/domain/audit/chain";

const STRETCH = 2_000;
const sha256 = (bytes: Uint8Array): Uint8Array => createHash("sha256").update(bytes).digest();

/** Recomputes the chain that an engagement's events are part of, from its stored content. */
export function verifyEngagementTrail(context: ServiceContext, engagementId: string): Promise<ChainVerificationDto> {
  return readScope(context, "trail.read", { engagementId }, (tx) =>
    verify(tx, organisationLog(tx.engagement.organisationId)),
  );
}

/** Recomputes the chain of one's own organisation. */
export function verifyOrganisationTrail(context: ServiceContext): Promise<ChainVerificationDto> {
  return readOrganisation(context, "organisation.trail", (tx) => verify(tx, organisationLog(tx.organisationId)));
}

/**
 * The end is read first: events that are appended while the check runs are left for the next one. What counts are the
 * events that are stored, so that a recorded end that was moved back hides none of them.
 */
async function verify(tx: ScopedTx | OrganisationTx, logId: string): Promise<ChainVerificationDto> {
  const { head, events } = await readEnd(tx, logId);
  let verdict: ChainVerdict = { holds: true, progress: chainStart(logId, sha256) };
  while (verdict.holds && verdict.progress.nextSeq < events) {
    const { nextSeq } = verdict.progress;
    const left = events - nextSeq;
    const rows = await readChain(tx, logId, nextSeq, left < STRETCH ? Number(left) : STRETCH);
    if (rows.length === 0) break;
    verdict = verifyStretch(rows, verdict.progress, sha256);
  }
  if (verdict.holds) verdict = verifyHead(verdict.progress, head);
  return { events: Number(events), holds: verdict.holds, problem: verdict.holds ? null : verdict.problem };
}
