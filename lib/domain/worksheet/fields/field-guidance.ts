import { CONTROL_FIELDS } from "@/lib/domain/worksheet/fields/controls";
import { MAINTENANCE_FIELDS } from "@/lib/domain/worksheet/fields/maintenance";
import type { FieldGuidance, FieldName } from "@/lib/domain/worksheet/fields/names";
import { RISK_FIELDS } from "@/lib/domain/worksheet/fields/risks";
import { CONSTRAINT_FIELDS } from "@/lib/domain/worksheet/fields/scope";
import { TEST_FIELDS } from "@/lib/domain/worksheet/fields/tests";

/** The guidance of every field: the type leaves none out. */
export const FIELD_GUIDANCE: Readonly<Record<FieldName, FieldGuidance>> = {
  ...CONSTRAINT_FIELDS,
  ...CONTROL_FIELDS,
  ...RISK_FIELDS,
  ...TEST_FIELDS,
  ...MAINTENANCE_FIELDS,
};
