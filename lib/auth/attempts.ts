import { createHash } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { ServiceContext } from "@/lib/auth/context";
import { makeEvent, organisationLog } from "@/lib/auth/events";
import { inIdentity } from "@/lib/auth/open";
import { Failure } from "@/lib/contracts/failure";
import { failAttempt, type LockedBy, NOBODY, passAttempt, reserveAttempt } from "@/lib/data/sign-in-guard";
import type { IdentityTx } from "@/lib/db/kinds";
import { BUILT_IN_POLICY, type SecurityPolicy } from "@/lib/domain/security/policy";

/** Whom an attempt counts against. */
export interface Guarded {
  readonly userId: string;
  readonly organisationId: string | null;
  readonly policy: SecurityPolicy;
}

/** How an attempt went. `locked` was not compared at all. */
export type AttemptOutcome = "right" | "wrong" | "locked";

/** An attempt on an account that is not there, by what was typed: as many at once go on as on one that is. */
export interface Unknown {
  readonly typed: string;
}

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
  guarded: Guarded | Unknown,
  kind: "password" | "code",
  compare: (taken: boolean) => Promise<boolean>,
): Promise<AttemptOutcome> {
  const known = "userId" in guarded ? guarded : null;
  const { userId, policy } = known ?? { userId: NOBODY, policy: BUILT_IN_POLICY };
  const leave = known ? () => undefined : await enterUnknown((guarded as Unknown).typed, policy.maxFailures);
  const taken = await reserve(context, userId, policy);
  let right = false;
  try {
    right = (await compare(taken)) && taken;
  } finally {
    leave();
    await inIdentity(context, async (tx) => {
      // Whoever was not let in has nothing to give back.
      if (taken && right) await passAttempt(tx, userId);
      if (taken && !right) recordLock(context, tx, known, await failAttempt(tx, userId, policy, kind === "code"));
    });
  }
  return taken ? (right ? "right" : "wrong") : "locked";
}

function recordLock(context: ServiceContext, tx: IdentityTx, guarded: Guarded | null, by: LockedBy | null): void {
  if (!guarded?.organisationId || by === null) return;
  const body = {
    action: "person.locked",
    requestId: context.requestId,
    detail: { personId: guarded.userId, by },
  } as const;
  tx.record(makeEvent(organisationLog(guarded.organisationId), tx.now, null, body));
}

/** How many attempts are under way on each address that has no account to count at, by the address's hash. */
const underWay = new Map<string, number>();

/**
 * Lets as many attempts on an unknown address go on at once as the guard lets on a known account; the others wait, so that
 * the time of a burst does not tell which it is.
 * @returns what ends the attempt
 * @throws Failure unavailable
 */
async function enterUnknown(typed: string, most: number): Promise<() => void> {
  const key = createHash("sha256").update(typed).digest("base64");
  const begun = performance.now();
  while ((underWay.get(key) ?? 0) >= most) await waitForOthers(begun);
  underWay.set(key, (underWay.get(key) ?? 0) + 1);
  return () => {
    const left = (underWay.get(key) ?? 1) - 1;
    if (left > 0) underWay.set(key, left);
    else underWay.delete(key);
  };
}

async function reserve(context: ServiceContext, userId: string, policy: SecurityPolicy): Promise<boolean> {
  const begun = performance.now();
  for (;;) {
    const reservation = await inIdentity(context, (tx) => reserveAttempt(tx, userId, policy));
    if (reservation !== "busy") return reservation === "taken";
    await waitForOthers(begun);
  }
}

async function waitForOthers(begun: number): Promise<void> {
  if (performance.now() - begun > PATIENCE_MS) {
    throw new Failure("unavailable", "Too many sign-ins at once. Please try again.", { retryAfter: 2 });
  }
  // Spread, so that those who wait do not all ask at once.
  await pause(LOOK_AGAIN_MS * (0.5 + Math.random()));
}
