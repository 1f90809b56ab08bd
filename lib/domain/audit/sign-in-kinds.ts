import { AUDIT_ACTIONS } from "@/lib/domain/audit/event-labels";
import type { AuditAction } from "@/lib/domain/audit/event-types";

/** What the history of sign-ins can be narrowed to. */
export const SIGN_IN_KINDS = ["sign_in", "failure", "session", "factor", "password", "token", "account"] as const;
export type SignInKind = (typeof SIGN_IN_KINDS)[number];

/** How the kinds are called where one filters by them. */
export const SIGN_IN_KIND_WORDS: Readonly<Record<SignInKind, string>> = {
  sign_in: "Sign-ins",
  failure: "Failures",
  session: "Sessions and confirmations",
  factor: "Second factors",
  password: "Passwords",
  token: "API tokens",
  account: "Changes by administrators",
};

const KINDS: readonly (readonly [SignInKind, RegExp])[] = [
  ["sign_in", /^session\.(started|factor_shown)$|^sso\.glass_broken$/],
  ["failure", /_failed$|^(session|token)\.failed$|^person\.locked$/],
  [
    "account",
    /^person\.(role_changed|disabled|enabled|unlocked|sessions_ended)$|^(password|factor)\.reset_(made|requested|approved|declined)$|^sso\.(linked|account_made)$/,
  ],
  ["session", /^session\./],
  ["factor", /^(factor|recovery_codes)\./],
  ["password", /^password\./],
  ["token", /^token\./],
];

/** The kind that an event belongs to in the history of sign-ins; null when it does not stand there. */
export function signInKindOf(action: string): SignInKind | null {
  return KINDS.find(([, pattern]) => pattern.test(action))?.[0] ?? null;
}

/** The events of a kind, or all that stand in the history. */
export function signInActions(kind: SignInKind | null): readonly AuditAction[] {
  return AUDIT_ACTIONS.filter((action) => {
    const found = signInKindOf(action);
    return kind === null ? found !== null : found === kind;
  });
}
