import type { EngagementRole, OrganisationRole } from "@/lib/domain/access/roles";
import type { ControlDetails } from "@/lib/domain/audit/control-details";
import type { EvidenceDetails } from "@/lib/domain/audit/evidence-details";
import type { ExportDetails } from "@/lib/domain/audit/export-details";
import type { ServiceAccountDetails } from "@/lib/domain/audit/service-account-details";
import type { ResetOutcome, SignInFailure, SsoDetail } from "@/lib/domain/audit/sign-in-details";
import type { StartDetails } from "@/lib/domain/audit/start-details";
import type { ThreadDetails } from "@/lib/domain/audit/thread-details";
import type { EndedWithRights, TokenDetails, TokensEnded } from "@/lib/domain/audit/token-details";
import type { ViewDetail } from "@/lib/domain/audit/view-details";
import type { WebhookDetails } from "@/lib/domain/audit/webhook-details";
import type { RecordKind } from "@/lib/domain/records/kinds";
import type { RigourSettings } from "@/lib/domain/rigour/settings";
import type { SecurityPolicy } from "@/lib/domain/security/policy";
import type { SessionStage, SignInMethod } from "@/lib/domain/security/session-life";
import type { CriterionOutcome } from "@/lib/domain/workflow/criteria-gate";
import type { WorksheetMove, WorksheetState } from "@/lib/domain/workflow/states";
import type { CriterionId } from "@/lib/domain/worksheet/criteria";
import type { PartKey } from "@/lib/domain/worksheet/sections";

/** What a move of a worksheet leaves in the trail. The digest is there when a revision was frozen or decided on. */
export interface MoveDetail {
  readonly move: WorksheetMove;
  readonly from: WorksheetState;
  readonly to: WorksheetState;
  readonly revision: number;
  readonly reason: string;
  readonly digest?: string;
}

/** A decision: the move, and the statement that goes with it. */
export interface DecisionDetail extends MoveDetail {
  readonly signOffId: string;
  readonly digest: string;
  readonly statementVersion: string;
  /** SHA-256 of the signed statement's bytes. */
  readonly statementSha256: string;
  /** The passkey that its person signed with. */
  readonly passkey?: { readonly credentialId: string; readonly publicKeySha256: string };
}

/**
 * Keys that were changed: those that wrap others (`kek`), those that seal a column's secrets (`data`), or the secret that
 * an organisation's keys of the blob store are made with (`blob`).
 */
export interface KeyDetail {
  readonly key: "kek" | "data" | "blob";
  readonly keyIds: readonly string[];
}

/**
 * The closed list of events, with what each says beside who, when, where and which rows. Ids stand for people, and
 * digests (SHA-256, hex) for text: neither names nor content go into the trail. Source: access.md, "What is an event".
 */
