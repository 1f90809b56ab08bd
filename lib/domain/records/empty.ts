import type { RecordPartKey } from "@/lib/domain/records/keys";
import type { RecordItems } from "@/lib/domain/records/model";
import { RECORD_SHAPES } from "@/lib/domain/records/parts";

/** The items of a part with nothing in them: every single field empty, and no entry. */
export function emptyRecordItems(key: RecordPartKey): RecordItems {
  const fields = Object.fromEntries(RECORD_SHAPES[key].fields.map(({ name }) => [name, ""]));
  return { ...fields, entries: [] };
}
