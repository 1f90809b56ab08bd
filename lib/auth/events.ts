import type { Actor } from "@/lib/contracts/request-context";
import type { ChangedRow, PendingEvent } from "@/lib/db/transactions";
import type { AuditAction } from "@/lib/domain/audit/event-types";

/** The chain of what belongs to no organisation. */
export const SYSTEM_LOG = "system";

/** The chain of an organisation. */
export function organisationLog(organisationId: string): string {
  return `org:${organisationId}`;
}

/** What an event says beside who and when. */
export interface EventBody {
  readonly action: AuditAction;
  readonly requestId: string;
  readonly engagementId?: string;
  readonly worksheetId?: string;
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** Builds an event. The payload carries ids and no names, so that a person's name can be erased elsewhere. */
export function makeEvent(
  logId: string,
  at: Date,
  actor: Pick<Actor, "userId" | "organisationId"> | null,
  body: EventBody,
  changes: readonly ChangedRow[] = [],
): PendingEvent {
  const { detail = {}, ...names } = body;
  return {
    logId,
    changes,
    payload: {
      v: 1,
      at: at.toISOString(),
      actorId: actor?.userId ?? null,
      actorOrganisationId: actor?.organisationId ?? null,
      ...names,
      detail,
    },
  };
}
