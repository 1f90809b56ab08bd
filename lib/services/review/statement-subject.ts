import type { FrozenRevision } from "@/lib/data/revisions";
import type { ScopedTx } from "@/lib/db/kinds";
import type { Party } from "@/lib/domain/access/parties";
import type { StatementSubject } from "@/lib/domain/sign-off/statement";
import type { StatedText } from "@/lib/services/review/stated-text";

/** What a statement on a revision speaks of: the words of its header, and the firm that it is made for. */
export function statementSubject(
  tx: ScopedTx,
  { header, kind }: Pick<StatedText, "header" | "kind">,
  { digest, number }: Pick<FrozenRevision, "digest" | "number">,
  firmName = firmOf(tx),
): StatementSubject {
  const { standardVersion, requirementNumber, entityName } = header;
  return {
    documentKind: kind ?? "ccw",
    standardVersion,
    requirementNumber,
    entityName,
    revision: number,
    digest,
    firmName,
  };
}

/** The firm that decides: the assessor company, or the entity itself where none takes part. */
export function firmOf(tx: ScopedTx): string {
  return tx.engagement.assessorName ?? tx.engagement.entityName;
}

/** The firm that somebody speaks for: the lead for the entity, whoever decides for theirs. */
export function firmOfParty(tx: ScopedTx, party: Party): string {
  return party === "lead" ? tx.engagement.entityName : firmOf(tx);
}
