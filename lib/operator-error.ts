/**
 * A failure that the person who runs Countervail can put right: its message is one plain sentence that says what to do.
 * Scripts print the message alone, without a stack trace, and end with status 1.
 */
export class OperatorError extends Error {
  override readonly name = "OperatorError";
}
