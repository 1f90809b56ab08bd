import { emptyRecordItems } from "@/lib/domain/records/empty";
import { recordParts } from "@/lib/domain/records/keys";
import type { RecordKind } from "@/lib/domain/records/kinds";
import { EMPTY_ITEMS } from "@/lib/domain/worksheet/empty-items";
import type { PartContents, PartItems, SectionContent, WorksheetSections } from "@/lib/domain/worksheet/model";
import { EMPTY_NARRATIVE } from "@/lib/domain/worksheet/narrative";
import { isRecordPart, type PartKey } from "@/lib/domain/worksheet/sections";

/** A section with nothing in it, as a new worksheet starts. */
export function emptySection<K extends PartKey>(key: K): SectionContent<K> {
  const part: PartKey = key;
  const items = isRecordPart(part) ? emptyRecordItems(part) : EMPTY_ITEMS[part];
  return { narrative: EMPTY_NARRATIVE, items: items as PartItems[K] };
}

/** All six sections with nothing in them. */
export function emptySections(): WorksheetSections {
  return {
    constraints: emptySection("constraints"),
    definition: emptySection("definition"),
    objective: emptySection("objective"),
    identifiedRisk: emptySection("identifiedRisk"),
    validation: emptySection("validation"),
    maintenance: emptySection("maintenance"),
  };
}

/** All parts of a record with nothing in them. */
export function emptyRecord(kind: RecordKind): PartContents {
  return Object.fromEntries(recordParts(kind).map((key) => [key, emptySection(key)]));
}
