import type { RecordFieldShape } from "@/lib/domain/records/shape";
import type { CriterionId } from "@/lib/domain/worksheet/criteria";
import type { FieldName } from "@/lib/domain/worksheet/fields/names";

/** A field, a criterion that is answered, or a field of a record. */
export type HelpTopic = FieldName | { readonly criterion: CriterionId } | { readonly record: RecordFieldShape };
