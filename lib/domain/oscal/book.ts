import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";
import type { RecordKind } from "@/lib/domain/records/kinds";
import type { Validity } from "@/lib/domain/sign-off/validity";
import type { CriterionOutcome } from "@/lib/domain/workflow/criteria-gate";
import type { Disposition } from "@/lib/domain/workflow/dispositions";
import type { WorksheetMove, WorksheetState } from "@/lib/domain/workflow/states";
import type { CriterionId } from "@/lib/domain/worksheet/criteria";
import type { CcwRevision } from "@/lib/domain/worksheet/model";

/** The engagement that a document is of. */
export interface OscalEngagement {
  readonly id: string;
  readonly name: string;
  readonly entityName: string;
  /** Empty where no assessor company takes part. */
  readonly assessorName: string;
  readonly standardVersion: StandardVersion;
}

/** A decision over a revision, word for word. */
export interface OscalSignOff {
  readonly kind: "signed" | "refused" | "revoked";
  readonly revision: number;
  /** SHA-256, hex, of what was decided upon. */
  readonly digest: string;
  readonly statementVersion: string;
  readonly statementText: string;
  readonly reason: string;
  readonly signerName: string;
  readonly signerRole: string;
  readonly firmName: string;
  /** ISO 8601, as all instants here. */
  readonly at: string;
}

/** A move of the worksheet through its states. */
export interface OscalTransition {
  readonly move: WorksheetMove;
  readonly from: WorksheetState;
  readonly to: WorksheetState;
  readonly revision: number;
  readonly by: string;
  readonly at: string;
  readonly reason: string;
}

/** What was found of a criterion of Appendix B. */
export interface OscalDecision {
  readonly criterion: CriterionId;
  readonly outcome: CriterionOutcome;
  readonly note: string;
  readonly by: string;
  readonly at: string;
}

/** One text of a worksheet, with what was decided over it: all that its reader may see, and nothing else. */
export interface OscalWorksheet {
  readonly content: CcwRevision;
  /** SHA-256, hex, of the content as canonical JSON (RFC 8785): what a signature is over. */
  readonly digest: string;
  /** Whether it is a frozen revision, and not a draft. */
  readonly frozen: boolean;
  readonly state: WorksheetState;
  /** Whether the signature on this text still holds; null where it bears none. */
  readonly validity: Validity | null;
  readonly signOffs: readonly OscalSignOff[];
  readonly transitions: readonly OscalTransition[];
  readonly decisions: readonly OscalDecision[];
}

/** A row of the workbook. */
export interface OscalRow {
  readonly requirementNumber: string;
  readonly requirementTitle: string;
  readonly disposition: Disposition;
  readonly note: string;
  /** Who owns the row, or its fix; may be empty. */
  readonly owner: string;
  /** The day by which it is due, `YYYY-MM-DD`, or null. */
  readonly dueOn: string | null;
}

/** A record of the engagement, which has no place in OSCAL's documents. */
export interface OscalLeftOut {
  readonly requirementNumber: string;
  readonly kind: RecordKind;
}

/** What a document is made from. */
export interface OscalBook {
  readonly engagement: OscalEngagement;
  /** The instant of the last thing that is told, ISO 8601. */
  readonly at: string;
  /** Address of the service, without a slash at its end. */
  readonly url: string;
  readonly worksheets: readonly OscalWorksheet[];
  /** Rows that have no worksheet here; none in a document of one worksheet. */
  readonly rows: readonly OscalRow[];
  /** The records that the document does not hold. Left out where there are none, so that such a document keeps its id. */
  readonly leftOut?: readonly OscalLeftOut[];
}
