import type { RecordPartKey } from "@/lib/domain/records/keys";
import { ANALYSIS } from "@/lib/domain/records/parts/analysis";
import { APPROVAL } from "@/lib/domain/records/parts/approval";
import { LEGAL } from "@/lib/domain/records/parts/legal";
import { MATRIX } from "@/lib/domain/records/parts/matrix";
import { RISK } from "@/lib/domain/records/parts/risk";
import type { RecordFieldShape, RecordPartShape } from "@/lib/domain/records/shape";

/** Every part of any record: what it asks for and holds. The type leaves none out. */
export const RECORD_SHAPES: Readonly<Record<RecordPartKey, RecordPartShape>> = {
  ...MATRIX,
  ...RISK,
  ...LEGAL,
  ...ANALYSIS,
  approval: APPROVAL,
};

/** The fields of all parts and their entries by name; a name means the same wherever it stands. */
const FIELDS: ReadonlyMap<string, RecordFieldShape> = new Map(
  Object.values(RECORD_SHAPES)
    .flatMap(({ fields, list }) => [...fields, ...(list?.fields ?? [])])
    .map((field) => [field.name, field]),
);

/** A field of a record by its name; undefined for a name that no record has. */
export function recordFieldShape(name: string): RecordFieldShape | undefined {
  return FIELDS.get(name);
}
