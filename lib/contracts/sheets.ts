import { z } from "zod";
import { updateDispositionInput } from "@/lib/contracts/disposition";
import { SHEET_FORMATS } from "@/lib/contracts/sheet-formats";
import { uuid } from "@/lib/contracts/text";

/** The tables that an engagement is exported as. */
export const SHEET_KINDS = ["workbook", "requirements", "evidence", "findings", "events"] as const;
/** A table of an engagement. */
export type SheetKind = (typeof SHEET_KINDS)[number];

/** Query of `GET /engagements/{id}/sheets/{sheet}`. */
export const sheetQuery = z.object({ format: z.enum(SHEET_FORMATS).default("csv") });

/** The largest table that is taken back, in bytes. */
export const LARGEST_SHEET = 2 * 1024 * 1024;
/** The most rows that are changed at once. */
export const MOST_CHANGES = 400;

/** Body of `POST /engagements/{id}/sheets/workbook/apply`: changes of rows as a preview gave them; all or nothing. */
export const applySheetInput = z
  .strictObject({
    changes: z
      .array(updateDispositionInput.extend({ id: uuid }))
      .min(1)
      .max(MOST_CHANGES),
  })
  .refine(({ changes }) => new Set(changes.map(({ id }) => id)).size === changes.length, {
    path: ["changes"],
    message: "Each row can be changed once.",
  });
/** What {@link applySheetInput} makes of a request. */
export type ApplySheetInput = z.output<typeof applySheetInput>;

/** What a table that was brought back would change: `POST /engagements/{id}/sheets/workbook/preview`. Nothing is changed. */
export interface SheetPreviewDto {
  readonly changes: readonly SheetChangeDto[];
  readonly errors: readonly SheetErrorDto[];
  /** How many rows say what the workbook says. */
  readonly unchanged: number;
}

/** A row that the table changes. */
export interface SheetChangeDto {
  /** Where it stands in the file, counted from 1. */
  readonly line: number;
  readonly requirementNumber: string;
  readonly requirementTitle: string;
  readonly cells: readonly { readonly column: string; readonly before: string; readonly after: string }[];
  /** To be sent back for applying it. */
  readonly change: ApplySheetInput["changes"][number];
}

/** What is wrong with a line, or with one of its cells. */
export interface SheetErrorDto {
  readonly line: number;
  /** The title of the column; null for the whole line. */
  readonly column: string | null;
  readonly message: string;
}
