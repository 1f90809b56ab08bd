import { asJson } from "@/lib/data/json";
import { ownerOf } from "@/lib/data/worksheets";
import type { ScopedTx } from "@/lib/db/kinds";
import type { RuleRecord } from "@/lib/domain/rigour/report";

/** A frozen revision without its content. */
export interface RevisionRow {
  readonly id: string;
  readonly worksheetId: string;
  readonly number: number;
  /** SHA-256, hex, of the content's bytes. */
  readonly digest: string;
  readonly submittedById: string;
  readonly submittedAt: Date;
  readonly reviewedAt: Date | null;
}

/** A frozen revision with the exact text that its digest covers: canonical JSON of a `RevisionContent`. */
export interface FrozenRevision extends RevisionRow {
  readonly content: string;
}

const SUMMARY = {
  id: true,
  worksheetId: true,
  number: true,
  digest: true,
  submittedById: true,
  submittedAt: true,
  reviewedAt: true,
} as const;

/** The revisions of some worksheets without their content, the oldest first. */
export async function listRevisions(tx: ScopedTx, worksheetIds: readonly string[]): Promise<RevisionRow[]> {
  return tx.db.revision.findMany({
    where: { worksheetId: { in: [...worksheetIds] }, engagementId: tx.engagement.id },
    orderBy: { number: "asc" },
    select: SUMMARY,
  });
}

/** One revision with its content, or null. */
export async function findRevision(tx: ScopedTx, worksheetId: string, number: number): Promise<FrozenRevision | null> {
  return tx.db.revision.findFirst({
    where: { worksheetId, number, engagementId: tx.engagement.id },
    select: { ...SUMMARY, content: true },
  });
}

/** The newest revision of each of some worksheets, with content, by the worksheet's id. */
export async function latestRevisions(
  tx: ScopedTx,
  worksheetIds: readonly string[],
): Promise<ReadonlyMap<string, FrozenRevision>> {
  const rows = await tx.db.revision.findMany({
    where: { worksheetId: { in: [...worksheetIds] }, engagementId: tx.engagement.id },
    distinct: ["worksheetId"],
    orderBy: [{ worksheetId: "asc" }, { number: "desc" }],
    select: { ...SUMMARY, content: true },
  });
  return new Map(rows.map((row) => [row.worksheetId, row]));
}

/** Some revisions with their content, by the row's id. */
export async function findRevisions(
  tx: ScopedTx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, FrozenRevision>> {
  const rows = await tx.db.revision.findMany({
    where: { id: { in: [...ids] }, engagementId: tx.engagement.id },
    select: { ...SUMMARY, content: true },
  });
  return new Map(rows.map((row) => [row.id, row]));
}

/** What came of the rules when some revisions were frozen, by the row's id; those from before that was recorded have none. */
export async function ruleRecords(
  tx: ScopedTx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly RuleRecord[]>> {
  const rows = await tx.db.revision.findMany({
    where: { id: { in: [...ids] }, engagementId: tx.engagement.id },
    select: { id: true, rules: true },
  });
  return new Map(
    rows.flatMap(({ id, rules }) => (rules === null ? [] : [[id, rules as unknown as readonly RuleRecord[]] as const])),
  );
}

/** Freezes a worksheet's content under its number. @returns the row's id */
export async function insertRevision(
  tx: ScopedTx,
  revision: {
    readonly worksheetId: string;
    readonly number: number;
    readonly content: string;
    readonly digest: string;
    readonly rules: readonly RuleRecord[];
  },
): Promise<string> {
  const { id } = await tx.db.revision.create({
    data: {
      ...revision,
      rules: asJson(revision.rules),
      ...ownerOf(tx),
      catalogueVersion: tx.engagement.catalogueVersion,
      submittedById: tx.actor.userId,
      submittedAt: tx.now,
    },
    select: { id: true },
  });
  return id;
}

/** Notes that the decider has looked at a revision; the first time stays. @returns whether this was the first */
export async function markReviewed(tx: ScopedTx, id: string): Promise<boolean> {
  const { count } = await tx.db.revision.updateMany({
    where: { id, engagementId: tx.engagement.id, reviewedAt: null },
    data: { reviewedAt: tx.now },
  });
  return count === 1;
}
