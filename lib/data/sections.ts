import { asJson } from "@/lib/data/json";
import { ownerOf } from "@/lib/data/worksheets";
import type { Section } from "@/lib/db/generated/client";
import type { ScopedTx } from "@/lib/db/kinds";
import type { WorksheetKind } from "@/lib/domain/records/kinds";
import { emptySection } from "@/lib/domain/worksheet/empty";
import type { Control, PartContents, SectionContent, WorksheetSections } from "@/lib/domain/worksheet/model";
import { type CcwPartKey, hasText, PART_KEYS, type PartKey, type SectionKey } from "@/lib/domain/worksheet/sections";

/** A section as stored. Its content was checked by the contract before it was written. */
export interface StoredSection<K extends PartKey = PartKey> {
  /** Null for answers to the criteria that were never written: they have no row yet, and version 0. */
  readonly id: string | null;
  readonly worksheetId: string;
  readonly key: K;
  readonly version: number;
  readonly content: SectionContent<K>;
  readonly updatedById: string | null;
  readonly updatedAt: Date;
}

/** The columns of it that a section is made of. */
type StoredRow = Pick<Section, "id" | "worksheetId" | "version" | "narrative" | "items" | "updatedById" | "updatedAt">;

/** All six sections of a worksheet and its answers to the criteria, by key. */
export type StoredSections = { readonly [K in CcwPartKey]: StoredSection<K> };

/** The parts that a worksheet or a record has, by key. */
export type StoredParts = { readonly [K in PartKey]?: StoredSection<K> };

/** Stores the parts of a new worksheet or record as version 0: never written. @returns the ids of the rows */
export async function insertSections(tx: ScopedTx, worksheetId: string, sections: PartContents): Promise<string[]> {
  return (await insertSectionsOf(tx, [worksheetId], sections)).map(({ id }) => id);
}

/** The same for several new worksheets, in one statement. @returns the ids of the rows, each with its worksheet's */
export async function insertSectionsOf(
  tx: ScopedTx,
  worksheetIds: readonly string[],
  sections: PartContents,
): Promise<{ readonly id: string; readonly worksheetId: string }[]> {
  const contents = Object.entries(sections) as [PartKey, SectionContent][];
  return tx.db.section.createManyAndReturn({
    data: worksheetIds.flatMap((worksheetId) =>
      contents.map(([key, content]) => ({
        worksheetId,
        key,
        ...ownerOf(tx),
        ...columnsOf(content),
        version: 0,
        updatedAt: tx.now,
      })),
    ),
    select: { id: true, worksheetId: true },
  });
}

/** One section, or null; answers to the criteria that were never written are there as version 0. */
export async function findSection<K extends PartKey>(
  tx: ScopedTx,
  worksheetId: string,
  key: K,
): Promise<StoredSection<K> | null> {
  const row = await tx.db.section.findFirst({ where: { worksheetId, key, engagementId: tx.engagement.id } });
  if (row) return toSection(row, key);
  if (key !== "criteria") return null;
  const others = (await rowsOf(tx, [worksheetId])).get(worksheetId);
  return others ? neverWritten(worksheetId, key, others) : null;
}

/** The sections of some compensating controls worksheets, by the worksheet's id. */
export async function loadSections(
  tx: ScopedTx,
  worksheetIds: readonly string[],
): Promise<ReadonlyMap<string, StoredSections>> {
  const byWorksheet = await rowsOf(tx, worksheetIds);
  return new Map([...byWorksheet].map(([id, ofOne]) => [id, allParts(id, ofOne)]));
}

/** The parts of some worksheets and records, by the worksheet's id. */
export async function loadParts(
  tx: ScopedTx,
  worksheets: readonly { readonly id: string; readonly kind: WorksheetKind }[],
): Promise<ReadonlyMap<string, StoredParts>> {
  const byWorksheet = await rowsOf(
    tx,
    worksheets.map(({ id }) => id),
  );
  return new Map(
    worksheets.map(({ id, kind }) => {
      const own = byWorksheet.get(id) ?? [];
      return [id, kind === "ccw" ? allParts(id, own) : recordParts(own)];
    }),
  );
}

async function rowsOf(tx: ScopedTx, worksheetIds: readonly string[]): Promise<ReadonlyMap<string, Section[]>> {
  const rows = await tx.db.section.findMany({
    where: { worksheetId: { in: [...worksheetIds] }, engagementId: tx.engagement.id },
  });
  const byWorksheet = new Map<string, Section[]>();
  for (const row of rows) byWorksheet.set(row.worksheetId, [...(byWorksheet.get(row.worksheetId) ?? []), row]);
  return byWorksheet;
}

function recordParts(rows: readonly Section[]): StoredParts {
  return Object.fromEntries(rows.map((row) => [row.key, toSection(row, row.key as PartKey)]));
}

/**
 * Writes a section over the version that it was written on. @returns the section as it is stored now, or null when
 * somebody else wrote first: then nothing is changed
 */
