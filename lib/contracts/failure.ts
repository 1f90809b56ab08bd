import type { Blocker, FieldError, ProblemCode } from "@/lib/contracts/problem";
import type { FileRule } from "@/lib/domain/evidence/file-rules";

/** What a failure carries beside its code and words. */
export interface FailureExtras {
  readonly errors?: readonly FieldError[];
  readonly current?: unknown;
  /** The version that the request was written over, beside `current`. */
  readonly given?: number;
  readonly rule?: FileRule;
  readonly blockers?: readonly Blocker[];
  /** Seconds after which trying again makes sense. */
  readonly retryAfter?: number;
}

/**
 * An expected failure on its way out of a use case: thrown so that the transaction rolls back, turned
 * into a problem reply at one place. Anything else that is thrown is a defect.
 */
export class Failure extends Error {
  override readonly name = "Failure";

  constructor(
    readonly code: ProblemCode,
    message: string,
    readonly extras: FailureExtras = {},
  ) {
    super(message);
  }
}

/** The one answer for what does not exist and for what belongs to others. */
export function notFound(): Failure {
  return new Failure("not_found", "There is nothing here, or nothing that you may see.");
}

/** A failure that belongs to one field of the input. */
export function fieldProblem(path: string, message: string): Failure {
  return new Failure("invalid", message, { errors: [{ path, message }] });
}
