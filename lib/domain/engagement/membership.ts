import { type EngagementRole, SELF_DECIDER_ROLES } from "@/lib/domain/access/roles";

const WRITERS: readonly EngagementRole[] = ["lead", "contributor"];

/**
 * Why a person cannot be given a role beside those already held, or null. Whoever decides in the QSA's place is
 * never an author, and decides only where no assessor company takes part. Source: access.md, "Roles".
 */
export function roleBarrier(
  role: EngagementRole,
  held: readonly EngagementRole[],
  hasAssessorCompany: boolean,
): string | null {
  if (SELF_DECIDER_ROLES.includes(role) && hasAssessorCompany) {
    return "The assessor company decides in this engagement, so there is no ISA or officer who does.";
  }
  const clashes = SELF_DECIDER_ROLES.includes(role)
    ? held.some((one) => WRITERS.includes(one))
    : WRITERS.includes(role) && held.some((one) => SELF_DECIDER_ROLES.includes(one));
  return clashes ? "Whoever decides over worksheets does not write them: choose another person." : null;
}
