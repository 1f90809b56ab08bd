import type { ServiceContext } from "@/lib/auth/context";
import { organisationLog } from "@/lib/auth/events";
import { readOrganisation } from "@/lib/auth/organisation";
import { readScope } from "@/lib/auth/scope";
import type { ArchivedPartDto } from "@/lib/contracts/trail";
import { type ArchivedPart, readArchived } from "@/lib/data/trail";

/** How much of the chain of an engagement is archived, and since when its events are at hand. */
export async function readEngagementArchived(context: ServiceContext, engagementId: string): Promise<ArchivedPartDto> {
  return told(
    await readScope(context, "trail.read", { engagementId }, (tx) =>
      readArchived(tx, organisationLog(tx.engagement.organisationId)),
    ),
  );
}

/** As {@link readEngagementArchived}, for the chain of one's own organisation. */
export async function readOrganisationArchived(context: ServiceContext): Promise<ArchivedPartDto> {
  return told(
    await readOrganisation(context, "organisation.trail", (tx) => readArchived(tx, organisationLog(tx.organisationId))),
  );
}

function told({ events, expired, atHandSince }: ArchivedPart): ArchivedPartDto {
  return { events, expired, since: atHandSince?.toISOString() ?? null };
}