export interface AuditDetails
  extends ControlDetails,
    EvidenceDetails,
    ExportDetails,
    ServiceAccountDetails,
    StartDetails,
    TokenDetails,
    ThreadDetails,
    WebhookDetails {
  readonly "organisation.created": { readonly organisationId: string; readonly kind: string; readonly adminId: string };
  /** A set-up code that is not the one of this start. */
  readonly "set_up.failed": object;
  readonly "person.invited": { readonly invitationId: string; readonly role: OrganisationRole };
  readonly "person.joined": {
    readonly personId: string;
    readonly role: OrganisationRole;
    readonly invitationId: string;
  };
  readonly "invitation.resent": { readonly invitationId: string };
  readonly "invitation.withdrawn": { readonly invitationId: string };
  /** A link that is no invitation, or none any more. */
  readonly "invitation.failed": object;
  readonly "person.role_changed": PersonDetail &
    EndedWithRights & { readonly role: OrganisationRole; readonly before: { readonly role: OrganisationRole } };
  readonly "person.disabled": PersonDetail & EndedWithRights;
  readonly "person.enabled": PersonDetail;
  readonly "person.unlocked": PersonDetail;
  /** Too many failures of late, or too many wrong codes in all, which only an administrator ends. */
  readonly "person.locked": PersonDetail & { readonly by: "failures" | "codes" };
  readonly "person.sessions_ended": PersonDetail & { readonly sessionIds: readonly string[] };
  readonly "password.changed": TokensEnded;
  readonly "password.reset_requested": { readonly userId: string | null; readonly outcome: ResetOutcome };
  /** By an administrator: the password is void from then on. */
  readonly "password.reset_made": PersonDetail & TokensEnded;
  readonly "password.reset": TokensEnded;
  /** A link that chooses no password, or none any more. */
  readonly "password.reset_failed": object;
  readonly "session.started": {
    readonly sessionId: string;
    readonly stage: SessionStage;
    readonly methods: readonly SignInMethod[];
  };
  readonly "session.factor_shown": {
    readonly sessionId: string;
    readonly method: SignInMethod;
    readonly stage: SessionStage;
  };
  readonly "session.factor_failed": {
    readonly sessionId: string;
    readonly method: SignInMethod;
    readonly reason: "wrong" | "locked";
  };
  readonly "session.ended": {
    readonly sessionId: string | null;
    readonly sessionIds?: readonly string[];
    readonly reason: string;
  };
  readonly "session.failed": {
    readonly userId: string | null;
    readonly reason: SignInFailure;
  };
  readonly "factor.begun": { readonly kind: FactorKind };
  /** At a first sign-in others that were begun end. */
  readonly "factor.enrolled": {
    readonly kind: FactorKind;
    readonly passkeyId?: string;
    readonly sessionsEnded: readonly string[];
  };
  readonly "factor.renamed": { readonly kind: FactorKind; readonly passkeyId: string };
  readonly "factor.removed": { readonly kind: FactorKind; readonly passkeyId?: string };
  readonly "factor.reset_requested": FactorResetDetail & { readonly reason: string };
  readonly "factor.reset_approved": FactorResetDetail & TokensEnded;
  readonly "factor.reset_declined": FactorResetDetail;
  readonly "recovery_codes.made": { readonly count: number };
  /** With the values that changed, and what they were. */
  readonly "policy.changed": Partial<SecurityPolicy> & {
    readonly version: number;
    readonly before: Partial<SecurityPolicy>;
  };
  /** With the values that changed, and what they were. */
  readonly "thresholds.changed": Partial<RigourSettings> & {
    readonly version: number;
    readonly before: Partial<RigourSettings>;
  };
  /** The digests of the picture and of the one before; null for none. */
  readonly "logo.changed": { readonly version: number; readonly sha256: string | null; readonly before: string | null };
  /** With the values that changed, and what they were; of the secret only that it is another. */
  readonly "sso.changed": Partial<SsoDetail> & {
    readonly version: number;
    readonly secretChanged?: boolean;
    readonly before: Partial<SsoDetail>;
  };
  readonly "sso.linked": PersonDetail & { readonly connectionId: string };
  readonly "sso.account_made": PersonDetail & { readonly connectionId: string; readonly role: OrganisationRole };
  /** Somebody signed in past the single sign-on, as its one administrator may. */
  readonly "sso.glass_broken": { readonly sessionId: string };
  readonly "session.stepped_up": { readonly sessionId: string };
  /** With the reason where single sign-on was the way. */
  readonly "session.step_up_failed": { readonly sessionId: string; readonly reason?: SignInFailure };
  readonly "access.denied": {
    readonly attempted: string;
    readonly code: string;
    readonly reference: object;
    /** What kind of document it was, where that is a record and no compensating controls worksheet. */
    readonly kind?: RecordKind;
  };
  readonly "engagement.created": { readonly name: string; readonly catalogueVersion: string };
  readonly "engagement.settings_changed": object;
  readonly "engagement.member_added": { readonly personId: string; readonly role: EngagementRole };
  readonly "engagement.member_removed": { readonly personId: string; readonly role: EngagementRole };
  readonly "assessor.invited": { readonly assessorOrganisationId: string; readonly newFirm: boolean };
  readonly "assessor.accepted": object;
  readonly "scope.answered": { readonly version: number; readonly added: readonly string[] };
  readonly "disposition.added": { readonly requirementNumbers: readonly string[] };
  readonly "disposition.decided": { readonly requirementNumber: string; readonly disposition?: string };
  readonly "disposition.assigned": { readonly dispositionIds: readonly string[] };
  readonly "worksheet.assigned": { readonly assigneeIds: readonly string[] };
  readonly "section.saved": { readonly section: PartKey; readonly version: number; readonly sha256: string };
  readonly "eligibility.answered": { readonly version: number; readonly sha256: string };
  /** `given` is false when a reason was taken back. */
  readonly "warning.answered": { readonly rule: string; readonly given: boolean; readonly sha256: string };
  readonly "worksheet.submitted": MoveDetail;
  readonly "worksheet.approved_internally": MoveDetail;
  readonly "worksheet.sent_back": MoveDetail;
  readonly "worksheet.changes_requested": MoveDetail;
  readonly "worksheet.withdrawn": MoveDetail;
  readonly "worksheet.reopened": MoveDetail;
  readonly "worksheet.signed": DecisionDetail;
  readonly "worksheet.refused": DecisionDetail;
  readonly "worksheet.revoked": DecisionDetail;
  /** With the thread in which a question or "not met" is talked about, and what was said there by it. */
  readonly "criterion.decided": CriterionDetail & {
    readonly threadId: string | null;
    readonly commentId?: string;
  };
  /** On the chain of the company that proposes it; a working paper of its own. */
  readonly "criterion.proposed": CriterionDetail;
  readonly "revision.viewed": ViewDetail;
  /**
   * A proof pack was made for somebody: how far the trail had come, the digest of its manifest and that of the file.
   * Packs of earlier versions were no exports with an id.
   */
  readonly "pack.sealed": {
    readonly checkpointSize: number;
    readonly manifestSha256: string;
    readonly exportId?: string;
    readonly sha256?: string;
  };
  readonly "trail.viewed": object;
  /** Events from one number up to another were moved into a segment, a file of that digest. */
  readonly "trail.archived": { readonly from: number; readonly to: number; readonly sha256: string };
  /** The segments of these events were given up, because their time is over. */
  readonly "trail.expired": { readonly from: number; readonly to: number; readonly segments: number };
  readonly "key.created": KeyDetail & {
    /** Of a column's first data key: what wraps it, whose it is (null: the service's) and what for. */
    readonly kekId?: string;
    readonly organisationId?: string | null;
    readonly purpose?: string;
  };
  /** A batch: data keys wrapped under another key-encryption key, or secrets sealed under another data key. */
  readonly "key.rotated": {
    readonly what: "data_keys" | "secrets";
    readonly count: number;
    /** Of secrets: their column. */
    readonly purpose?: string;
  };
  readonly "key.retired": KeyDetail;
  readonly "key.destroyed": KeyDetail;
  /** Number 1 of the signer's lists of keys, or one in which a purpose that had no key gets its first. */
  readonly "key.signing_created": SigningKeyDetail;
  /** A signing key that handed over to another one. */
  readonly "key.signing_rotated": SigningKeyDetail & { readonly former: readonly string[] };
  /** Signing keys whose private half is gone. */
  readonly "key.signing_destroyed": SigningKeyDetail;
  /** Data were put back from a backup. */
  readonly "service.restored": { readonly gapId: string; readonly backupAt: string; readonly backupSha256: string };
  /**
   * An operator has said that what was signed before and is not there any more is lost. On the system's chain it names
   * all chains, on an organisation's its own alone.
   */
  readonly "service.gap_recorded": GapRecordedDetail;
  readonly "catalogue.loaded": { readonly catalogueVersion: string; readonly digest: string };
}

