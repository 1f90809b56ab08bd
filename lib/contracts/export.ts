import { z } from "zod";
import type { Page } from "@/lib/contracts/paging";
import { uuid } from "@/lib/contracts/text";
import type { ExportEstimate } from "@/lib/domain/export/estimate";
import { EXPORT_KINDS, type ExportKind, type ExportState, type ExportStep } from "@/lib/domain/export/states";

/**
 * Asks for an export. Its pages are A4 unless said otherwise, and its PDFs declare to be accessible (PDF/UA-1) or made for
 * keeping (PDF/A-3a), which carries the content of each worksheet along as JSON.
 */
export const exportRequest = z
  .strictObject({
    kind: z.enum(EXPORT_KINDS),
    paper: z.enum(["A4", "Letter"]).optional(),
    conformance: z.enum(["PDF/UA-1", "PDF/A-3a"]).optional(),
  })
  .refine(({ kind, conformance }) => kind !== "document" || conformance === undefined, {
    path: ["conformance"],
    message: "A Word document is no PDF: leave this out.",
  });

/** What {@link exportRequest} makes of a request. */
export type ExportRequest = z.output<typeof exportRequest>;

/** Query of `GET /engagements/{id}/exports/estimate`: what would be asked for. */
export const estimateQuery = z.object({
  kind: z.enum(EXPORT_KINDS),
  paper: z.enum(["A4", "Letter"]).default("A4"),
  conformance: z.enum(["PDF/UA-1", "PDF/A-3a"]).default("PDF/UA-1"),
});
export type EstimateQuery = z.output<typeof estimateQuery>;

/** About how large an export would be, and how long it would take. */
export interface ExportEstimateDto extends ExportEstimate {
  /** Worksheets and records that it would have; of a pack the revisions that were decided on. */
  readonly worksheets: number;
}

/** One's own export and how it stands. Instants are ISO 8601. */
export interface ExportDto {
  readonly id: string;
  readonly engagementId: string;
  readonly kind: ExportKind;
  /** Null for a pack from before it could be chosen, which is on A4. */
  readonly paper: "A4" | "Letter" | null;
  /** What its PDFs declare to be; null for a document. */
  readonly conformance: "PDF/UA-1" | "PDF/A-3a" | null;
  readonly state: ExportState;
  /** What is being done; null before it began and after it ended. */
  readonly step: ExportStep | null;
  /** Parts that came out, of all that are known so far; both 0 before it began. */
  readonly partsDone: number;
  readonly partsTotal: number;
  /** What it waits for, or why it failed; empty otherwise. */
  readonly note: string;
  readonly requestedAt: string;
  readonly finishedAt: string | null;
  /** The finished file, while there is one to be had. */
  readonly file: {
    readonly name: string;
    readonly size: number;
    readonly sha256: string;
    /** When it is removed. */
    readonly removesAt: string;
  } | null;
}

/** Query of `GET /engagements/{id}/exports`. A cursor is the last export of the page before. */
export const exportListQuery = z.object({
  cursor: uuid.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(20),
});
export type ExportListQuery = z.output<typeof exportListQuery>;

/** A page of one's own exports of an engagement, the newest first. */
export type ExportListDto = Page<ExportDto>;
