/** What a person goes to the identity provider for. The last two happen in a window of their own, beside a page that stays. */
export const SSO_PURPOSES = ["sign_in", "sign_in_again", "step_up"] as const;
export type SsoPurpose = (typeof SSO_PURPOSES)[number];

/** What can come of it, in the address that the person is sent on to. */
export const SSO_TROUBLES = {
  over: "This sign-in was begun too long ago, in another browser, or is finished already. Please begin again.",
  denied: "Your identity provider did not sign you in, or you gave up there.",
  away: "Your identity provider could not be reached. Please try again in a little while.",
  invalid:
    "What your identity provider answered could not be trusted. Please try again; if it stays like this, tell your administrator.",
  refused:
    "Your identity provider knows you, but you have no account here that it opens, or it is locked. Ask an administrator of your organisation.",
  unfresh: "Your identity provider did not ask who you are anew. Please try again, and sign in there.",
  other: "You signed in there as somebody else than you are here. Please try again.",
  off: "Single sign-on is not switched on for your organisation. Sign in with your password.",
  busy: "This could not be finished right now. Please try again in a little while.",
} as const;
export type SsoTrouble = keyof typeof SSO_TROUBLES;

/** The words for a trouble in an address, or null for anything else that may stand there. */
export function ssoTroubleWords(code: unknown): string | null {
  return typeof code === "string" && Object.hasOwn(SSO_TROUBLES, code) ? SSO_TROUBLES[code as SsoTrouble] : null;
}
