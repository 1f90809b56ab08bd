import { ASSESSOR_ROLES, ENGAGEMENT_ROLES, type EngagementRole, SELF_DECIDER_ROLES } from "@/lib/domain/access/roles";

/** The roles that people of a side can hold. An ISA or officer decides only where no assessor company takes part. */
export function rolesOfSide(side: "entity" | "assessor", hasAssessor: boolean): readonly EngagementRole[] {
  if (side === "assessor") return ASSESSOR_ROLES;
  return ENGAGEMENT_ROLES.filter(
    (role) => !ASSESSOR_ROLES.includes(role) && !(hasAssessor && SELF_DECIDER_ROLES.includes(role)),
  );
}
