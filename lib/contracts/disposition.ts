import { z } from "zod";
import type { ValidityDto } from "@/lib/contracts/review";
import type { PersonRef } from "@/lib/contracts/section";
import { calendarDay, requiredText, rowVersion, text, uuid, webAddress } from "@/lib/contracts/text";
import type { ArticleRowId } from "@/lib/domain/catalogue/article";
import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";
import type { Provenance } from "@/lib/domain/catalogue/status";
import type { RecordKind } from "@/lib/domain/records/kinds";
import { DISPOSITIONS, type Disposition } from "@/lib/domain/workflow/dispositions";
import type { WorksheetState } from "@/lib/domain/workflow/states";

/** Body of `POST /engagements/{id}/dispositions`: requirements to add to the workbook, by number. */
export const addRequirementsInput = z.strictObject({
  requirementNumbers: z.array(requiredText(20)).min(1).max(400),
});

/** What may change on a row of the workbook. Absent fields stay. Whether the details suffice is the domain's to say. */
const rowChange = {
  disposition: z.enum(DISPOSITIONS).optional(),
  note: text(10_000).optional(),
  fixOwner: text(300).optional(),
  fixDueOn: calendarDay.nullable().optional(),
  evidenceTitle: text(300).optional(),
  evidenceUrl: z.union([z.literal(""), webAddress]).optional(),
  ownerId: uuid.nullable().optional(),
  dueOn: calendarDay.nullable().optional(),
};

/** Body of `PATCH /dispositions/{id}`. */
export const updateDispositionInput = z.strictObject({ version: rowVersion, ...rowChange });
export type UpdateDispositionInput = z.infer<typeof updateDispositionInput>;

/** Body of `POST /engagements/{id}/dispositions/bulk`: owner and due date for many rows; all or nothing. */
export const bulkAssignInput = z
  .strictObject({
    ids: z.array(uuid).min(1).max(400),
    ownerId: uuid.nullable().optional(),
    dueOn: calendarDay.nullable().optional(),
  })
  .refine((value) => value.ownerId !== undefined || value.dueOn !== undefined, "Choose an owner or a due date.");
export type BulkAssignInput = z.infer<typeof bulkAssignInput>;

/** A row of the workbook. */
export interface DispositionDto {
  readonly id: string;
  readonly engagementId: string;
  readonly standardVersion: StandardVersion;
  readonly requirementNumber: string;
  readonly requirementTitle: string;
  /** How the row came: from the scope wizard or added by the lead. */
  readonly source: "scope" | "added";
  /** Why the requirement is touched; null when no trigger holds any more or the row was added by hand. */
  readonly trigger: TriggerDto | null;
  readonly disposition: Disposition;
  readonly note: string;
  readonly fixOwner: string;
  readonly fixDueOn: string | null;
  readonly evidenceTitle: string;
  readonly evidenceUrl: string;
  readonly owner: PersonRef | null;
  readonly dueOn: string | null;
  readonly version: number;
  readonly worksheet: WorksheetRefDto | null;
  /** The records of the requirement, in the order of their kinds. */
  readonly records: readonly RecordRefDto[];
  /** The kinds of records that the reader may open for the requirement as it stands. */
  readonly mayOpen: readonly RecordKind[];
  /** What the row waits for. */
  readonly settled: boolean;
  readonly turn: "entity" | "assessor" | "nobody";
  readonly mayDecide: boolean;
  /** A warning that stays with the row, such as L01 for the article's own groupings. */
  readonly warning: string | null;
}

/** A worksheet as the workbook shows it. */
export interface WorksheetRefDto {
  readonly id: string;
  readonly state: WorksheetState;
  readonly revision: number;
  readonly openThreads: number;
  readonly validity: ValidityDto | null;
}

/** A record as the workbook shows it. */
export interface RecordRefDto extends WorksheetRefDto {
  readonly kind: RecordKind;
}

/** Why a requirement is triggered, in the article's reading and today. */
export interface TriggerDto {
  readonly articleRow: string;
  readonly article: boolean;
  readonly today: boolean;
  readonly undetermined: boolean;
  readonly reasons: readonly { readonly reading: "article" | "today"; readonly text: string }[];
  readonly sources: readonly string[];
  /** How each row of the article behind it is to be weighed. */
  readonly weights: readonly TriggerWeightDto[];
}

/** Whether a row's statement is disputed, and as of when it stands. */
export interface TriggerWeightDto extends Pick<Provenance, "disputed" | "disputeReason" | "asOf"> {
  readonly row: ArticleRowId;
}
