import type { PersonRef, SectionDto } from "@/lib/contracts/section";
import { personRef } from "@/lib/data/people";
import { partsIn, type StoredParts, type StoredSection } from "@/lib/data/sections";
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

/** The parts of a worksheet or a record for the page, by key. */
export type SectionDtos = { readonly [K in PartKey]?: SectionDto<K> };

/** All parts of a worksheet or a record for the page. */
export function sectionDtos(stored: StoredParts, names: ReadonlyMap<string, PersonRef>): SectionDtos {
  return Object.fromEntries(partsIn(stored).map((part) => [part.key, sectionDto(part, names)]));
}
