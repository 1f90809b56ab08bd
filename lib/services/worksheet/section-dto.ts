import type { PersonRef, SectionDto } from "@/lib/contracts/section";
import { personRef } from "@/lib/data/people";
import type { StoredSection, StoredSections } from "@/lib/data/sections";
import type { PartKey } from "@/lib/domain/worksheet/sections";

/** A section for the page. */
export function sectionDto<K extends PartKey>(
  stored: StoredSection<K>,
  names: ReadonlyMap<string, PersonRef>,
): SectionDto<K> {
  const { worksheetId, key, version, content, updatedAt, updatedById } = stored;
  const updatedBy = updatedById === null ? null : personRef(names, updatedById);
  return { worksheetId, key, version, content, updatedAt: updatedAt.toISOString(), updatedBy };
}

/** All six sections and the answers to the criteria for the page. */
export function sectionDtos(
  stored: StoredSections,
  names: ReadonlyMap<string, PersonRef>,
): { readonly [K in PartKey]: SectionDto<K> } {
  return {
    constraints: sectionDto(stored.constraints, names),
    definition: sectionDto(stored.definition, names),
    objective: sectionDto(stored.objective, names),
    identifiedRisk: sectionDto(stored.identifiedRisk, names),
    validation: sectionDto(stored.validation, names),
    maintenance: sectionDto(stored.maintenance, names),
    criteria: sectionDto(stored.criteria, names),
  };
}
