import type { EngagementRole } from "@/lib/domain/access/roles";

// A contributor has rows of their own and a reviewer what was submitted; what is open as a whole is the lead's.
const ENTITY_HANDS: readonly EngagementRole[] = ["lead"];
const DECIDING_HANDS: readonly EngagementRole[] = ["qsa_lead", "qsa_assistant", "isa", "officer"];

/** The words after the two counts of open rows, as seen by a person with these roles. */
export function turnWords(
  roles: readonly EngagementRole[],
  hasAssessor: boolean,
): { readonly entity: string; readonly decider: string } {
  const has = (hands: readonly EngagementRole[]) => roles.some((role) => hands.includes(role));
  return {
    entity: has(ENTITY_HANDS) ? "need you" : "with the entity",
    decider: has(DECIDING_HANDS) ? "need you" : hasAssessor ? "at the assessor" : "at the decider",
  };
}
