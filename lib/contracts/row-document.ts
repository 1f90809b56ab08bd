import type { DispositionDto, WorksheetRefDto } from "@/lib/contracts/disposition";
import type { WorksheetKind } from "@/lib/domain/records/kinds";
import { kindOf } from "@/lib/domain/workflow/documents";

/** A worksheet or a record of a row, with what it is. */
export interface RowDocument extends WorksheetRefDto {
  readonly kind: WorksheetKind;
}

/** The worksheet or the record that shows how a row is dealt with by its choice; null where there is none. */
export function documentOf({ disposition, worksheet, records }: DispositionDto): RowDocument | null {
  const kind = kindOf(disposition);
  if (kind !== "ccw") return records.find((one) => one.kind === kind) ?? null;
  return worksheet && { kind, ...worksheet };
}

/** The same, and else the row's worksheet, which stays with the row whatever was chosen since. */
export function keptDocumentOf(row: DispositionDto): RowDocument | null {
  return documentOf(row) ?? (row.worksheet && { kind: "ccw", ...row.worksheet });
}
