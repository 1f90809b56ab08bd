import type { ScopedTx } from "@/lib/db/kinds";
import type { ScopeAnswers } from "@/lib/domain/scope/answers";

/** The stored answers; version 0 when there are none. They were checked by the contract when they came in. */
export interface ScopeAnswersRow {
  readonly version: number;
  readonly answers: ScopeAnswers;
  readonly updatedAt: Date | null;
  readonly updatedById: string | null;
}

/** The answers of the transaction's engagement. */
export async function findAnswers(tx: ScopedTx): Promise<ScopeAnswersRow> {
  const row = await tx.db.scopeAnswer.findUnique({ where: { engagementId: tx.engagement.id } });
  if (!row) return { version: 0, answers: {}, updatedAt: null, updatedById: null };
  const { version, updatedAt, updatedById } = row;
  return { version, answers: row.answers as ScopeAnswers, updatedAt, updatedById };
}

/** Saves answers over the version they were read at. False when somebody else saved first. */
export async function saveAnswers(tx: ScopedTx, baseVersion: number, answers: ScopeAnswers): Promise<boolean> {
  const { id: engagementId, organisationId } = tx.engagement;
  const written = { answers: answers as object, updatedById: tx.actor.userId, updatedAt: tx.now };
  if (baseVersion === 0) {
    const { count } = await tx.db.scopeAnswer.createMany({
      data: { engagementId, organisationId, ...written },
      skipDuplicates: true,
    });
    return count === 1;
  }
  const { count } = await tx.db.scopeAnswer.updateMany({
    where: { engagementId, version: baseVersion },
    data: { ...written, version: { increment: 1 } },
  });
  return count === 1;
}
