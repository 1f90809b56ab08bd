import type { ACTIONS, Action, TargetKind } from "@/lib/domain/access/actions";
import type { EngagementRole, OrganisationRole } from "@/lib/domain/access/roles";
import type { TokenFacts } from "@/lib/domain/access/token-rights";
import type { WorksheetState } from "@/lib/domain/workflow/states";

/** Who asks. Times are milliseconds since the epoch. */
export interface ActorFacts {
  readonly userId: string;
  /** The person's own organisation; null for an operator who belongs to none. */
  readonly organisationId: string | null;
  readonly organisationRole: OrganisationRole | null;
  /** Runs the service; sees no tenant content, whatever else the account holds. */
  readonly operator: boolean;
  /** Holds the role `lead` in some engagement of the own organisation. */
  readonly leadsEngagements: boolean;
  /** When the person last showed again in this session who they are, or null. */
  readonly stepUpAt: number | null;
}

/** The engagement that the target belongs to, and the person's roles in it. */
export interface EngagementFacts {
  readonly entityOrganisationId: string;
  /** Set from the invitation on: an assessor company then takes part. */
  readonly assessorOrganisationId: string | null;
  readonly assessorAccepted: boolean;
  /** Today's roles of the actor in this engagement; several are possible. */
  readonly roles: readonly EngagementRole[];
}

/** Everything that `authorise` looks at beside the target. */
export interface Facts {
  readonly actor: ActorFacts;
  /** Null for actions outside an engagement. */
  readonly engagement: EngagementFacts | null;
  /** The API token that acts for the person; null for a person in a session. */
  readonly token: TokenFacts | null;
  readonly now: number;
}

/** What the policy needs to know of a worksheet. */
export interface WorksheetFacts {
  readonly state: WorksheetState;
  /** Contributors whom the lead gave the worksheet to. */
  readonly assigneeIds: readonly string[];
  /** Everybody who ever wrote text of any revision, or added evidence: history, not today's roles. */
  readonly authorIds: readonly string[];
  /** Who made the signature that stands now, or null. */
  readonly signerId: string | null;
  /** A revision was frozen and submitted to the decider at some time. */
  readonly hasSubmittedRevision: boolean;
  /** A revision carries a signature that was not revoked; it may be an earlier one. */
  readonly hasSignedRevision: boolean;
}

/** What the policy needs to know of a thread. */
export interface ThreadFacts {
  readonly visibility: "shared" | "private";
  /** The organisation of the person who opened it. */
  readonly openerOrganisationId: string;
  readonly worksheet: WorksheetFacts;
}

/** The facts about a target, by its kind. The engagement's own facts stand in `Facts`. */
export interface Targets {
  readonly service: null;
  readonly organisation: { readonly organisationId: string };
  /** A person of an organisation whose role or account is changed. */
  readonly person: { readonly organisationId: string; readonly personId: string };
  readonly engagement: null;
  /** A person whose roles in the engagement are changed; null for somebody who is only invited. */
  readonly member: { readonly personId: string | null };
  readonly row: { readonly ownerId: string | null };
  readonly worksheet: WorksheetFacts;
  readonly thread: ThreadFacts;
}

/** The target facts that an action asks for. */
export type TargetOf<A extends Action> = Targets[(typeof ACTIONS)[A]];

/** A target of any kind, with the kind told. */
export type AnyTarget = { readonly [K in TargetKind]: { readonly kind: K; readonly facts: Targets[K] } }[TargetKind];
