import type { PublicKeyCredentialCreationOptionsJSON, RegistrationResponseJSON } from "@simplewebauthn/server";
import type { ServiceContext, SignedInContext } from "@/lib/auth/context";
import { makeEvent, organisationLog } from "@/lib/auth/events";
import { checkCreation, passkeyCreation } from "@/lib/auth/factors/passkey";
import { changeIdentity, inIdentity } from "@/lib/auth/open";
import type { OpenSession } from "@/lib/auth/session";
import { advanceSession, type FreshSession } from "@/lib/auth/sign-in";
import { requireStepUp } from "@/lib/auth/step-up";
import { Failure } from "@/lib/contracts/failure";
import { findAccountOf } from "@/lib/data/credentials";
import { hasFactor, summariseFactors } from "@/lib/data/factors";
import { deletePasskey, findPasskey, insertPasskey, listPasskeys, renamePasskey } from "@/lib/data/passkeys";
import { holdSessions } from "@/lib/data/sessions";
import { makeCodes } from "@/lib/services/account/factors/recovery-codes";
import { endBegunSignIns, holdFactors, requireFactorChange } from "@/lib/services/account/factors/right";

/** Passkeys that a person may have. */
const MOST_PASSKEYS = 10;

/** What the browser needs to make a passkey. @throws Failure step_up_required, blocked */
export async function beginPasskey(
  context: ServiceContext,
  session: OpenSession,
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  await requireFactorChange(context, session);
  const { userId, sessionId } = session.actor;
  const [account, known] = await inIdentity(context, async (tx) => [
    await findAccountOf(tx, userId),
    await listPasskeys(tx, userId),
  ]);
  if (!account) throw new Failure("sign_in_required", "Please sign in.");
  if (known.length >= MOST_PASSKEYS) throw new Failure("blocked", `There are ${MOST_PASSKEYS} passkeys already.`);
  return passkeyCreation(context, { userId, sessionId, email: account.email, name: account.name });
}

/** What a new passkey gives: the session goes on, and recovery codes when there are none yet. */
export interface PasskeyAdded {
  readonly fresh: FreshSession;
  readonly recoveryCodes: readonly string[];
}

/** Stores the passkey that the browser made. @throws Failure invalid_credentials, already_exists, step_up_required */
export async function addPasskey(
  context: ServiceContext,
  session: OpenSession,
  name: string,
  response: RegistrationResponseJSON,
): Promise<PasskeyAdded> {
  await requireFactorChange(context, session);
  const { actor } = session;
  const made = await checkCreation(context, actor, response);
  if (!made) throw new Failure("invalid_credentials", "The passkey could not be checked. Please try again.");
  return changeIdentity(context, async (tx) => {
    await holdFactors(tx, session);
    if (await findPasskey(tx, made.credentialId)) {
      throw new Failure("already_exists", "This passkey is known already.");
    }
    const id = await insertPasskey(tx, { ...made, name });
    const { recoveryCodesLeft } = await summariseFactors(tx, actor.userId);
    const codes = recoveryCodesLeft === 0 ? await makeCodes(tx, actor.userId) : { codes: [], changes: [] };
    // Making it asked for the person, as showing it would.
    const sessionsEnded = await endBegunSignIns(tx, session);
    const fresh = await advanceSession(context, tx, session, "passkey");
    tx.record(
      makeEvent(
        organisationLog(actor.organisationId),
        tx.now,
        actor,
        {
          action: "factor.enrolled",
          requestId: context.requestId,
          detail: { kind: "passkey", passkeyId: id, sessionsEnded },
        },
        [{ table: "passkey", id }, ...codes.changes],
      ),
    );
    return { fresh, recoveryCodes: codes.codes };
  });
}

/** Gives a passkey another name. @throws Failure not_found */
export async function namePasskey(context: SignedInContext, id: string, name: string): Promise<void> {
  await change(context, id, "factor.renamed", async (tx) => {
    if (!(await renamePasskey(tx, context.actor.userId, id, name))) throw unknownPasskey();
  });
}

/** Removes a passkey, when another factor is left. @throws Failure not_found, blocked, step_up_required */
export async function removePasskey(context: SignedInContext, id: string): Promise<void> {
  await requireStepUp(context);
  await change(context, id, "factor.removed", async (tx) => {
    await holdSessions(tx, context.actor.userId);
    if (!(await deletePasskey(tx, context.actor.userId, id))) throw unknownPasskey();
    if (!hasFactor(await summariseFactors(tx, context.actor.userId))) {
      throw new Failure("blocked", "A second factor is needed. Add another one before you remove this.");
    }
  });
}

function unknownPasskey(): Failure {
  return new Failure("not_found", "You have no such passkey.");
}

async function change(
  context: SignedInContext,
  id: string,
  action: "factor.renamed" | "factor.removed",
  work: (tx: Parameters<Parameters<typeof changeIdentity>[1]>[0]) => Promise<void>,
): Promise<void> {
  const { actor } = context;
  await changeIdentity(context, async (tx) => {
    await work(tx);
    tx.record(
      makeEvent(
        organisationLog(actor.organisationId),
        tx.now,
        actor,
        { action, requestId: context.requestId, detail: { kind: "passkey", passkeyId: id } },
        [{ table: "passkey", id }],
      ),
    );
  });
}
