import { z } from "zod";
import type { CarriedOverDto } from "@/lib/contracts/carry-over";
import type { SharedControlDto } from "@/lib/contracts/controls";
import type { EvidenceDto } from "@/lib/contracts/evidence";
import type { Blocker } from "@/lib/contracts/problem";
import type { RevisionSummaryDto, SignOffDto, TransitionDto, ValidityDto } from "@/lib/contracts/review";
import type { RigourDto } from "@/lib/contracts/rigour";
import type { PersonRef, SectionDto } from "@/lib/contracts/section";
import type { OriginDto } from "@/lib/contracts/start";
import { uuid } from "@/lib/contracts/text";
import type { WorksheetKind } from "@/lib/domain/records/kinds";
import type { WorksheetMove, WorksheetState } from "@/lib/domain/workflow/states";
import type { EligibilityAnswers, WarningReason } from "@/lib/domain/worksheet/answers";
import type { WorksheetHeader } from "@/lib/domain/worksheet/model";
import type { PartKey } from "@/lib/domain/worksheet/sections";

/** Body of `PUT /worksheets/{id}/assignees`: the contributors who may write it. */
export const assigneesInput = z.strictObject({ userIds: z.array(uuid).max(50) });

/** A worksheet with everything its page needs: `GET /worksheets/{id}`. */
export interface WorksheetDto {
  readonly id: string;
  /** What it is: a compensating controls worksheet, or a record. */
  readonly kind: WorksheetKind;
  readonly engagementId: string;
  readonly dispositionId: string;
  readonly header: WorksheetHeader;
  readonly legacy: boolean;
  readonly state: WorksheetState;
  /** The revision that is being written, or was last frozen. */
  readonly revision: number;
  readonly version: number;
  /**
   * The draft's parts, by key: those of its kind are all there. Null for people who may only see frozen revisions (the assessor
   * side while the entity is writing).
   */
  readonly sections: { readonly [K in PartKey]?: SectionDto<K> } | null;
  readonly evidence: readonly EvidenceDto[] | null;
  /** SHA-256, hex, of what the page shows now (the draft), or of the latest revision. */
  readonly digest: string;
  readonly revisions: readonly RevisionSummaryDto[];
  /** The newest revision, where its text is not, to the byte, what was frozen: it was changed behind the application; else null. */
  readonly damagedRevision: number | null;
  readonly transitions: readonly TransitionDto[];
  readonly signOffs: readonly SignOffDto[];
  readonly validity: ValidityDto | null;
  readonly assignees: readonly PersonRef[];
  /** What stops a submission right now, in words. */
  readonly blockers: readonly Blocker[];
  /** What the rules are asked with; null for people who may not see the draft, and while it is frozen. */
  readonly rigour: RigourDto | null;
  /** The reasons given for warnings in the draft; none for people who may not see it. */
  readonly warningReasons: readonly WarningReason[];
  /** The answers of the gate in the draft; null while nobody answered, and for people who may not see it. */
  readonly eligibility: EligibilityAnswers | null;
  /** What carrying the draft over from another version calls for, for those who write it; null for all others. */
  readonly carriedOver: CarriedOverDto | null;
  /** What the draft began as; null when it was written from nothing. */
  readonly origin: OriginDto | null;
  /** How the draft's shared controls stand to the register; none for people who may not see the draft. */
  readonly sharedControls: readonly SharedControlDto[];
  readonly openThreads: number;
  /** The day by which the newest text of a record that the reader may see is to be judged anew, `YYYY-MM-DD`; null while none is set, and for a worksheet. */
  readonly reviewDue: string | null;
  readonly warning: string | null;
  readonly permissions: WorksheetPermissions;
}

/** Rights on one worksheet in its present state; buttons follow it. */
export interface WorksheetPermissions {
  readonly edit: boolean;
  readonly evidence: boolean;
  /** Answer the criteria; also for contributors whom the worksheet was not given to. */
  readonly answerCriteria: boolean;
  /** Put a control into the register of the engagement. */
  readonly shareControls: boolean;
  readonly assign: boolean;
  readonly commentShared: boolean;
  readonly commentPrivate: boolean;
  readonly export: boolean;
  readonly moves: readonly MovePermission[];
  /** Decisions that the state allows and a reviewer might look for, but that this reviewer may not make. */
  readonly held: readonly HeldMove[];
}

/** A decision that somebody else has to make. */
export interface HeldMove {
  readonly move: WorksheetMove;
  /** Why not this person, as a sentence that names who may. */
  readonly reason: string;
}

/** A move that the person may make now, with what it asks for. */
export interface MovePermission {
  readonly move: WorksheetMove;
  readonly needsReason: boolean;
  readonly needsStepUp: boolean;
}

/** A worksheet as a line of the desk: `GET /engagements/{id}/worksheets`. */
export interface WorksheetListItemDto {
  readonly id: string;
  readonly kind: WorksheetKind;
  readonly requirementNumber: string;
  readonly requirementTitle: string;
  readonly state: WorksheetState;
  /** The revision that is being written, or was last frozen. */
  readonly revision: number;
  /** Those that the reader may see. */
  readonly openThreads: number;
  readonly validity: ValidityDto | null;
  /** ISO instant. */
  readonly updatedAt: string;
}

/** A worksheet as the page of its requirement names it. */
export interface WorksheetUseDto {
  readonly id: string;
  readonly kind: WorksheetKind;
  readonly state: WorksheetState;
  readonly revision: number;
  readonly engagement: { readonly id: string; readonly name: string };
}
