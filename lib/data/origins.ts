import { asJson } from "@/lib/data/json";
import { ownerOf, recordAuthors } from "@/lib/data/worksheets";
import type { ScopedTx } from "@/lib/db/kinds";
import type { CriterionAnswer } from "@/lib/domain/worksheet/criteria-answers";
import type { WorksheetSections } from "@/lib/domain/worksheet/model";
import type { OriginSource, WorksheetOrigin } from "@/lib/domain/worksheet/origin";

/** An origin as stored, with who began the draft that way and when. */
export type StoredOrigin = WorksheetOrigin & {
  readonly worksheetId: string;
  readonly takenById: string;
  readonly takenAt: Date;
  /** What it began as before it was emptied and begun anew, the oldest first. */
  readonly earlier: readonly WorksheetOrigin[];
};

/** What the draft of a worksheet began as; null when it was written from nothing. */
export async function findOrigin(tx: ScopedTx, worksheetId: string): Promise<StoredOrigin | null> {
  return (await findOrigins(tx, [worksheetId])).get(worksheetId) ?? null;
}

/** What the drafts of some worksheets began as, by the worksheet's id; those written from nothing have none. */
export async function findOrigins(
  tx: ScopedTx,
  worksheetIds: readonly string[],
): Promise<ReadonlyMap<string, StoredOrigin>> {
  const rows = await tx.db.worksheetOrigin.findMany({
    where: { worksheetId: { in: [...worksheetIds] }, engagementId: tx.engagement.id },
  });
  return new Map(
    rows.map(({ worksheetId, title, takenById, takenAt, ...row }) => [
      worksheetId,
      {
        // The check of the column and the contract of each start hold what is read here.
        ...({ kind: row.kind, source: row.source } as unknown as OriginSource),
        title,
        sections: row.sections as unknown as WorksheetSections,
        answers: row.answers as unknown as readonly CriterionAnswer[],
        worksheetId,
        takenById,
        takenAt,
        // The database puts there what stood in these columns.
        earlier: row.earlier as unknown as readonly WorksheetOrigin[],
      },
    ]),
  );
}

/**
 * Stores what the actor lets a draft begin as; a draft that was emptied may have begun as something else before, which the
 * database keeps. Its authors are the actor and whoever wrote the text that was taken, now or before: nobody decides over
 * words of their own.
 */
export async function storeOrigin(
  tx: ScopedTx,
  worksheetId: string,
  origin: WorksheetOrigin,
  authorIds: readonly string[],
): Promise<void> {
  const { kind, title, source, sections, answers } = origin;
  const where = { worksheetId, engagementId: tx.engagement.id };
  const before = await tx.db.worksheetOrigin.findFirst({ where, select: { authorIds: true } });
  const taken = {
    kind,
    title,
    source: asJson(source),
    sections: asJson(sections),
    answers: asJson(answers),
    authorIds: [...new Set([...(before?.authorIds ?? []), ...authorIds])],
    takenById: tx.actor.userId,
    takenAt: tx.now,
  };
  if (before) await tx.db.worksheetOrigin.updateMany({ where, data: taken });
  else await tx.db.worksheetOrigin.create({ data: { worksheetId, ...ownerOf(tx), ...taken } });
  await recordAuthors(tx, worksheetId, [...new Set([tx.actor.userId, ...authorIds])]);
}
