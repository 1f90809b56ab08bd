import { setTimeout as pause } from "node:timers/promises";
import { v7 as uuidv7 } from "uuid";
import type { ServiceContext } from "@/lib/auth/context";
import { organisationLog } from "@/lib/auth/events";
import { changeScope, type Grant } from "@/lib/auth/scope";
import { consumeStepUp } from "@/lib/auth/step-up";
import { Failure } from "@/lib/contracts/failure";
import type { SignOffInput } from "@/lib/contracts/review";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import type { FrozenRevision } from "@/lib/data/revisions";
import { insertSignOff } from "@/lib/data/sign-offs";
import type { ScopedTx } from "@/lib/db/kinds";
import { isFreshStatement } from "@/lib/domain/sign-off/record";
import { STATEMENT_VERSION } from "@/lib/domain/sign-off/statement";
import { signatureBlockers } from "@/lib/domain/workflow/submission";
import { requireNoGap } from "@/lib/services/gap/gap-state";
import { applyMove, type PlannedMove, prepareMove } from "@/lib/services/review/apply-move";
import { DECISIONS, signerRole } from "@/lib/services/review/decisions";
import { type LaidOut, layOut } from "@/lib/services/review/sign-off-record";
import { type NamedPasskey, signStatement } from "@/lib/services/review/sign-statement";
import { requestCheckpoint } from "@/lib/services/trail/checkpoints";
import { evidenceFacts, frozenNow, type WorksheetMaterial } from "@/lib/services/worksheet/material";
import { describeWorksheet } from "@/lib/services/worksheet/worksheet-dto";
import { recordWorksheetEvent } from "@/lib/services/worksheet/worksheet-event";

/** How long whoever has signed waits for the checkpoint over it; it comes all the same (milliseconds). */
const CHECKPOINT_MS = 3_000;

/**
 * Signs or refuses the revision with the digest that was read, or takes back one's own signature. Each is a statement that
 * the system signs and, with a passkey, the person too. Signing uses up the step-up that was made for it.
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
    const revision = frozenNow(planned.material);
    if (!revision) throw new Failure("wrong_state", "There is no frozen revision to decide on.");
    requireSameWords(input, revision);
    if (input.kind === "sign") requireSoundFiles(planned.material);
    const laid = await layOutAgain(tx, grant, planned, revision, input);
    if (input.kind === "sign") await consumeStepUp(tx);
    const passkey = await store(context, tx, planned, revision, laid, input);
    const { changes, detail } = await applyMove(tx, grant, planned);
    const { id } = laid.record;
    recordWorksheetEvent(context, tx, {
      action: DECISIONS[input.kind].event,
      worksheetId,
      detail: {
        ...detail,
        signOffId: id,
        digest: revision.digest,
        statementVersion: STATEMENT_VERSION,
        statementSha256: laid.sha256,
        ...(passkey ? { passkey } : {}),
      },
      changes: [...changes, { table: "sign_off", id }],
    });
    logId = organisationLog(tx.engagement.organisationId);
    return describeWorksheet(tx, grant, worksheetId);
  });
  // The signer looks by itself within a minute; whoever has just signed sees it at once.
  const covered = requestCheckpoint(context, logId).catch((error: unknown) => {
    if (!(error instanceof Failure)) throw error;
  });
  await Promise.race([covered, pause(CHECKPOINT_MS, undefined, { ref: false })]);
  return signed;
}

/** Makes the statement from what is stored; one that was shown before has to come out the same, byte for byte. */
async function layOutAgain(
  tx: ScopedTx,
  grant: Grant,
  { material, reason }: PlannedMove,
  revision: FrozenRevision,
  input: SignOffInput,
): Promise<LaidOut> {
  const { statement, passkey } = input;
  if (passkey && !statement) throw new Failure("invalid", "A passkey signs a statement that was shown.");
  const laid = await layOut(tx, material, revision, {
    id: statement?.id ?? uuidv7(),
    kind: DECISIONS[input.kind].stored,
    reason,
    role: signerRole(grant.permission.as),
    witness: passkey ? "passkey" : "server_witnessed",
    at: statement ? new Date(statement.at) : tx.now,
  });
  if (!statement) return laid;
  const fresh = isFreshStatement(Date.parse(statement.at), tx.now.getTime());
  if (fresh && laid.sha256 === statement.sha256) return laid;
  throw new Failure(
    "digest_differs",
    fresh
      ? "What the statement speaks of has changed since you read it. Read it again first."
      : "The statement was shown too long ago. Read it again first.",
    { current: { digest: revision.digest, revision: revision.number, statementVersion: STATEMENT_VERSION } },
  );
}

async function store(
  context: ServiceContext,
  tx: ScopedTx,
  { material, reason }: PlannedMove,
  revision: FrozenRevision,
  laid: LaidOut,
  input: SignOffInput,
): Promise<NamedPasskey | null> {
  const { record, text, sha256, comments } = laid;
  const envelope = await signStatement(context, tx, text, input.passkey);
  await insertSignOff(
    tx,
    material.worksheet.id,
    revision.id,
    {
      kind: record.kind,
      digest: revision.digest,
      statementVersion: record.wording.version,
      statementText: record.wording.text,
      reason,
      signerRole: record.signer.role,
      firmName: record.signer.firm ?? "",
      at: new Date(record.at),
    },
    {
      id: record.id,
      statement: text,
      statementSha256: sha256,
      envelope: envelope.text,
      comments,
      witness: record.authentication.kind,
    },
  );
  return envelope.passkey;
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
