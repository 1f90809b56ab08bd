import { ownerOf } from "@/lib/data/worksheets";
import type { ScopedTx } from "@/lib/db/kinds";

/** What a decider states about one revision. Name, role and firm are kept as they were then. */
export interface SignOffStatement {
  readonly kind: "signed" | "refused" | "revoked";
  readonly digest: string;
  readonly statementVersion: string;
  readonly statementText: string;
  readonly reason: string;
  readonly signerRole: string;
  readonly firmName: string;
}

/** A statement as stored. */
export interface SignOffRow extends SignOffStatement {
  readonly id: string;
  readonly worksheetId: string;
  readonly revisionId: string;
  readonly revision: number;
  readonly signerId: string;
  readonly signerName: string;
  readonly at: Date;
}

/** The statements about some worksheets, the oldest first. */
export async function listSignOffs(tx: ScopedTx, worksheetIds: readonly string[]): Promise<SignOffRow[]> {
  const rows = await tx.db.signOff.findMany({
    where: { worksheetId: { in: [...worksheetIds] }, engagementId: tx.engagement.id },
    orderBy: [{ at: "asc" }, { id: "asc" }],
    include: { revision: { select: { number: true } } },
  });
  return rows.map(({ revision, kind, engagementId: _, organisationId: __, ...row }) => ({
    ...row,
    kind: kind as SignOffRow["kind"],
    revision: revision.number,
  }));
}

/** Stores a statement of the actor. @returns the row's id */
export async function insertSignOff(
  tx: ScopedTx,
  worksheetId: string,
  revisionId: string,
  statement: SignOffStatement,
): Promise<string> {
  const { id } = await tx.db.signOff.create({
    data: {
      ...statement,
      ...ownerOf(tx),
      worksheetId,
      revisionId,
      signerId: tx.actor.userId,
      signerName: tx.actor.name,
      at: tx.now,
    },
    select: { id: true },
  });
  return id;
}
