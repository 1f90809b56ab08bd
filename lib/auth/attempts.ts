import { setTimeout as pause } from "node:timers/promises";
import type { ServiceContext } from "@/lib/auth/context";
import { inIdentity } from "@/lib/auth/open";
import { Failure } from "@/lib/contracts/failure";
import { failAttempt, NOBODY, passAttempt, reserveAttempt } from "@/lib/data/sign-in-guard";
import { BUILT_IN_POLICY, type SecurityPolicy } from "@/lib/domain/security/policy";

/** Whom an attempt counts against; null for an account that is not there or not to be used. */
export interface Guarded {
  readonly userId: string;
  readonly policy: SecurityPolicy;
}

/** How an attempt went. `locked` was not compared at all. */
export type AttemptOutcome = "right" | "wrong" | "locked";

/** How often, and how long at most, an attempt waits for others on the same account (milliseconds). */
const LOOK_AGAIN_MS = 40;
const PATIENCE_MS = 12_000;

/**
 * Runs a comparison under the account's guard. The attempt is taken before the comparison, so that of any number of
 * guesses at once no more are compared than the policy allows. A lock compares too, with `taken` false: the same work is
 * to be done against nothing, so that the time tells nothing.
 * @throws Failure unavailable when others keep the account busy
 */
export async function attempt(
  context: ServiceContext,
  guarded: Guarded | null,
  kind: "password" | "code",
  compare: (taken: boolean) => Promise<boolean>,
): Promise<AttemptOutcome> {
  const { userId, policy } = guarded ?? { userId: NOBODY, policy: BUILT_IN_POLICY };
  const taken = await reserve(context, userId, policy);
  let right = false;
  try {
    right = (await compare(taken)) && taken;
  } finally {
    await inIdentity(context, (tx) =>
      right || !taken ? settle(taken, () => passAttempt(tx, userId)) : failAttempt(tx, userId, policy, kind === "code"),
    );
  }
  return taken ? (right ? "right" : "wrong") : "locked";
}

/** Whoever was not let in has nothing to give back. */
async function settle(taken: boolean, pass: () => Promise<void>): Promise<void> {
  if (taken) await pass();
}

async function reserve(context: ServiceContext, userId: string, policy: SecurityPolicy): Promise<boolean> {
  const begun = performance.now();
  for (;;) {
    const reservation = await inIdentity(context, (tx) => reserveAttempt(tx, userId, policy));
    if (reservation !== "busy") return reservation === "taken";
    if (performance.now() - begun > PATIENCE_MS) {
      throw new Failure("unavailable", "Another sign-in to this account is under way. Please try again.", {
        retryAfter: 2,
      });
    }
    // Spread, so that those who wait do not all ask at once.
    await pause(LOOK_AGAIN_MS * (0.5 + Math.random()));
  }
}
