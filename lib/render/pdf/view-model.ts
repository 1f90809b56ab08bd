import type { AssessmentType } from "@/lib/contracts/engagement";
import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";
import type { OscalSignOff } from "@/lib/domain/oscal/book";
import type { WorksheetKind } from "@/lib/domain/records/kinds";
import type { GateAnswer } from "@/lib/domain/rigour/gate-words";
import type { RulesReport } from "@/lib/domain/rigour/report";
import type { CriterionOutcome } from "@/lib/domain/workflow/criteria-gate";
import type { Disposition } from "@/lib/domain/workflow/dispositions";
import type { WorksheetMove, WorksheetState } from "@/lib/domain/workflow/states";
import type { CriterionId } from "@/lib/domain/worksheet/criteria";
import type { EvidenceLink, PartContents, WorksheetHeader } from "@/lib/domain/worksheet/model";
import type { PartKey } from "@/lib/domain/worksheet/sections";
import type { WriteTrouble } from "@/lib/durable";
import type { UndrawableOutcome } from "@/lib/render/pdf/undrawable";
import type { Conformance } from "@/lib/render/pdf/xmp";

/**
 * What the PDF renderer draws. Plain JSON through and through: it crosses the border to a worker thread. Instants are
 * ISO 8601 strings, days are `YYYY-MM-DD`; a service has already left out what the reader may not see (private threads).
 */

/** A person who had a hand in the worksheet, for the annex: never part of the six rows. */
export interface PersonModel {
  readonly name: string;
  /** What the person does here, in words: Author, Internal reviewer, Lead QSA … */
  readonly role: string;
  /** Organisation or assessor company; may be empty. */
  readonly firm: string;
}

/** A comment of a thread. */
export interface CommentModel {
  readonly author: string;
  readonly side: "entity" | "assessor";
  readonly at: string;
  readonly body: string;
}

/** A discussion, shared between both sides. */
export interface ThreadModel {
  readonly revision: number;
  /** The section it is about, or the criteria, or null for the whole worksheet. */
  readonly section: PartKey | null;
  /** The label of the item it is about, such as C2; empty when it is about the section. */
  readonly itemLabel: string;
  readonly resolved: boolean;
  readonly comments: readonly CommentModel[];
}

/** A decision on a revision, word for word as it was given. */
export interface SignOffModel extends OscalSignOff {
  /** Whether it was decided on another service. */
  readonly elsewhere?: boolean;
}

/** A criterion of Appendix B on the shown text. */
export interface CriterionModel {
  readonly id: CriterionId;
  readonly number: string;
  /** Null in revisions from before criteria were asked. */
  readonly answer: string | null;
  /** Null while nothing was decided. */
  readonly decision: {
    readonly outcome: CriterionOutcome;
    readonly note: string;
    readonly by: string;
    readonly at: string;
  } | null;
}

/** What the gate was answered, and what came of the rules over the shown text. */
export interface RigourModel extends RulesReport {
  /** Null where the questions were not asked of this text. */
  readonly gate: readonly GateAnswer[] | null;
  /** The thresholds that are not the built-in ones, a line each. */
  readonly thresholds: readonly string[];
}

/** A move of the worksheet through its states. */
export interface TransitionModel {
  readonly move: WorksheetMove;
  readonly from: WorksheetState;
  readonly to: WorksheetState;
  readonly revision: number;
  readonly by: string;
  readonly at: string;
  readonly reason: string;
}

/** A frozen revision. */
export interface RevisionModel {
  readonly number: number;
  readonly digest: string;
  readonly submittedAt: string;
  readonly submittedBy: string;
}

/** One worksheet with its annexes. */
export interface WorksheetPdfModel {
  /** A compensating controls worksheet, or a record, which is printed by a template of its own. */
  readonly kind: WorksheetKind;
  readonly header: WorksheetHeader;
  /** Assessor company; empty where none takes part. */
  readonly assessorName: string;
  /** One line on what the worksheet covers, for the head of the page; may be empty. */
  readonly scope: string;
  readonly sections: PartContents;
  /** True for a version that may no longer be reported against: every page then says so. */
  readonly legacy: boolean;
  /** True when this is not a signed revision: every page then says DRAFT. */
  readonly draft: boolean;
  /** Where the text that is shown stands, which is not where the worksheet stands when a later revision exists. */
  readonly state: WorksheetState;
  readonly revision: number;
  /** False for a text that is still being written. */
  readonly frozen: boolean;
  /** The later revision that takes this one's place, and whether it was submitted or is being written; null for none. */
  readonly successor: { readonly revision: number; readonly submitted: boolean } | null;
  /** True when what is stored for the revision is not what was submitted: its digest is another. */
  readonly altered: boolean;
  readonly catalogueVersion: string;
  /** SHA-256, hex, of exactly the content shown here; printed in the footer. */
  readonly digest: string;
  readonly evidence: readonly EvidenceLink[];
  readonly threads: readonly ThreadModel[];
  readonly signOffs: readonly SignOffModel[];
  /** The criteria of the version, with what the entity answers and what was decided on this revision. */
  readonly criteria: readonly CriterionModel[];
  readonly rigour: RigourModel;
  readonly people: readonly PersonModel[];
  readonly revisions: readonly RevisionModel[];
  readonly transitions: readonly TransitionModel[];
}

