import type { ServiceContext } from "@/lib/auth/context";
import { readScope } from "@/lib/auth/scope";
import { Failure } from "@/lib/contracts/failure";
import type { StatementDto } from "@/lib/contracts/review";
import { STATEMENT_VERSION, statementText } from "@/lib/domain/sign-off/statement";
import { statementSubject } from "@/lib/services/review/statement-subject";
import { frozenNow, requireMaterial } from "@/lib/services/worksheet/material";

/** The words that a signature on the newest revision would stand under. @throws Failure wrong_state */
export function getStatement(context: ServiceContext, worksheetId: string): Promise<StatementDto> {
  return readScope(context, "worksheet.read", { worksheetId }, async (tx) => {
    const material = await requireMaterial(tx, worksheetId);
    const revision = frozenNow(material);
    if (!revision || material.worksheet.facts.state !== "qsa_review") {
      throw new Failure("wrong_state", "There is nothing to sign: this worksheet is not in review.");
    }
    return {
      statementVersion: STATEMENT_VERSION,
      statementText: statementText("signed", statementSubject(tx, revision)),
      digest: revision.digest,
      revision: revision.number,
    };
  });
}
