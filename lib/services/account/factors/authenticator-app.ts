import { attempt } from "@/lib/auth/attempts";
import type { ServiceContext, SignedInContext } from "@/lib/auth/context";
import { makeEvent, organisationLog } from "@/lib/auth/events";
import { newTotpSecret, totpAddress, totpStepOf } from "@/lib/auth/factors/totp";
import { changeIdentity, inIdentity } from "@/lib/auth/open";
import { recordWrong, totpPlace } from "@/lib/auth/second-factor";
import type { OpenSession } from "@/lib/auth/session";
import { advanceSession, type FreshSession } from "@/lib/auth/sign-in";
import { requireStepUp } from "@/lib/auth/step-up";
import type { TotpStartDto } from "@/lib/contracts/factors";
import { Failure, fieldProblem } from "@/lib/contracts/failure";
import { findAccountOf } from "@/lib/data/credentials";
import {
  confirmTotp,
  deleteTotp,
  findTotp,
  hasFactor,
  storeTotp,
  summariseFactors,
  takeTotpStep,
} from "@/lib/data/factors";
import { holdSessions } from "@/lib/data/sessions";
import type { IdentityTx } from "@/lib/db/kinds";
import { makeCodes } from "@/lib/services/account/factors/recovery-codes";
import { endBegunSignIns, holdFactors, requireFactorChange } from "@/lib/services/account/factors/right";

/**
 * Makes a seed for an authenticator app, which counts once a code of it was entered. One that was confirmed stays in use
 * until the new one is; it is replaced only after it was removed.
 * @throws Failure already_exists, step_up_required
 */
export async function beginApp(context: ServiceContext, session: OpenSession): Promise<TotpStartDto> {
  await requireFactorChange(context, session);
  const { userId, organisationId } = session.actor;
  const secret = newTotpSecret();
  const email = await changeIdentity(context, async (tx) => {
    await holdFactors(tx, session);
    const account = await findAccountOf(tx, userId);
    if (!account) throw new Failure("sign_in_required", "Please sign in.");
    if ((await findTotp(tx, userId))?.confirmed) {
      throw new Failure("already_exists", "An authenticator app is set up already. Remove it first.");
    }
    await storeTotp(tx, session.actor, await context.secrets.seal(tx, totpPlace(userId, organisationId), secret));
    tx.record(
      makeEvent(
        organisationLog(organisationId),
        tx.now,
        session.actor,
        { action: "factor.begun", requestId: context.requestId, detail: { kind: "totp" } },
        [{ table: "totp_factor", id: userId }],
      ),
    );
    return account.email;
  });
  return { secret: secret.replace(/(.{4})(?=.)/g, "$1 "), address: totpAddress(secret, email) };
}

/** What the first code of an app gives: the session goes on, and recovery codes when there are none yet. */
export interface AppConfirmed {
  readonly fresh: FreshSession;
  readonly recoveryCodes: readonly string[];
}

/** Takes the first code of an app. Wrong ones count towards the lock. @throws Failure invalid, wrong_state, step_up_required */
export async function confirmApp(context: ServiceContext, session: OpenSession, code: string): Promise<AppConfirmed> {
  await requireFactorChange(context, session);
  const { actor, policy } = session;
  const { userId, organisationId } = actor;
  let confirmed: AppConfirmed | null = null;
  const outcome = await attempt(context, { userId, organisationId, policy }, "code", async (taken) => {
    if (!taken) return false;
    const { begun, step } = await inIdentity(context, async (tx) => {
      const begun = await requireBegun(tx, userId);
      const secret = await context.secrets.unseal(tx, totpPlace(userId, organisationId), begun);
      return { begun, step: await totpStepOf(secret, code.replace(/\s/g, ""), tx.now) };
    });
    if (step === null) return false;
    confirmed = await changeIdentity(context, async (tx) => {
      await holdFactors(tx, session);
      if ((await requireBegun(tx, userId)) !== begun) throw fieldProblem("code", "The app was set up anew meanwhile.");
      if (!(await takeTotpStep(tx, userId, step))) throw fieldProblem("code", "This code was used already.");
      await confirmTotp(tx, userId);
      const { recoveryCodesLeft } = await summariseFactors(tx, userId);
      const codes = recoveryCodesLeft === 0 ? await makeCodes(tx, userId) : { codes: [], changes: [] };
      const sessionsEnded = await endBegunSignIns(tx, session);
      const fresh = await advanceSession(context, tx, session, "totp");
      tx.record(
        makeEvent(
          organisationLog(organisationId),
          tx.now,
          actor,
          { action: "factor.enrolled", requestId: context.requestId, detail: { kind: "totp", sessionsEnded } },
          [{ table: "totp_factor", id: userId }, ...codes.changes],
        ),
      );
      return { fresh, recoveryCodes: codes.codes };
    });
    return true;
  });
  if (!confirmed) {
    await recordWrong(context, session, "totp", outcome === "locked");
    throw fieldProblem(
      "code",
      "That is not the code of this app now. Check the time of the phone, then try the next code.",
    );
  }
  return confirmed;
}

/** The sealed seed of an app that waits for its first code. @throws Failure wrong_state */
async function requireBegun(tx: IdentityTx, userId: string): Promise<string> {
  const begun = await findTotp(tx, userId);
  if (begun && !begun.confirmed) return begun.secret;
  throw new Failure("wrong_state", "Begin to set up an authenticator app first.");
}

/** Removes the app, when a passkey is left. @throws Failure blocked, not_found, step_up_required */
export async function removeApp(context: SignedInContext): Promise<void> {
  await requireStepUp(context);
  const { actor } = context;
  await changeIdentity(context, async (tx) => {
    await holdSessions(tx, actor.userId);
    if (!(await deleteTotp(tx, actor.userId))) throw new Failure("not_found", "No authenticator app is set up.");
    if (!hasFactor(await summariseFactors(tx, actor.userId))) {
      throw new Failure("blocked", "A second factor is needed. Add a passkey before you remove the app.");
    }
    tx.record(
      makeEvent(
        organisationLog(actor.organisationId),
        tx.now,
        actor,
        { action: "factor.removed", requestId: context.requestId, detail: { kind: "totp" } },
        [{ table: "totp_factor", id: actor.userId }],
      ),
    );
  });
}
