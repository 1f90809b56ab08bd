import type { ServiceContext } from "@/lib/auth/context";
import { organisationLog } from "@/lib/auth/events";
import { readOrganisation } from "@/lib/auth/organisation";
import { readScope } from "@/lib/auth/scope";
import type { CheckpointStateDto } from "@/lib/contracts/trail";
import { readLastCheckpoint, type StoredCheckpoint } from "@/lib/data/checkpoints";
import { readEnd } from "@/lib/data/trail";
import type { OrganisationTx, ScopedTx } from "@/lib/db/kinds";
import type { SignedCheckpoint } from "@/lib/signing/protocol";

/** How long an event may wait for its checkpoint (milliseconds). */
const LONGEST_WAIT = 60_000;

/**
 * Has the signer make a checkpoint that covers everything a chain holds now: after a sign-off and at an export. Call it
 * after the commit of what has to be covered.
 * @throws Failure unavailable when the signer does not answer, or refuses the chain
 */
export function requestCheckpoint(context: ServiceContext, logId: string): Promise<SignedCheckpoint> {
  return context.signer.checkpoint(logId);
}

/**
 * The newest checkpoint of an engagement's chain, as the note that was signed; the first one is made when asked for.
 * @throws Failure unavailable when there is none yet and the signer makes none
 */
export async function readEngagementNote(context: ServiceContext, engagementId: string): Promise<string> {
  const place = await readScope(context, "trail.read", { engagementId }, (tx) =>
    placeOf(tx, organisationLog(tx.engagement.organisationId)),
  );
  return noteOf(context, place);
}

/** As {@link readEngagementNote}, for the chain of one's own organisation. */
export async function readOrganisationNote(context: ServiceContext): Promise<string> {
  const place = await readOrganisation(context, "organisation.trail", (tx) =>
    placeOf(tx, organisationLog(tx.organisationId)),
  );
  return noteOf(context, place);
}

/** The signer is asked outside of the transaction, so that a slow one holds nothing. */
async function noteOf(context: ServiceContext, { logId, checkpoint }: Place): Promise<string> {
  return (checkpoint ?? (await requestCheckpoint(context, logId))).note;
}

/** Where an engagement's chain stands with its checkpoints. */
export async function readEngagementCheckpoint(
  context: ServiceContext,
  engagementId: string,
): Promise<CheckpointStateDto> {
  const place = await readScope(context, "trail.read", { engagementId }, (tx) =>
    placeOf(tx, organisationLog(tx.engagement.organisationId)),
  );
  return stateOf(context, place);
}

/** Where the chain of one's own organisation stands with its checkpoints. */
export async function readOrganisationCheckpoint(context: ServiceContext): Promise<CheckpointStateDto> {
  const place = await readOrganisation(context, "organisation.trail", (tx) =>
    placeOf(tx, organisationLog(tx.organisationId)),
  );
  return stateOf(context, place);
}

interface Place {
  readonly logId: string;
  readonly checkpoint: StoredCheckpoint | null;
  /** When the first event behind the checkpoint happened. */
  readonly nextAt: Date | null;
  readonly events: number;
}

async function placeOf(tx: ScopedTx | OrganisationTx, logId: string): Promise<Place> {
  const { checkpoint, nextAt } = await readLastCheckpoint(tx, logId);
  const { events } = await readEnd(tx, logId);
  return { logId, checkpoint, nextAt, events: Number(events) };
}

async function stateOf(
  context: ServiceContext,
  { logId, checkpoint, nextAt, events }: Place,
): Promise<CheckpointStateDto> {
  const health = await context.signer.health();
  const refused = health?.refused.find(({ chain }) => chain === logId);
  const isOverdue = nextAt !== null && context.clock().getTime() - nextAt.getTime() > LONGEST_WAIT;
  const answering = refused ? "refuses" : "answers";
  return {
    checkpoint: checkpoint && {
      size: checkpoint.size,
      at: checkpoint.at.toISOString(),
      keyId: checkpoint.keyId,
    },
    eventsSince: Math.max(0, events - (checkpoint?.size ?? 0)),
    overdueSince: isOverdue ? nextAt.toISOString() : null,
    signer: health === null ? "away" : answering,
    reason: refused?.reason ?? null,
  };
}
