import type { z } from "zod";
import { pagingQuery } from "@/lib/contracts/paging";
import type { PersonRef } from "@/lib/contracts/section";
import { calendarDay, text, uuid } from "@/lib/contracts/text";
import type { EventFact } from "@/lib/domain/audit/event-facts";

/** Query of `GET /engagements/{id}/events`. */
export const trailQuery = pagingQuery.extend({
  action: text(100).optional(),
  actorId: uuid.optional(),
  worksheetId: uuid.optional(),
  from: calendarDay.optional(),
  to: calendarDay.optional(),
});
export type TrailQuery = z.infer<typeof trailQuery>;

/** Query of `GET /organisation/events`: the whole chain, or what of it belongs to one engagement. */
export const organisationTrailQuery = trailQuery.extend({ engagementId: uuid.optional() });
export type OrganisationTrailQuery = z.infer<typeof organisationTrailQuery>;

/** An event of the trail. `detail` is the payload that was hashed, parsed; in an engagement without network addresses. */
export interface TrailEventDto {
  readonly logId: string;
  readonly seq: number;
  readonly at: string;
  readonly action: string;
  readonly actor: PersonRef | null;
  readonly sentence: string;
  readonly worksheetId: string | null;
  /** What the event tells, in words: for a change what was and what is. */
  readonly facts: readonly EventFact[];
  readonly detail: unknown;
  readonly entryHash: string;
}

/** The state of a chain, recomputed from its stored content: `GET .../events/verification`. */
export interface ChainVerificationDto {
  readonly events: number;
  readonly holds: boolean;
  /** The first thing that is wrong, in words; null when the chain holds. */
  readonly problem: string | null;
}
