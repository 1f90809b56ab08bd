import type { z } from "zod";
import { pagingQuery } from "@/lib/contracts/paging";
import type { PersonRef } from "@/lib/contracts/section";
import { calendarDay, text, uuid } from "@/lib/contracts/text";
import type { EventFact } from "@/lib/domain/audit/event-facts";
import type { KeyPurpose, KeyStanding, KeyState } from "@/lib/domain/proof/keys";

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
  /** How many of them are archived: of these the chain is computed from the hashes that are kept of their texts. */
  readonly archived: number;
  readonly holds: boolean;
  /** The first thing that is wrong, in words; null when the chain holds. */
  readonly problem: string | null;
  /** Null when there is no checkpoint yet. */
  readonly checkpoint: CheckpointComparisonDto | null;
  /** Gaps of this chain that an operator recorded. */
  readonly gaps: readonly RecordedGapDto[];
}

/** A gap that was recorded after data were put back. */
export interface RecordedGapDto {
  readonly recordedAt: string;
  /** When the backup was made that was put back; null where data came back some other way. */
  readonly backupAt: string | null;
  /** Whether a key of this service has signed the record; "unchecked" while the lists of keys are not to be had. */
  readonly signature: "valid" | "invalid" | "unchecked";
}

/** How a chain compares with its newest checkpoint, the tree computed anew from the stored bytes. */
export interface CheckpointComparisonDto {
  readonly size: number;
  readonly at: string;
  readonly keyId: string;
  /** Whether the chain still begins with what was signed. */
  readonly holds: boolean;
  /** "unchecked" while the lists of keys are not to be had. */
  readonly signature: "valid" | "invalid" | "unchecked";
}

/** Where a chain stands with its checkpoints. */
export interface CheckpointStateDto {
  readonly checkpoint: { readonly size: number; readonly at: string; readonly keyId: string } | null;
  /** Events that no checkpoint covers yet. */
  readonly eventsSince: number;
  /** Since when an event waits for its checkpoint, when that is longer than it should; null otherwise. */
  readonly overdueSince: string | null;
  readonly signer: "answers" | "away" | "refuses";
  /** Why the signer refuses the chain, in words. */
  readonly reason: string | null;
}

/** How much of a chain is archived; `since` is when the first event at hand happened. */
export interface ArchivedPartDto {
  readonly events: number;
  /** Of how many the segments were given up after their time. */
  readonly expired: number;
  readonly since: string | null;
}

/** A key of the signer. `days` are left of its time. */
export interface SigningKeyDto {
  readonly id: string;
  readonly purpose: KeyPurpose;
  readonly state: KeyState;
  readonly from: string;
  readonly until: string;
  readonly standing: KeyStanding["standing"] | null;
  readonly days: number;
}

/** The signer's keys as they were recorded last; null before a signer has run. */
export interface SigningKeysDto {
  /** The root's id in groups of four, which people compare with what they were told. */
  readonly fingerprint: string;
  readonly keys: readonly SigningKeyDto[];
}
