import { z } from "zod";
import { uuid } from "@/lib/contracts/text";
import type { WorksheetLine } from "@/lib/domain/controls/matrix";
import type { Readiness } from "@/lib/domain/readiness/readiness";

/** Query of `GET /engagements/{id}/readiness`: of one worksheet alone, where it is named. */
export const readinessQuery = z.object({ worksheetId: uuid.optional() });
export type ReadinessQuery = z.infer<typeof readinessQuery>;

/** A worksheet with how ready it is. */
export interface WorksheetReadinessDto extends WorksheetLine, Readiness {}

/** How ready an engagement is: `GET /engagements/{id}/readiness`. */
export interface ReadinessDto {
  /** The mean of the worksheets but those withdrawn, rounded down; null where there is none. */
  readonly score: number | null;
  readonly worksheets: readonly WorksheetReadinessDto[];
}
