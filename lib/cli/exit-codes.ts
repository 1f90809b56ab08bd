/** How a command ended, for scripts. docs/cli.md lists them. */
export const EXIT = {
  done: 0,
  /** A person has something to decide or put right: a conflict, a file with mistakes, a refusal by the server. */
  refused: 1,
  /** No token, one that is not taken, or one that may not do this. */
  access: 3,
  /** The server did not answer, or failed. */
  unreachable: 4,
  /** The command was not written as it has to be. */
  usage: 64,
  /** A defect of this program. */
  defect: 70,
  interrupted: 130,
} as const;

/** Ends a command with words for the person and a code for scripts. */
export class CliError extends Error {
  override readonly name = "CliError";
  constructor(
    message: string,
    readonly code: (typeof EXIT)[keyof typeof EXIT] = EXIT.refused,
  ) {
    super(message);
  }
}
