import { Failure } from "@/lib/contracts/failure";
import type { FileRefusal } from "@/lib/domain/evidence/file-rules";
import type { Result } from "@/lib/domain/result";
import type { CardNumberPlace } from "@/lib/storage/inspect/text";

/** The value of a check, or its refusal as a failure beside the file's field. @throws Failure file_refused */
export function orRefused<T>(checked: Result<T, FileRefusal>): T {
  if (checked.ok) return checked.value;
  const { rule, words } = checked.error;
  throw new Failure("file_refused", words, { rule, errors: [{ path: "file", message: words }] });
}

/** The question whether something is a card number, which nobody wants to store here. */
export function cardNumberQuestion(places: readonly CardNumberPlace[]): Failure {
  const where = places.map(({ line, lastFour }) => `Line ${line}: a number that ends in ${lastFour}.`);
  return new Failure(
    "card_number_suspected",
    "This looks like card numbers. Countervail must hold none: take them out, or mask all but the last four digits. If they are something else, say so and it is stored; that is recorded.",
    { errors: where.map((message) => ({ path: "file", message })) },
  );
}
