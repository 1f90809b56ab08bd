import { api } from "@/lib/client/api";
import type { AccountDto, PasswordResetMadeDto } from "@/lib/contracts/people";

/** What an administrator can do to somebody's account. */
export type AccountAct = "admin" | "member" | "unlock" | "sessions" | "password" | "disable" | "enable";

/** An act in words, and how it is done. */
export interface ActWords {
  /** The entry of the menu. */
  readonly label: string;
  readonly title: (name: string) => string;
  /** What will happen. */
  readonly explanation: string;
  readonly confirm: string;
  readonly danger?: boolean;
  readonly run: (id: string) => Promise<AccountDto | PasswordResetMadeDto>;
}

const path = (id: string, end: string) => `/organisation/people/${id}/${end}`;

/** The acts in the order of the menu. */
export const ACCOUNT_ACTS: Readonly<Record<AccountAct, ActWords>> = {
  unlock: {
    label: "Unlock",
    title: (name) => `Unlock the account of ${name}?`,
    explanation:
      "Its failed attempts are forgotten, and it can be signed in to at once. Make sure that they were the person’s own.",
    confirm: "Unlock",
    run: (id) => api.post(path(id, "unlock"), {}),
  },
  admin: {
    label: "Make administrator",
    title: (name) => `Make ${name} an administrator?`,
    explanation:
      "An administrator changes accounts, roles, invitations and the security policy. The person signs in anew.",
    confirm: "Make administrator",
    run: (id) => api.put(path(id, "role"), { role: "admin" }),
  },
  member: {
    label: "Make member",
    title: (name) => `Make ${name} a member?`,
    explanation: "Rights as an administrator end at once, and so do the sessions. Roles in engagements stay.",
    confirm: "Make member",
    run: (id) => api.put(path(id, "role"), { role: "member" }),
  },
  sessions: {
    label: "End sessions",
    title: (name) => `End all sessions of ${name}?`,
    explanation: "The person is signed out everywhere with the next request, and signs in anew.",
    confirm: "End sessions",
    run: (id) => api.delete<AccountDto>(path(id, "sessions")),
  },
  password: {
    label: "End password…",
    title: (name) => `End the password of ${name}?`,
    explanation:
      "It stops working at once, all sessions end, and API tokens are revoked. A link to choose a new one is made, which works once within a day. Second factors stay.",
    confirm: "End password",
    danger: true,
    run: (id) => api.post(path(id, "password-reset"), {}),
  },
  disable: {
    label: "Disable account…",
    title: (name) => `Disable the account of ${name}?`,
    explanation:
      "All sessions end with it, and nobody signs in to it until it is enabled again. What the person wrote and signed stays.",
    confirm: "Disable",
    danger: true,
    run: (id) => api.put(path(id, "disabled"), { disabled: true }),
  },
  enable: {
    label: "Enable account",
    title: (name) => `Enable the account of ${name}?`,
    explanation: "The person can sign in again, with the password and second factors of before.",
    confirm: "Enable",
    run: (id) => api.put(path(id, "disabled"), { disabled: false }),
  },
};

/** The acts that make sense on an account as it stands. */
export function actsOn(account: AccountDto): readonly AccountAct[] {
  if (account.disabled) return ["enable"];
  return [
    ...(account.locked ? (["unlock"] as const) : []),
    account.role === "admin" ? "member" : "admin",
    "sessions",
    "password",
    "disable",
  ];
}
