import { Failure } from "@/lib/contracts/failure";
import type { ThreadFailure } from "@/lib/render/thread";
import { orUnreadable } from "@/lib/storage/storage-failure";

/** What people are told of one kind of job that a thread did not do, each a whole sentence. */
export interface ThreadWords {
  /** Others are at it: it passes by itself. */
  readonly busy: string;
  readonly late: (seconds: number) => string;
  readonly tooMuch: string;
  readonly givenUp: string;
  /** The program, and what was not done: for the log alone. */
  readonly program: string;
  readonly undone: string;
}

/** The failure of a job that its time did not do for: another try may, and no number of them has to. */
export class OutOfTime extends Failure {}

/**
 * The failure of a job as people are told it. What only an operator can mend is an error, which is logged and not shown.
 * @param where the worksheet that it was at, in words; empty for none
 */
export function threadFailure(failure: ThreadFailure, words: ThreadWords, where = ""): Error {
  const at = where === "" ? "" : ` It was at: ${where.replace(/,$/, "")}.`;
  switch (failure.kind) {
    case "busy":
      return new Failure("unavailable", words.busy, { retryAfter: 5 });
    case "timeout":
      return new OutOfTime("unavailable", words.late(failure.seconds) + at, { retryAfter: 30 });
    case "memory":
      return new Failure("too_large", words.tooMuch + at);
    case "cancelled":
      return new Failure("unavailable", words.givenUp, { retryAfter: 1 });
    case "not_built":
      return new Error(`${words.program} is missing: ${failure.path}`);
    case "failed":
      return failed(failure, `${words.undone}: ${failure.message}${at}`);
  }
}

/** What a thread could not read, as it may be again, is waited for. */
function failed({ code }: ThreadFailure & { readonly kind: "failed" }, message: string): Error {
  return orUnreadable(code === undefined ? new Error(message) : Object.assign(new Error(message), { code }));
}
