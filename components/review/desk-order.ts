import { ASSESSOR_ROLES, type EngagementRole, SELF_DECIDER_ROLES } from "@/lib/domain/access/roles";
import type { WorksheetState } from "@/lib/domain/workflow/states";

/** The states in which a worksheet waits for somebody with one of the roles. */
export function waitingStates(roles: readonly EngagementRole[], hasAssessor: boolean): ReadonlySet<WorksheetState> {
  const waiting = new Set<WorksheetState>();
  const decides = hasAssessor ? ASSESSOR_ROLES : SELF_DECIDER_ROLES;
  if (roles.some((role) => decides.includes(role))) waiting.add("qsa_review");
  if (roles.includes("internal_reviewer")) waiting.add("internal_review");
  if (roles.includes("lead") || roles.includes("contributor")) {
    for (const state of ["draft", "changes_requested", "refused", "revoked"] as const) waiting.add(state);
  }
  return waiting;
}

/** The order of states in the desk, after what waits for the reader: what is decided comes last. */
export const DESK_ORDER: readonly WorksheetState[] = [
  "qsa_review",
  "internal_review",
  "changes_requested",
  "draft",
  "refused",
  "revoked",
  "signed",
  "withdrawn",
];

/** Compares two requirement numbers as people count: 8.3.4 before 8.3.10, A2 after 12. */
export function compareNumbers(a: string, b: string): number {
  return a.localeCompare(b, "en", { numeric: true });
}
