import type { SecurityPolicy } from "@/lib/domain/security/policy";

/** How far a sign-in has come. Only `full` reaches anything beyond the pages that finish it. */
export const SESSION_STAGES = ["factor", "enrol", "change_password", "full"] as const;
export type SessionStage = (typeof SESSION_STAGES)[number];

/** What somebody may show. A passkey with user verification counts as two factors by itself. */
export const SIGN_IN_METHODS = ["password", "totp", "recovery_code", "passkey", "sso", "sso_mfa"] as const;
export type SignInMethod = (typeof SIGN_IN_METHODS)[number];

/** What decides on the stage of a session. */
export interface SignInFacts {
  readonly methods: readonly SignInMethod[];
  /** The person has an authenticator app or a passkey. */
  readonly hasFactor: boolean;
  /** A new password has to be chosen first. */
  readonly mustChangePassword: boolean;
}

/** Whether what was shown is more than one factor. */
export function isMultiFactor(methods: readonly SignInMethod[]): boolean {
  if (methods.includes("passkey") || methods.includes("sso_mfa")) return true;
  const first = methods.includes("password") || methods.includes("sso");
  return first && (methods.includes("totp") || methods.includes("recovery_code"));
}

/**
 * The next step of a sign-in. Nobody gets around the second factor; who has none enrols one before anything else. A
 * factor that was enrolled in this very session counts as shown by that.
 */
export function stageOf({ methods, hasFactor, mustChangePassword }: SignInFacts): SessionStage {
  if (!isMultiFactor(methods)) return hasFactor ? "factor" : "enrol";
  // Single sign-on with the provider's own second factor needs none of ours, nor a password.
  if (!hasFactor && !methods.includes("sso_mfa")) return "enrol";
  return mustChangePassword && !methods.includes("sso") ? "change_password" : "full";
}

/** When a session was made and last used by its person. */
export interface SessionTimes {
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
}

/** The instants at which a session ends, if nobody uses it, and in any case. */
export function sessionEnds(
  times: SessionTimes,
  policy: SecurityPolicy,
): { readonly idle: Date; readonly absolute: Date } {
  return {
    idle: new Date(times.lastSeenAt.getTime() + policy.idleMinutes * 60_000),
    absolute: new Date(times.createdAt.getTime() + policy.absoluteHours * 3_600_000),
  };
}

/** A live session, as far as it matters which of them has to give way. */
export interface HeldSession {
  readonly id: string;
  readonly stage: SessionStage;
  readonly lastSeenAt: Date;
}

/**
 * Which of a person's other sessions end when one comes to a stage, so that no more than the policy's are left. Sign-ins
 * that are not finished give way before finished ones, and never push one out: a password alone ends nobody's work.
 * @returns ids
 */
export function sessionsToEnd(others: readonly HeldSession[], comesTo: SessionStage, most: number): string[] {
  const byUse = [...others].sort((a, b) => b.lastSeenAt.getTime() - a.lastSeenAt.getTime());
  const full = byUse.filter(({ stage }) => stage === "full");
  const unfinished = byUse.filter(({ stage }) => stage !== "full");
  const fullKept = comesTo === "full" ? full.slice(0, most - 1) : full;
  const room = Math.max(0, most - 1 - fullKept.length);
  const kept = new Set([...fullKept, ...unfinished.slice(0, room)]);
  return byUse.filter((session) => !kept.has(session)).map(({ id }) => id);
}

/** Whether a session lives at an instant: at the very end of its time it does not. */
export function isAlive(times: SessionTimes, policy: SecurityPolicy, now: Date): boolean {
  const { idle, absolute } = sessionEnds(times, policy);
  return now < idle && now < absolute;
}
