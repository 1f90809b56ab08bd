import type { AuthenticationResponseJSON } from "@simplewebauthn/server";
import { attempt } from "@/lib/auth/attempts";
import { requireActor, type SignedInContext } from "@/lib/auth/context";
import { answerDenial } from "@/lib/auth/denial";
import { makeEvent, organisationLog } from "@/lib/auth/events";
import { checkShown } from "@/lib/auth/factors/passkey";
import { amongAccounts, changeIdentity, inIdentity } from "@/lib/auth/open";
import { passwordMatches } from "@/lib/auth/password";
import { codeIsTaken, notePasskey, orLocked, requireUnlocked } from "@/lib/auth/second-factor";
import { newToken, tokenHash } from "@/lib/auth/session-token";
import { Failure } from "@/lib/contracts/failure";
import { type AccountRow, findAccountOf } from "@/lib/data/credentials";
import { renewSession, spendStepUp } from "@/lib/data/sessions";
import { clearFailures } from "@/lib/data/sign-in-guard";
import type { IdentityTx, ScopedTx } from "@/lib/db/kinds";
import type { ChangedRow } from "@/lib/db/transactions";
import { isSteppedUp, STEP_UP_MS } from "@/lib/domain/security/step-up";

/** What somebody shows again before a weighty act: any one of what the account has. */
export type StepUpProof =
  | { readonly password: string }
  | { readonly code: string }
  | { readonly passkey: AuthenticationResponseJSON };

/** A step-up that was made: until when it holds, and the session's new token. */
export interface SteppedUp {
  readonly until: Date;
  readonly token: string;
}

/**
 * Takes a proof again before a weighty act; wrong passwords and codes count towards the lock.
 * @throws Failure invalid_credentials
 */
export async function stepUp(context: SignedInContext, proof: StepUpProof): Promise<SteppedUp> {
  const { userId } = requireActor(context);
  const account = await inIdentity(context, (tx) => findAccountOf(tx, userId));
  if (!account) throw new Failure("sign_in_required", "Please sign in.");
  const token = newToken();
  const right = await isRight(context, account, proof, token);
  if (!right) {
    await changeIdentity(context, async (tx) => record(context, tx, "session.step_up_failed", []));
    throw new Failure(
      "invalid_credentials",
      "That is not right, was used already, or the account is locked after too many failed attempts.",
    );
  }
  return { until: new Date(context.clock().getTime() + STEP_UP_MS), token };
}

async function isRight(
  context: SignedInContext,
  account: AccountRow,
  proof: StepUpProof,
  token: string,
): Promise<boolean> {
  const note = async (tx: IdentityTx, rows: readonly ChangedRow[]) => {
    await clearFailures(tx, account.userId);
    await renewSession(tx, context.actor.sessionId, { tokenHash: tokenHash(token), stepUpAt: tx.now });
    record(context, tx, "session.stepped_up", rows);
  };
  if ("passkey" in proof) {
    const shown = await checkShown(context, "step_up", context.actor, proof.passkey);
    if (!shown) return false;
    return changeIdentity(context, async (tx) => {
      await requireUnlocked(tx, account.userId);
      await note(tx, [await notePasskey(tx, shown)]);
      return true;
    }).catch(orLocked(false));
  }
  if ("code" in proof) {
    const outcome = await attempt(context, account, "code", async (taken) =>
      taken ? codeIsTaken(context, context, "totp", proof.code, (tx, row) => note(tx, [row])) : false,
    );
    return outcome === "right";
  }
  const outcome = await attempt(context, account, "password", (taken) =>
    passwordMatches(taken ? account.passwordHash : null, proof.password),
  );
  if (outcome === "right") await changeIdentity(context, (tx) => note(tx, []));
  return outcome === "right";
}

function record(
  context: SignedInContext,
  tx: IdentityTx,
  action: "session.stepped_up" | "session.step_up_failed",
  changes: readonly ChangedRow[],
): void {
  const { actor } = context;
  tx.record(
    makeEvent(
      organisationLog(actor.organisationId),
      tx.now,
      actor,
      { action, requestId: context.requestId, detail: { sessionId: actor.sessionId } },
      changes,
    ),
  );
}

/**
 * Uses up the step-up, so that each signature takes one of its own; of two acts at once
 * only one finds it. @throws Failure step_up_required when it was used meanwhile
 */
export async function consumeStepUp(tx: ScopedTx): Promise<void> {
  const { sessionId, stepUpAt } = tx.actor;
  const used = stepUpAt !== null && (await amongAccounts(tx, (identity) => spendStepUp(identity, sessionId, stepUpAt)));
  if (!used) throw stepUpRequired();
}

/**
 * Refuses a change of one's own second factors, or a new token, without a step-up of the last minutes; that is a denial, and so an event.
 * @throws Failure step_up_required
 */
export async function requireStepUp(
  context: SignedInContext,
  action: "account.factors" | "account.tokens" = "account.factors",
): Promise<void> {
  const actor = requireActor(context);
  if (isSteppedUp(actor.stepUpAt?.getTime() ?? null, context.clock().getTime())) return;
  const attempted = { action, reference: { personId: actor.userId } } as const;
  throw await answerDenial(context, actor, attempted, stepUpRequired());
}

function stepUpRequired(): Failure {
  return new Failure("step_up_required", "Show again that it is you, to go on.");
}
