import { ownerOf } from "@/lib/data/worksheets";
import type { Prisma } from "@/lib/db/generated/client";
import type { ScopedTx } from "@/lib/db/kinds";
import type { PartKey } from "@/lib/domain/worksheet/sections";

/** A comment as stored. */
export interface CommentRow {
  readonly id: string;
  readonly body: string;
  readonly authorId: string;
  readonly authorOrganisationId: string;
  readonly at: Date;
}

/** A thread with its comments, the oldest first. */
export interface ThreadRow {
  readonly id: string;
  readonly worksheetId: string;
  readonly authorOrganisationId: string;
  readonly revisionNumber: number;
  readonly section: PartKey | null;
  readonly itemId: string | null;
  readonly visibility: "shared" | "private";
  readonly openedById: string;
  readonly openedAt: Date;
  readonly resolvedById: string | null;
  readonly resolvedAt: Date | null;
  readonly comments: readonly CommentRow[];
}

/** What a new thread is about. */
export interface ThreadAnchor {
  readonly worksheetId: string;
  readonly revisionNumber: number;
  readonly section: PartKey | null;
  readonly itemId: string | null;
  readonly visibility: "shared" | "private";
}

const COMMENTS = { comments: { orderBy: [{ at: "asc" }, { id: "asc" }] } } as const satisfies Prisma.ThreadInclude;

/** The threads of some worksheets that the actor's organisation may see, the oldest first. */
export async function listThreads(tx: ScopedTx, worksheetIds: readonly string[]): Promise<ThreadRow[]> {
  const rows = await tx.db.thread.findMany({
    where: { ...visibleTo(tx), worksheetId: { in: [...worksheetIds] } },
    include: COMMENTS,
    orderBy: [{ openedAt: "asc" }, { id: "asc" }],
  });
  return rows.map(toThread);
}

/** One thread that the actor's organisation may see, or null. */
export async function findThread(tx: ScopedTx, id: string): Promise<ThreadRow | null> {
  const row = await tx.db.thread.findFirst({ where: { ...visibleTo(tx), id }, include: COMMENTS });
  return row && toThread(row);
}

/** How many threads are open, of those that the actor's organisation may see, by the worksheet's id. */
export async function countOpenThreads(
  tx: ScopedTx,
  worksheetIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await tx.db.thread.groupBy({
    by: ["worksheetId"],
    where: { ...visibleTo(tx), worksheetId: { in: [...worksheetIds] }, resolvedAt: null },
    _count: true,
  });
  return new Map(rows.map((row) => [row.worksheetId, row._count]));
}

/** Stores a new thread. @returns its id */
export async function insertThread(tx: ScopedTx, anchor: ThreadAnchor): Promise<string> {
  const { id } = await tx.db.thread.create({
    data: {
      ...anchor,
      ...ownerOf(tx),
      authorOrganisationId: tx.actor.organisationId,
      openedById: tx.actor.userId,
      openedAt: tx.now,
    },
    select: { id: true },
  });
  return id;
}

/** Adds a comment of the actor. @returns its id */
export async function insertComment(tx: ScopedTx, threadId: string, body: string): Promise<string> {
  const { id } = await tx.db.comment.create({
    data: {
      threadId,
      body,
      ...ownerOf(tx),
      authorOrganisationId: tx.actor.organisationId,
      authorId: tx.actor.userId,
      at: tx.now,
    },
    select: { id: true },
  });
  return id;
}

/** Resolves a thread or opens it again. @returns whether that changed anything */
export async function storeResolution(tx: ScopedTx, id: string, resolved: boolean): Promise<boolean> {
  const { count } = await tx.db.thread.updateMany({
    where: { ...visibleTo(tx), id, resolvedAt: resolved ? null : { not: null } },
    data: resolved ? { resolvedById: tx.actor.userId, resolvedAt: tx.now } : { resolvedById: null, resolvedAt: null },
  });
  return count === 1;
}

/** Private threads are there for the organisation that wrote them and for nobody else. */
function visibleTo(tx: ScopedTx): Prisma.ThreadWhereInput {
  return {
    engagementId: tx.engagement.id,
    OR: [{ visibility: "shared" }, { authorOrganisationId: tx.actor.organisationId }],
  };
}

function toThread(row: Prisma.ThreadGetPayload<{ include: typeof COMMENTS }>): ThreadRow {
  return {
    ...row,
    section: row.section as PartKey | null,
    visibility: row.visibility === "private" ? "private" : "shared",
  };
}