/** A row of the workbook. */
export interface DispositionRowModel {
  readonly requirementNumber: string;
  readonly requirementTitle: string;
  readonly disposition: Disposition;
  readonly note: string;
  /** Evidence of a requirement that is met; empty where none is named. */
  readonly evidenceTitle: string;
  readonly evidenceUrl: string;
  /** Person or team that owns the row, or the fix; may be empty. */
  readonly owner: string;
  readonly dueOn: string | null;
  /** What the row's document is: the record of its choice, or else its worksheet, whatever was chosen since; null without one. */
  readonly worksheetKind: WorksheetKind | null;
  /** Where that document stands; null when there is none. */
  readonly worksheetState: WorksheetState | null;
  /** Place in `worksheets` of that document, counted from 0; null when it is not part of this document. */
  readonly worksheetIndex: number | null;
}

/** A whole workbook. Summary counts are made from the rows. */
export interface WorkbookPdfModel {
  readonly engagementName: string;
  readonly entityName: string;
  /** Assessor company; empty where none takes part. */
  readonly assessorName: string;
  readonly standardVersion: StandardVersion;
  readonly assessmentType: AssessmentType;
  readonly periodStart: string;
  readonly periodEnd: string;
  readonly legacy: boolean;
  /** True while anything in it is not final: cover, contents and summary then say DRAFT. */
  readonly draft: boolean;
  /** SHA-256, hex, of exactly the content shown here. */
  readonly digest: string;
  readonly rows: readonly DispositionRowModel[];
  /** The compensating controls worksheets, and behind them the records. */
  readonly worksheets: readonly WorksheetPdfModel[];
}

/** What the pages of a workbook's own say: its worksheets are named, and come one by one. */
export interface WorkbookFrame extends Omit<WorkbookPdfModel, "worksheets"> {
  readonly worksheets: readonly Pick<WorksheetPdfModel, "kind" | "header">[];
}

/** A worksheet of a workbook as it comes to be drawn. */
export interface BookSheet {
  readonly model: WorksheetPdfModel;
  /** What the PDF carries along of it; only PDF/A-3a does. */
  readonly attachment?: Attachment | undefined;
}

/** A picture that stands on the first page. */
export interface Logo {
  readonly type: "image/png" | "image/jpeg";
  /** The file, base64. */
  readonly data: string;
  /** What it shows, for those who do not see it. */
  readonly alt: string;
}

/** Sizes of paper. */
export const PAPERS = ["A4", "Letter"] as const;
/** A size of paper. */
export type Paper = (typeof PAPERS)[number];

/** A place that is left for a seal. */
export interface SealSpace {
  /** The longest seal that fits, in bytes. */
  readonly room: number;
  /** The instant that the seal is said to be made, ISO 8601. */
  readonly at: string;
}

/** What is printed of a worksheet: all of it with its annexes, or one part as a document of its own. */
export const WORKSHEET_LAYOUTS = ["worksheet", "certificate", "evidence", "rigour"] as const;
/** One of them. */
export type WorksheetLayout = (typeof WORKSHEET_LAYOUTS)[number];

/** A file that a PDF carries along. */
export interface Attachment {
  readonly name: string;
  /** Media type. */
  readonly type: string;
  readonly description: string;
  readonly text: string;
}

/** What every job says. `at` is the instant that the document is dated, ISO 8601; without `seal` it cannot be sealed. */
export interface JobSettings {
  readonly paper: Paper;
  readonly at: string;
  readonly seal?: SealSpace | undefined;
  /** What the document declares to be; PDF/UA-1 when absent. */
  readonly conformance?: Conformance | undefined;
  /** Files to carry along; only PDF/A-3a takes them. */
  readonly attachments?: readonly Attachment[] | undefined;
  readonly logo?: Logo | undefined;
}

/** A workbook whose worksheets lie in files, a few in each, and the file that its PDF is written to. */
export interface BookFileJob extends JobSettings {
  readonly kind: "book";
  readonly frame: WorkbookFrame;
  /** Paths of files with a list of {@link BookSheet} as JSON, in their order. */
  readonly stretches: readonly string[];
  /** The path of the PDF, where nothing may be yet. */
  readonly out: string;
}

/** How far the drawing of a workbook has come: all worksheets are gone through twice, the second time for the annexes. */
export interface BookProgress {
  readonly pass: 0 | 1;
  /** The place of the worksheet that is being drawn, counted from 0. */
  readonly index: number;
}

/** What became of a {@link BookFileJob}: the file is whole, or a worksheet cannot be drawn, or the file not written. */
export type BookOutcome = { readonly kind: "written"; readonly pages: number } | UndrawableOutcome | UnwritableOutcome;

/** A file that the system did not write, with its words. */
export interface UnwritableOutcome {
  readonly kind: "unwritable";
  readonly trouble: WriteTrouble;
  readonly message: string;
}

/** What is to be rendered, as it is sent to the worker. */
export type PdfJob = JobSettings &
  (
    | { readonly kind: "worksheet"; readonly model: WorksheetPdfModel; readonly layout?: WorksheetLayout | undefined }
    | { readonly kind: "workbook"; readonly model: WorkbookPdfModel }
  );

/** A rendering into a file. */
export interface FileJob {
  readonly kind: "file";
  readonly job: PdfJob;
  /** The path of the PDF, where nothing may be yet. */
  readonly out: string;
}

/** What became of a {@link FileJob}. */
export type FileOutcome = { readonly kind: "written" } | UndrawableOutcome | UnwritableOutcome;
