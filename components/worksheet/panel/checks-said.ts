import type { Checks } from "@/components/worksheet/panel/use-checks";
import { type Finding, findingsIn } from "@/lib/domain/rigour/finding";
import { isNotEvaluated, wantingReason } from "@/lib/domain/rigour/reasons";

/** What the rules and the gate said. */
export type Said = NonNullable<Checks["said"]>;

/** What is listed: what the rules found, and the rules that failed and want a reason. What the gate says stands at its questions. */
export function shownFindings({ outcomes, stops }: Said): readonly Finding[] {
  const gate = new Set(stops.map(({ message }) => message));
  const failed = wantingReason(outcomes).filter(({ key }) => isNotEvaluated(key));
  return [...failed, ...findingsIn(outcomes).filter(({ message }) => !gate.has(message))];
}

/** How much there is to see to: what is listed, and what the gate stops at. */
export function toSeeTo(said: Said): number {
  return shownFindings(said).length + said.stops.length;
}
