/** What somebody showed to sign in, as it stands in a sentence. */
export const METHOD_WORDS: Readonly<Record<string, string>> = {
  password: "the password",
  totp: "the authenticator app",
  recovery_code: "a recovery code",
  passkey: "a passkey",
  sso: "single sign-on",
};

/** How sessions ended, by the reason that the event tells. */
export const ENDED_WORDS: Readonly<Record<string, (count: number) => string>> = {
  signed_out: () => "signed out",
  too_many: () => "signed in elsewhere, which ended the session used least",
  ended_by_person: (count) => (count === 1 ? "ended another session" : `ended ${count} other sessions`),
};
