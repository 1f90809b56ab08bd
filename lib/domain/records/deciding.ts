import type { Party } from "@/lib/domain/access/parties";
import type { WorksheetKind } from "@/lib/domain/records/kinds";
import type { WorksheetMove } from "@/lib/domain/workflow/states";

/**
 * Why somebody who decides elsewhere may not sign a kind of document, in words; null when they may. Source: facts 1.6: a
 * customized approach needs a report by a QSA or an ISA.
 */
export function whyNotDecided(kind: WorksheetKind, move: WorksheetMove, party: Party | undefined): string | null {
  if (kind !== "customized_approach" || move !== "sign" || party !== "officer") return null;
  return "A customized approach is signed by a QSA or an ISA, not by an executive officer.";
}
