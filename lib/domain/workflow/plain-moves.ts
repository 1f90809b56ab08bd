/** The moves made by `POST /worksheets/{id}/moves`; signing, refusing and revoking are statements, and
 * so is reopening what was decided on, which the system alone signs here. */
export const PLAIN_MOVES = [
  "submit",
  "approve_internally",
  "send_back",
  "request_changes",
  "withdraw",
  "reopen",
] as const;
