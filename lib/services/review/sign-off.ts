import type { ServiceContext } from "@/lib/auth/context";
import { organisationLog } from "@/lib/auth/events";
import { changeScope } from "@/lib/auth/scope";
import { Failure } from "@/lib/contracts/failure";
import type { SignOffInput } from "@/lib/contracts/review";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import type { FrozenRevision } from "@/lib/data/revisions";
import { whyNotDecided } from "@/lib/domain/records/deciding";
import type { WorksheetKind } from "@/lib/domain/records/kinds";
import { statementVersionOf } from "@/lib/domain/sign-off/statement";
import { signatureBlockers } from "@/lib/domain/workflow/submission";
import { requireNoGap } from "@/lib/services/gap/gap-state";
import { prepareMove } from "@/lib/services/review/apply-move";
import { coverStatement } from "@/lib/services/review/cover-statement";
import { DECISIONS } from "@/lib/services/review/decisions";
import { makeStatement } from "@/lib/services/review/make-statement";
import { evidenceFacts, frozenNow, type WorksheetMaterial } from "@/lib/services/worksheet/material";
import { describeWorksheet } from "@/lib/services/worksheet/worksheet-dto";

/**
 * Signs or refuses the revision with the digest that was read, takes back one's own signature, or reopens what was decided
 * on. Each is a statement that the system signs and, with a passkey, the person too. Signing uses up the step-up that was made for it.
 * @throws Failure digest_differs with the stored digest, wrong_state, step_up_required, forbidden; invalid_credentials for a
 * passkey's signature over something else; unavailable without the signer
 */
export async function signOff(
  context: ServiceContext,
  worksheetId: string,
  input: SignOffInput,
): Promise<WorksheetDto> {
  const { action } = DECISIONS[input.kind];
  await requireNoGap(context);
  let logId = "";
  const signed = await changeScope(context, action, { worksheetId }, "update", async (tx, grant) => {
    const planned = await prepareMove(tx, worksheetId, input.kind, "reason" in input ? input.reason : "");
    const { kind } = planned.material.worksheet;
    const why = whyNotDecided(kind, input.kind, grant.permission.as);
    if (why) throw new Failure("forbidden", why);
    const revision = frozenNow(planned.material);
    if (!revision || !wasDecidedOn(planned.material, input)) {
      throw new Failure("wrong_state", "There is no frozen revision to decide on.");
    }
    requireSameWords(input, kind, revision);
    if (input.kind === "sign") requireSoundFiles(planned.material);
    await makeStatement(context, tx, grant, planned, revision, input);
    logId = organisationLog(tx.engagement.organisationId);
    return describeWorksheet(tx, grant, worksheetId);
  });
  await coverStatement(context, logId);
  return signed;
}

/** Reopening is a statement where there was a decision; what was withdrawn without one is reopened as a plain move. */
function wasDecidedOn({ worksheet }: WorksheetMaterial, { kind }: SignOffInput): boolean {
  return kind !== "reopen" || worksheet.facts.state !== "withdrawn";
}

/** What was read has to be what is decided on, to the byte; the statement's wording too. */
function requireSameWords(input: SignOffInput, kind: WorksheetKind, revision: FrozenRevision): void {
  if (input.kind === "revoke" || input.kind === "reopen") return;
  const statementVersion = statementVersionOf(kind);
  const current = { digest: revision.digest, revision: revision.number, statementVersion };
  if (input.digest !== revision.digest) {
    throw new Failure("digest_differs", "The worksheet is not the one that you read. Read it again first.", {
      current,
    });
  }
  if (input.kind === "sign" && input.statementVersion !== statementVersion) {
    throw new Failure("digest_differs", "The statement has another wording now. Read it again first.", { current });
  }
}

/** What is signed over has to be there: whole, and looked at by the virus scanner where there is one. */
function requireSoundFiles({ evidence }: WorksheetMaterial): void {
  const found = signatureBlockers(evidence.map(evidenceFacts));
  if (found.length === 0) return;
  const blockers = found.map(({ section, message }) => ({ section, message }));
  throw new Failure("blocked", "A file of the evidence cannot be signed over as it is.", { blockers });
}
