import { ApiProblem } from "@/lib/client/errors";
import type { FieldError } from "@/lib/contracts/problem";

/** The bad fields that a 422 names; empty for any other error. */
export function fieldErrors(error: unknown): readonly FieldError[] {
  return error instanceof ApiProblem ? (error.problem.errors ?? []) : [];
}

/**
 * Hands each bad field to a form's `setError` when the form has it. Returns true when every complaint
 * found its field, so that nothing is left to say above the form.
 */
export function placeFieldErrors(
  error: unknown,
  fields: readonly string[],
  setError: (field: string, message: string) => void,
): boolean {
  const errors = fieldErrors(error);
  const placed = errors.filter(({ path }) => fields.includes(path));
  for (const { path, message } of placed) setError(path, message);
  return errors.length > 0 && placed.length === errors.length;
}