/** What somebody finds of a criterion of Appendix B, on which revision. */
export interface CriterionDetail {
  readonly criterion: CriterionId;
  readonly outcome: CriterionOutcome;
  readonly revision: number;
  readonly before: { readonly outcome?: CriterionOutcome };
}

/** What an operator said of a gap. */
export interface GapRecordedDetail {
  readonly gapId: string;
  readonly reason: string;
  /** Who says so, as the operator's machine knows them. */
  readonly operator: string;
  /** SHA-256 of the record that the signer's key signed. */
  readonly recordSha256: string;
  readonly chains: readonly ChainGap[];
}

/** What was signed of a chain last, and how many events it has after data were put back. */
export interface ChainGap {
  readonly logId: string;
  /** Null for a chain of which nothing was signed that is not there. */
  readonly signed: { readonly size: number; readonly root: string } | null;
  readonly size: number;
}

/** Keys of the signer, by the number of its list that says so. */
export interface SigningKeyDetail {
  readonly number: number;
  readonly purposes: readonly string[];
  readonly keyIds: readonly string[];
}

/** Somebody whose account another person changed. */
export interface PersonDetail {
  readonly personId: string;
}

/** A request to take somebody's second factors away. */
export interface FactorResetDetail extends PersonDetail {
  readonly resetId: string;
}

/** What a person shows beside a password. */
export type FactorKind = "totp" | "passkey";

/** The name of an event. */
export type AuditAction = keyof AuditDetails;
