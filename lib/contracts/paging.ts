import { z } from "zod";
import { text } from "@/lib/contracts/text";

/** Paging by cursor: the cursor is opaque and comes from the page before. */
export const pagingQuery = z.object({
  cursor: text(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** A page of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Null on the last page. */
  readonly nextCursor: string | null;
}

/** A list that always fits on one page. */
export interface Collection<T> {
  readonly total: number;
  readonly items: readonly T[];
}
