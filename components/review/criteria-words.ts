import type { CriteriaDto } from "@/lib/contracts/criteria";
import type { HeldMove, MovePermission, WorksheetPermissions } from "@/lib/contracts/worksheet";

/** What may be done, and what has to wait and why. */
interface Moves {
  readonly moves: readonly MovePermission[];
  readonly held: readonly HeldMove[];
}

/** Nothing may be done on this text. */
export const NO_MOVES: Moves = { moves: [], held: [] };

/** How far the criteria are decided; null where there is nothing to decide. */
export function tallyWords(criteria: CriteriaDto | null): string | null {
  return criteria && `Criteria ${criteria.tally.decided} of ${criteria.tally.total} decided`;
}

/** The moves, without the signature while a criterion is in its way; then it is said which stand there. */
export function withoutSignature(
  { moves, held }: WorksheetPermissions,
  { criteria, failed }: { readonly criteria: CriteriaDto | null; readonly failed: boolean },
): Moves {
  const missing = failed ? "The criteria could not be loaded. Try again there." : "The criteria are not loaded yet.";
  const reason = criteria ? criteria.whyNotSigned : missing;
  if (reason === null || !moves.some(({ move }) => move === "sign")) return { moves, held };
  return { moves: moves.filter(({ move }) => move !== "sign"), held: [...held, { move: "sign", reason }] };
}
