import { readServiceId } from "@/lib/data/checkpoints";
import { ownerOf } from "@/lib/data/worksheets";
import type { ScopedTx } from "@/lib/db/kinds";
import type { Witness } from "@/lib/domain/sign-off/record";
import type { SignOffKind } from "@/lib/domain/sign-off/statement";

/** What somebody states about one revision. Name, role and firm are kept as they were then. */
export interface SignOffStatement {
  readonly kind: SignOffKind;
  readonly digest: string;
  readonly statementVersion: string;
  readonly statementText: string;
  readonly reason: string;
  readonly signerRole: string;
  readonly firmName: string;
  readonly at: Date;
}

/** What makes a decision one that outsiders can verify: the exact bytes, and who signed them. */
export interface SignedStatement {
  readonly id: string;
  readonly statement: string;
  readonly statementSha256: string;
  /** DSSE, as JSON. */
  readonly envelope: string;
  readonly comments: string;
  readonly witness: Witness;
}

/** A statement as stored. */
export interface SignOffRow extends SignOffStatement {
  readonly id: string;
  readonly worksheetId: string;
  readonly revisionId: string;
  readonly revision: number;
  readonly signerId: string;
  readonly signerName: string;
  /** Null for decisions of versions that signed nothing. */
  readonly statement: string | null;
  readonly statementSha256: string | null;
  readonly witness: Witness | null;
  /** Whether it came along from another service, whose statement it is. */
  readonly elsewhere: boolean;
}

/** The statements about some worksheets, the oldest first. */
export async function listSignOffs(tx: ScopedTx, worksheetIds: readonly string[]): Promise<SignOffRow[]> {
  const rows = await tx.db.signOff.findMany({
    where: { worksheetId: { in: [...worksheetIds] }, engagementId: tx.engagement.id },
    orderBy: [{ at: "asc" }, { id: "asc" }],
    include: { revision: { select: { number: true } } },
    omit: { envelope: true, comments: true },
  });
  const service = rows.length === 0 ? "" : await readServiceId(tx);
  return rows.map(({ revision, kind, engagementId: _, organisationId: __, ...row }) => ({
    ...row,
    kind: kind as SignOffRow["kind"],
    witness: row.witness as Witness | null,
    revision: revision.number,
    elsewhere: row.statement !== null && (serviceIn(row.statement) ?? service) !== service,
  }));
}

/** The service that a statement names; null where somebody changed it so that none can be read: its signature is broken then. */
function serviceIn(statement: string): string | null {
  try {
    const read = JSON.parse(statement) as { readonly service?: unknown } | null;
    return typeof read?.service === "string" ? read.service : null;
  } catch {
    return null;
  }
}

/** A decision or reopening, by the digest of its statement; null for those of versions that signed none. */
export interface StatementRef {
  readonly worksheetId: string;
  readonly statementSha256: string | null;
  /** The service on which it was made; null as the digest. */
  readonly service: string | null;
}

/** Every one of the engagement, the oldest first: what a pack is about is fixed by this list. */
export async function listStatementRefs(tx: ScopedTx): Promise<StatementRef[]> {
  return tx.db.$queryRaw<StatementRef[]>`
    SELECT worksheet_id AS "worksheetId", statement_sha256 AS "statementSha256", statement::jsonb->>'service' AS service
    FROM sign_off WHERE engagement_id = ${tx.engagement.id}::uuid ORDER BY at, id`;
}

/** Whether anything was decided in the engagement that an outsider can verify. */
export async function hasStatements(tx: ScopedTx): Promise<boolean> {
  const where = { engagementId: tx.engagement.id, statementSha256: { not: null } };
  return (await tx.db.signOff.findFirst({ where, select: { id: true } })) !== null;
}

/** A statement as packs carry it. */
export interface StoredStatement {
  readonly kind: SignOffKind;
  readonly worksheetId: string;
  readonly revision: number;
  readonly statementSha256: string;
  readonly envelope: string;
  readonly comments: string;
}

/** The signed statements about some worksheets, the oldest first. Those of versions that signed none are left out. */
export async function listStatements(tx: ScopedTx, worksheetIds: readonly string[]): Promise<StoredStatement[]> {
  const rows = await tx.db.signOff.findMany({
    where: { worksheetId: { in: [...worksheetIds] }, engagementId: tx.engagement.id },
    orderBy: [{ at: "asc" }, { id: "asc" }],
    select: {
      kind: true,
      worksheetId: true,
      statementSha256: true,
      envelope: true,
      comments: true,
      revision: { select: { number: true } },
    },
  });
  return rows.flatMap(({ kind, worksheetId, statementSha256, envelope, comments, revision }) =>
    statementSha256 && envelope && comments
      ? [{ kind: kind as SignOffKind, worksheetId, statementSha256, envelope, comments, revision: revision.number }]
      : [],
  );
}

/** Stores a statement of the actor. */
export async function insertSignOff(
  tx: ScopedTx,
  worksheetId: string,
  revisionId: string,
  statement: SignOffStatement,
  signed: SignedStatement,
): Promise<void> {
  await tx.db.signOff.create({
    data: {
      ...statement,
      ...signed,
      ...ownerOf(tx),
      worksheetId,
      revisionId,
      signerId: tx.actor.userId,
      signerName: tx.actor.name,
    },
    select: { id: true },
  });
}
