import type { ServiceContext } from "@/lib/auth/context";
import type { OpenSession } from "@/lib/auth/session";
import { requireStepUp } from "@/lib/auth/step-up";
import { Failure } from "@/lib/contracts/failure";
import { hasFactor, summariseFactors } from "@/lib/data/factors";
import { endSessions, holdSessions } from "@/lib/data/sessions";
import type { IdentityTx } from "@/lib/db/kinds";

/**
 * Who may change factors: somebody at their first sign-in, whose session has come to just that, or somebody signed in
 * who has shown again that it is them.
 * @throws Failure step_up_required, second_factor_required
 */
export async function requireFactorChange(context: ServiceContext, session: OpenSession): Promise<void> {
  if (session.stage === "enrol") return;
  if (session.stage !== "full") throw signInFirst();
  await requireStepUp({ ...context, actor: session.actor });
}

/**
 * Asks again within the transaction that changes them, one at a time for a person: with a password alone nobody adds a
 * factor beside one that was enrolled in another session since.
 * @throws Failure second_factor_required
 */
export async function holdFactors(tx: IdentityTx, { stage, actor }: OpenSession): Promise<void> {
  await holdSessions(tx, actor.userId);
  if (stage === "enrol" && hasFactor(await summariseFactors(tx, actor.userId))) throw signInFirst();
}

/**
 * Ends the person's other sign-ins that are not finished: a first factor was enrolled, and they were begun without it.
 * @returns their ids, for the event
 */
export async function endBegunSignIns(tx: IdentityTx, { stage, actor }: OpenSession): Promise<string[]> {
  return stage === "enrol" ? endSessions(tx, actor.userId, { but: actor.sessionId, unfinished: true }) : [];
}

function signInFirst(): Failure {
  return new Failure("second_factor_required", "Finish signing in first.");
}