export async function storeSection<K extends PartKey>(
  tx: ScopedTx,
  worksheetId: string,
  key: K,
  baseVersion: number,
  content: SectionContent<K>,
): Promise<StoredSection<K> | null> {
  const [row] = await tx.db.$queryRaw<StoredRow[]>`
    UPDATE section SET narrative = ${JSON.stringify(content.narrative)}::jsonb, items = ${JSON.stringify(content.items)}::jsonb,
      version = version + 1, updated_by_id = ${tx.actor.userId}::uuid, updated_at = ${tx.now}::timestamptz
    WHERE worksheet_id = ${worksheetId}::uuid AND key = ${key} AND engagement_id = ${tx.engagement.id}::uuid
      AND version = ${baseVersion}
    RETURNING id, worksheet_id AS "worksheetId", version, narrative, items, updated_by_id AS "updatedById",
      updated_at AS "updatedAt"`;
  if (row) return toSection(row, key);
  return key === "criteria" && baseVersion === 0 ? insertAnswers(tx, worksheetId, key, content) : null;
}

/**
 * Writes the controls of some worksheets' definitions, each over the version that it was read with, in one statement.
 * @returns whether all of them still had it; where one had not, the others changed
 */
export async function storeControls(
  tx: ScopedTx,
  rows: readonly { readonly worksheetId: string; readonly version: number; readonly controls: readonly Control[] }[],
): Promise<boolean> {
  if (rows.length === 0) return true;
  const items = rows.map(({ controls }) => JSON.stringify({ controls }));
  const count = await tx.db.$executeRaw`UPDATE section s SET items = n.items::jsonb, version = n.version + 1,
      updated_by_id = ${tx.actor.userId}::uuid, updated_at = ${tx.now}::timestamptz
    FROM unnest(${rows.map(({ worksheetId }) => worksheetId)}::uuid[], ${rows.map(({ version }) => version)}::int[],
      ${items}::text[]) AS n (worksheet_id, version, items)
    WHERE s.worksheet_id = n.worksheet_id AND s.version = n.version AND s.key = 'definition'
      AND s.engagement_id = ${tx.engagement.id}::uuid`;
  return count === rows.length;
}

/** The definitions of some worksheets, in the order of the ids. */
export async function findDefinitions(
  tx: ScopedTx,
  worksheetIds: readonly string[],
): Promise<StoredSection<"definition">[]> {
  const rows = await tx.db.section.findMany({
    where: { worksheetId: { in: [...worksheetIds] }, key: "definition", engagementId: tx.engagement.id },
    orderBy: { worksheetId: "asc" },
  });
  return rows.map((row) => toSection(row, "definition"));
}

/** The first save of the answers makes their row. @returns it, or null when somebody else was first */
async function insertAnswers<K extends PartKey>(
  tx: ScopedTx,
  worksheetId: string,
  key: K,
  content: SectionContent<K>,
): Promise<StoredSection<K> | null> {
  const [row] = await tx.db.section.createManyAndReturn({
    data: [
      {
        worksheetId,
        key,
        ...ownerOf(tx),
        ...columnsOf(content),
        version: 1,
        updatedById: tx.actor.userId,
        updatedAt: tx.now,
      },
    ],
    skipDuplicates: true,
  });
  return row ? toSection(row, key) : null;
}

/** As old as what the worksheet began with: what is read twice without a change in between is the same. */
function neverWritten<K extends PartKey>(worksheetId: string, key: K, others: readonly Section[]): StoredSection<K> {
  const updatedAt = new Date(Math.min(...others.map((one) => one.updatedAt.getTime())));
  return { id: null, worksheetId, key, version: 0, content: emptySection(key), updatedById: null, updatedAt };
}

function columnsOf(content: SectionContent) {
  return { narrative: asJson(content.narrative), items: asJson(content.items) };
}

function toSection<K extends PartKey>(row: StoredRow, key: K): StoredSection<K> {
  const { id, worksheetId, version, updatedById, updatedAt } = row;
  const content = { narrative: row.narrative, items: row.items } as unknown as SectionContent<K>;
  return { id, worksheetId, key, version, content, updatedById, updatedAt };
}

function allParts(worksheetId: string, rows: readonly Section[]): StoredSections {
  const answers = rows.find(({ key }) => key === "criteria");
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
    criteria: answers ? toSection(answers, "criteria") : neverWritten(worksheetId, "criteria", rows),
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

/** The contents of all parts that have a text, without what the database adds, in an order that is always the same. */
export function contentsOf(parts: StoredParts): PartContents {
  return Object.fromEntries(
    PART_KEYS.filter(hasText).flatMap((key) => {
      const content = parts[key]?.content;
      return content ? [[key, content]] : [];
    }),
  );
}

/** Every part that is there, in an order that is always the same. */
export function partsIn(parts: StoredParts): readonly StoredSection[] {
  return PART_KEYS.flatMap((key): StoredSection[] => {
    const part = parts[key];
    return part ? [part as StoredSection] : [];
  });
}
