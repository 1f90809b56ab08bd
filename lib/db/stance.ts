import type { TransactionClient } from "@/lib/db/database";
import { KIND_ROLES, type Kind } from "@/lib/db/kind-roles";
import { AHEAD } from "@/lib/db/pipelined";

/**
 * As what a transaction works: the kind gives its database role, the ids are what row-level security goes by.
 * The owner of the tables stays itself: it loads the catalogue, and sees nothing of what companies keep.
 */
export interface Stance {
  readonly kind: Kind | "owner";
  readonly userId?: string | null;
  readonly organisationId?: string;
  readonly engagementId?: string;
}

/** What a stance is in the database's settings. All of them are said each time, so that nothing of an earlier one stays. */
export function settingsOf(stance: Stance): { role: string; user: string; organisation: string; engagement: string } {
  return {
    role: stance.kind === "owner" ? "none" : KIND_ROLES[stance.kind],
    user: stance.userId ?? "",
    organisation: stance.organisationId ?? "",
    engagement: stance.engagementId ?? "",
  };
}

/** Changes role and settings for the rest of the transaction; the login's own come back with its end. */
export async function takeStance(db: TransactionClient, stance: Stance): Promise<void> {
  const { role, user, organisation, engagement } = settingsOf(stance);
  await db.$queryRaw`${AHEAD} SELECT set_config('role', ${role}, true), set_config('countervail.user_id', ${user}, true),
    set_config('countervail.organisation_id', ${organisation}, true),
    set_config('countervail.engagement_id', ${engagement}, true), set_config('countervail.invited_id', '', true)`;
}
