import { Failure } from "@/lib/contracts/failure";
import { type ApplyPlanInput, MOST_SAVES } from "@/lib/contracts/oscal-import";

/** How many saves an import takes; opening a worksheet is one, and answers its gate. */
function countSaves({ worksheets, rows }: Pick<ApplyPlanInput, "worksheets" | "rows">): number {
  const saves = worksheets.map(
    ({ parts, evidence, reasons, eligibility }) =>
      parts.length + evidence.length + reasons.length + (eligibility === null ? 0 : 1),
  );
  return saves.reduce((sum, one) => sum + one, rows.length);
}

/** All of an import is one transaction, so it has a limit. @throws Failure too_large */
export function requireSaves(input: ApplyPlanInput): void {
  const all = countSaves(input);
  if (all <= MOST_SAVES) return;
  throw new Failure("too_large", `These are ${all} saves; at most ${MOST_SAVES} are made at once. ${adviceFor(input)}`);
}

/** A preview gives no worksheet more saves than are made at once, but a program may. */
function adviceFor({ worksheets, rows }: ApplyPlanInput): string {
  return worksheets.length + rows.length > 1
    ? "Choose fewer worksheets and fixes, then import the plan again for the others."
    : "Take in a part of its evidence and reasons, then import the plan again for the rest.";
}
