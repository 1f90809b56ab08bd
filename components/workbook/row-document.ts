import type { DispositionDto, WorksheetRefDto } from "@/lib/contracts/disposition";
import { kindOf } from "@/lib/domain/workflow/documents";

/** The worksheet or the record that shows how a row is dealt with by its choice; null where there is none. */
export function documentOf({ disposition, worksheet, records }: DispositionDto): WorksheetRefDto | null {
  const kind = kindOf(disposition);
  return kind === "ccw" ? worksheet : (records.find((one) => one.kind === kind) ?? null);
}
