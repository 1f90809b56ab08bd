import type { ServiceContext } from "@/lib/auth/context";
import { readScope } from "@/lib/auth/scope";
import { Failure, notFound } from "@/lib/contracts/failure";
import type { StatementDto } from "@/lib/contracts/review";
import { statementText, statementVersionOf } from "@/lib/domain/sign-off/statement";
import { statementSubject } from "@/lib/services/review/statement-subject";
import { frozenNow, requireMaterial } from "@/lib/services/worksheet/material";
import { readSealed } from "@/lib/services/worksheet/seal";
import { openRevisions } from "@/lib/services/worksheet/shown-content";

/**
 * The words that a signature on the newest revision would stand under.
 * @throws Failure wrong_state; text_damaged; not_found for people who do not see that revision
 */
export function getStatement(context: ServiceContext, worksheetId: string): Promise<StatementDto> {
  return readScope(context, "worksheet.read", { worksheetId }, async (tx, grant) => {
    const material = await requireMaterial(tx, worksheetId);
    const revision = frozenNow(material);
    if (!revision || material.worksheet.facts.state !== "qsa_review") {
      throw new Failure("wrong_state", "There is nothing to sign: this worksheet is not in review.");
    }
    const open = openRevisions(grant.permission.view, material);
    if (!open.some((one) => one.number === revision.number)) throw notFound();
    return {
      statementVersion: statementVersionOf(material.worksheet.kind),
      statementText: statementText("signed", statementSubject(tx, readSealed(revision, material.worksheet), revision)),
      digest: revision.digest,
      revision: revision.number,
    };
  });
}
