import type { FrozenRevision } from "@/lib/data/revisions";
import type { ScopedTx } from "@/lib/db/kinds";
import type { Party } from "@/lib/domain/access/parties";
import type { StatementSubject } from "@/lib/domain/sign-off/statement";
import type { WorksheetMaterial } from "@/lib/services/worksheet/material";
import { readSealed } from "@/lib/services/worksheet/seal";

/**
 * What a statement on a revision speaks of: the frozen words of its header, and the firm that it is made for.
 * @throws Failure text_damaged
 */
export function statementSubject(
  tx: ScopedTx,
  { worksheet }: Pick<WorksheetMaterial, "worksheet">,
  revision: FrozenRevision,
  firmName = firmOf(tx),
): StatementSubject {
  const { header, kind = "ccw" } = readSealed(revision, worksheet);
  const { standardVersion, requirementNumber, entityName } = header;
  const { digest, number } = revision;
  return { documentKind: kind, standardVersion, requirementNumber, entityName, revision: number, digest, firmName };
}

/** The firm that decides: the assessor company, or the entity itself where none takes part. */
export function firmOf(tx: ScopedTx): string {
  return tx.engagement.assessorName ?? tx.engagement.entityName;
}

/** The firm that somebody speaks for: the lead for the entity, whoever decides for theirs. */
export function firmOfParty(tx: ScopedTx, party: Party): string {
  return party === "lead" ? tx.engagement.entityName : firmOf(tx);
}
