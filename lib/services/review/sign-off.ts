import type { ServiceContext } from "@/lib/auth/context";
import { changeScope, type Grant } from "@/lib/auth/scope";
import { consumeStepUp } from "@/lib/auth/step-up";
import { Failure } from "@/lib/contracts/failure";
import type { SignOffInput } from "@/lib/contracts/review";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import type { FrozenRevision } from "@/lib/data/revisions";
import { insertSignOff } from "@/lib/data/sign-offs";
import type { Party } from "@/lib/domain/access/parties";
import { STATEMENT_VERSION, statementText } from "@/lib/domain/sign-off/statement";
import { signatureBlockers } from "@/lib/domain/workflow/submission";
import { applyMove, prepareMove } from "@/lib/services/review/apply-move";
import { firmOf, statementSubject } from "@/lib/services/review/statement-subject";
import { evidenceFacts, frozenNow, type WorksheetMaterial } from "@/lib/services/worksheet/material";
import { describeWorksheet } from "@/lib/services/worksheet/worksheet-dto";
import { recordWorksheetEvent } from "@/lib/services/worksheet/worksheet-event";

/** What each kind of statement is called elsewhere. */
const KINDS = {
  sign: { action: "worksheet.sign", stored: "signed", event: "worksheet.signed" },
  refuse: { action: "worksheet.refuse", stored: "refused", event: "worksheet.refused" },
  revoke: { action: "worksheet.revoke", stored: "revoked", event: "worksheet.revoked" },
} as const;

/** How the deciding roles are called under a statement. */
const SIGNER_ROLES: Readonly<Partial<Record<Party, string>>> = {
  qsa_lead: "Lead QSA",
  isa: "Internal Security Assessor",
  officer: "Executive officer",
};

/**
 * Signs or refuses the revision with the digest that was read, or takes back one's own signature. Signing uses up the
 * password that was entered for it.
 * @throws Failure digest_differs with the stored digest, wrong_state, step_up_required, forbidden
 */
export function signOff(context: ServiceContext, worksheetId: string, input: SignOffInput): Promise<WorksheetDto> {
  const { action, stored, event } = KINDS[input.kind];
  return changeScope(context, action, { worksheetId }, "update", async (tx, grant) => {
    const planned = await prepareMove(tx, worksheetId, input.kind, "reason" in input ? input.reason : "");
    const revision = frozenNow(planned.material);
    if (!revision) throw new Failure("wrong_state", "There is no frozen revision to decide on.");
    requireSameWords(input, revision);
    if (input.kind === "sign") requireSoundFiles(planned.material);
    if (input.kind === "sign") await consumeStepUp(tx);
    const id = await insertSignOff(tx, worksheetId, revision.id, {
      kind: stored,
      digest: revision.digest,
      statementVersion: STATEMENT_VERSION,
      statementText: statementText(stored, statementSubject(tx, revision)),
      reason: planned.reason,
      signerRole: roleOf(grant),
      firmName: firmOf(tx),
    });
    const { changes, detail } = await applyMove(tx, grant, planned);
    recordWorksheetEvent(context, tx, {
      action: event,
      worksheetId,
      detail: { ...detail, signOffId: id, digest: revision.digest, statementVersion: STATEMENT_VERSION },
      changes: [...changes, { table: "sign_off", id }],
    });
    return describeWorksheet(tx, grant, worksheetId);
  });
}

/** What was read has to be what is decided on, to the byte; the statement's wording too. */
function requireSameWords(input: SignOffInput, revision: FrozenRevision): void {
  if (input.kind === "revoke") return;
  const current = { digest: revision.digest, revision: revision.number, statementVersion: STATEMENT_VERSION };
  if (input.digest !== revision.digest) {
    throw new Failure("digest_differs", "The worksheet is not the one that you read. Read it again first.", {
      current,
    });
  }
  if (input.kind === "sign" && input.statementVersion !== STATEMENT_VERSION) {
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

function roleOf(grant: Grant): string {
  return SIGNER_ROLES[grant.permission.as] ?? grant.permission.as;
}
