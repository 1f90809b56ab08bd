import { asJson } from "@/lib/data/json";
import { ownerOf } from "@/lib/data/worksheets";
import type { Section } from "@/lib/db/generated/client";
import type { ScopedTx } from "@/lib/db/kinds";
import type { SectionContent, WorksheetSections } from "@/lib/domain/worksheet/model";
import { SECTION_KEYS, type SectionKey } from "@/lib/domain/worksheet/sections";

/** A section as stored. Its content was checked by the contract before it was written. */
export interface StoredSection<K extends SectionKey = SectionKey> {
  readonly id: string;
  readonly worksheetId: string;
  readonly key: K;
  readonly version: number;
  readonly content: SectionContent<K>;
  readonly updatedById: string | null;
  readonly updatedAt: Date;
}

/** All six sections of a worksheet, by key. */
export type StoredSections = { readonly [K in SectionKey]: StoredSection<K> };

/** Stores the sections of a new worksheet as version 0: never written. @returns the ids of the rows */
export async function insertSections(
  tx: ScopedTx,
  worksheetId: string,
  sections: WorksheetSections,
): Promise<string[]> {
  const rows = await tx.db.section.createManyAndReturn({
    data: SECTION_KEYS.map((key) => ({
      worksheetId,
      key,
      ...ownerOf(tx),
      ...columnsOf(sections[key]),
      version: 0,
      updatedAt: tx.now,
    })),
    select: { id: true },
  });
  return rows.map((row) => row.id);
}

/** One section, or null. */
export async function findSection<K extends SectionKey>(
  tx: ScopedTx,
  worksheetId: string,
  key: K,
): Promise<StoredSection<K> | null> {
  const row = await tx.db.section.findFirst({ where: { worksheetId, key, engagementId: tx.engagement.id } });
  return row && toSection(row, key);
}

/** The sections of some worksheets, by the worksheet's id. */
export async function loadSections(
  tx: ScopedTx,
  worksheetIds: readonly string[],
): Promise<ReadonlyMap<string, StoredSections>> {
  const rows = await tx.db.section.findMany({
    where: { worksheetId: { in: [...worksheetIds] }, engagementId: tx.engagement.id },
  });
  const byWorksheet = new Map<string, Section[]>();
  for (const row of rows) byWorksheet.set(row.worksheetId, [...(byWorksheet.get(row.worksheetId) ?? []), row]);
  return new Map([...byWorksheet].map(([id, ofOne]) => [id, allSix(ofOne)]));
}

/**
 * Writes a section over the version that it was written on. @returns the new version, or null when somebody else
 * wrote first: then nothing is changed
 */
export async function storeSection<K extends SectionKey>(
  tx: ScopedTx,
  worksheetId: string,
  key: K,
  baseVersion: number,
  content: SectionContent<K>,
): Promise<number | null> {
  const { count } = await tx.db.section.updateMany({
    where: { worksheetId, key, engagementId: tx.engagement.id, version: baseVersion },
    data: { ...columnsOf(content), version: baseVersion + 1, updatedById: tx.actor.userId, updatedAt: tx.now },
  });
  return count === 1 ? baseVersion + 1 : null;
}

function columnsOf(content: SectionContent) {
  return { narrative: asJson(content.narrative), items: asJson(content.items) };
}

function toSection<K extends SectionKey>(row: Section, key: K): StoredSection<K> {
  const { id, worksheetId, version, updatedById, updatedAt } = row;
  const content = { narrative: row.narrative, items: row.items } as unknown as SectionContent<K>;
  return { id, worksheetId, key, version, content, updatedById, updatedAt };
}

function allSix(rows: readonly Section[]): StoredSections {
  const one = <K extends SectionKey>(key: K): StoredSection<K> => {
    const row = rows.find((candidate) => candidate.key === key);
    if (!row) throw new Error(`A worksheet has no section “${key}”.`);
    return toSection(row, key);
  };
  return {
    constraints: one("constraints"),
    definition: one("definition"),
    objective: one("objective"),
    identifiedRisk: one("identifiedRisk"),
    validation: one("validation"),
    maintenance: one("maintenance"),
  };
}

/** The content of all sections, without what the database adds. */
export function contentOf(sections: StoredSections): WorksheetSections {
  return {
    constraints: sections.constraints.content,
    definition: sections.definition.content,
    objective: sections.objective.content,
    identifiedRisk: sections.identifiedRisk.content,
    validation: sections.validation.content,
    maintenance: sections.maintenance.content,
  };
}
