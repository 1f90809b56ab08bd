/** The states of a worksheet. Validity of a signature is derived, never a state of its own. */
export const WORKSHEET_STATES = [
  "draft",
  "internal_review",
  "qsa_review",
  "changes_requested",
  "signed",
  "refused",
  "withdrawn",
  "revoked",
] as const;

/** Where a worksheet stands. */
export type WorksheetState = (typeof WORKSHEET_STATES)[number];

/** The moves a person can make with a worksheet. */
export const WORKSHEET_MOVES = [
  "submit",
  "approve_internally",
  "send_back",
  "request_changes",
  "sign",
  "refuse",
  "withdraw",
  "revoke",
  "reopen",
] as const;

/** A named move between states. */
export type WorksheetMove = (typeof WORKSHEET_MOVES)[number];
