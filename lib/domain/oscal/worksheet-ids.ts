import type { OscalWorksheet } from "@/lib/domain/oscal/book";
import type { Identify } from "@/lib/domain/oscal/vocabulary";

/** What of a worksheet has an id in documents. */
export type IdentifiedPart =
  | "item"
  | "risk"
  | "definition"
  | "maintenance"
  | "requirement"
  | "implementation"
  | "control"
  | "listed-risk"
  | "test"
  | "task"
  | "scope"
  | "evidence"
  | "seen-evidence"
  | "transition"
  | "sign-off"
  | "review";

/** The UUID of a part of a worksheet: the same in every document, and in every revision that has the part. */
export function partId(
  { content: { worksheetId } }: OscalWorksheet,
  part: IdentifiedPart,
  identify: Identify,
  own = "",
): string {
  return identify(`${worksheetId} ${part} ${own}`);
}
