import { ACTIONS, type Action } from "@/lib/domain/access/actions";

/** What an API token is for: reading, or reading and writing. */
export const TOKEN_SCOPES = ["read", "write"] as const;
export type TokenScope = (typeof TOKEN_SCOPES)[number];

/** The token behind a request, as a decision sees it. */
export interface TokenFacts {
  readonly scope: TokenScope;
  /** Whether the token reaches where the target lies; one for chosen engagements reaches nothing outside of them. */
  readonly reaches: boolean;
}

/** Why a token's person might do what the token may not. */
export type TokenDenial = "token_act" | "token_scope" | "token_reach";

/** What is said of it: what is in the way, and what to do. */
export const TOKEN_REASONS: Readonly<Record<TokenDenial, string>> = {
  token_act: "No API token can do this. Sign in to do it.",
  token_scope: "This API token only reads. Use one of scope “write”.",
  token_reach: "This API token is limited to chosen engagements. Use one for all of your engagements.",
};

/**
 * What a token may do of what its person may: the scope that it takes, or null for what no token does. Decisions over
 * somebody's work, people, factors and settings want a person with a second factor.
 */
export const TOKEN_ACTIONS: Readonly<Record<Action, TokenScope | null>> = {
  "service.settings": null,
  "organisation.read": "read",
  "organisation.settings": null,
  "organisation.invite": null,
  "organisation.accounts": null,
  "organisation.people": null,
  "organisation.services": null,
  "organisation.trail": "read",
  "organisation.trail_export": null,
  "engagement.create": "write",
  "engagement.read": "read",
  "engagement.settings": null,
  "engagement.roll_forward": null,
  "engagement.people": null,
  "assessor.invite": null,
  "assessor.accept": null,
  "assessor.staff": null,
  "scope.read": "read",
  "scope.answer": "write",
  "disposition.read": "read",
  "disposition.add": "write",
  "disposition.decide": "write",
  "control.read": "read",
  "control.write": "write",
  "readiness.read": "read",
  "worksheet.create": "write",
  "record.open": "write",
  "worksheet.read": "read",
  "worksheet.edit": "write",
  "worksheet.assign": "write",
  "evidence.add": "write",
  "evidence.change": "write",
  "evidence.remove": "write",
  "control.share": "write",
  "finding.override": "write",
  "criteria.answer": "write",
  "criteria.propose": "write",
  "criteria.decide": null,
  "worksheet.submit": "write",
  "worksheet.approve_internally": null,
  "worksheet.send_back": "write",
  "worksheet.request_changes": "write",
  "worksheet.sign": null,
  "worksheet.refuse": null,
  "worksheet.withdraw": "write",
  "worksheet.revoke": null,
  "worksheet.reopen": null,
  "comment.shared": "write",
  "comment.private": "write",
  "thread.read": "read",
  "thread.reply": "write",
  "thread.resolve": "write",
  "worksheet.export": "read",
  "workbook.import": "write",
  "workbook.export": "read",
  "engagement.export_all": null,
  "trail.read": "read",
  "trail.export": null,
};

/** Why a token may not do this, or null where it may if its person does. */
export function tokenDenial(token: TokenFacts, action: Action): TokenDenial | null {
  const wanted = TOKEN_ACTIONS[action];
  if (wanted === null) return "token_act";
  if (!token.reaches) return "token_reach";
  return wanted === "write" && token.scope === "read" ? "token_scope" : null;
}

/** Whether what lies outside of a token's engagements is to look absent: its own organisation it may know of. */
export function looksAbsent(token: TokenFacts | null, action: Action): boolean {
  const kind = ACTIONS[action];
  return token?.reaches === false && kind !== "organisation" && kind !== "person" && kind !== "service";
}
