import { v7 as uuidv7 } from "uuid";
import type { ServiceContext } from "@/lib/auth/context";
import type { Grant } from "@/lib/auth/scope";
import { consumeStepUp } from "@/lib/auth/step-up";
import { Failure } from "@/lib/contracts/failure";
import type { SignOffInput } from "@/lib/contracts/review";
import type { FrozenRevision } from "@/lib/data/revisions";
import { insertSignOff } from "@/lib/data/sign-offs";
import type { ScopedTx } from "@/lib/db/kinds";
import { isFreshStatement } from "@/lib/domain/sign-off/record";
import { applyMove, type PlannedMove } from "@/lib/services/review/apply-move";
import { DECISIONS } from "@/lib/services/review/decisions";
import { type LaidOut, layOut } from "@/lib/services/review/sign-off-record";
import { type NamedPasskey, signStatement } from "@/lib/services/review/sign-statement";
import { recordWorksheetEvent } from "@/lib/services/worksheet/worksheet-event";

/**
 * Makes a prepared move that is a signed statement: the statement from what is stored, its signatures, the row, the new
 * state, and the event.
 * @throws Failure digest_differs, invalid_credentials for a passkey's signature over something else, unavailable without
 * the signer
 */
export async function makeStatement(
  context: ServiceContext,
  tx: ScopedTx,
  grant: Grant,
  planned: PlannedMove,
  revision: FrozenRevision,
  input: SignOffInput,
): Promise<void> {
  const laid = await layOutAgain(tx, grant, planned, revision, input);
  if (input.kind === "sign") await consumeStepUp(tx);
  const passkey = await store(context, tx, planned, revision, laid, input);
  const { changes, detail } = await applyMove(tx, grant, planned);
  const { id } = laid.record;
  recordWorksheetEvent(context, tx, {
    action: DECISIONS[input.kind].event,
    worksheetId: planned.material.worksheet.id,
    detail: {
      ...detail,
      signOffId: id,
      digest: revision.digest,
      statementVersion: laid.record.wording.version,
      statementSha256: laid.sha256,
      ...(passkey ? { passkey } : {}),
    },
    changes: [...changes, { table: "sign_off", id }],
  });
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
    party: grant.permission.as,
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
    { current: { digest: revision.digest, revision: revision.number, statementVersion: laid.record.wording.version } },
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
