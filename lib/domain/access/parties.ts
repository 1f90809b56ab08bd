import type { TargetKind } from "@/lib/domain/access/actions";
import type { ActorFacts, EngagementFacts, Facts } from "@/lib/domain/access/facts";
import { ASSESSOR_ROLES, ENGAGEMENT_ROLES, type EngagementRole, SELF_DECIDER_ROLES } from "@/lib/domain/access/roles";

/** In what capacity somebody asks: an engagement role, or a standing towards an organisation or the service. */
export type Party = EngagementRole | "entity_admin" | "assessor_admin" | "org_admin" | "org_member" | "operator";

/** How a party is called in a sentence. */
export const PARTY_LABELS: Readonly<Record<Party, string>> = {
  lead: "the engagement's lead",
  contributor: "a contributor",
  internal_reviewer: "an internal reviewer",
  observer: "an observer",
  qsa_lead: "the QSA lead",
  qsa_assistant: "a QSA assistant",
  isa: "the ISA",
  officer: "the executive officer",
  entity_admin: "an administrator of the entity",
  assessor_admin: "an administrator of the assessor company",
  org_admin: "an administrator of the organisation",
  org_member: "a member of the organisation",
  operator: "the operator of the service",
};

/** The side of an engagement that an organisation stands on; null for a stranger. */
export function relationTo(facts: Facts): "entity" | "assessor" | null {
  const { actor, engagement } = facts;
  if (!engagement || actor.organisationId === null || actor.organisationRole === null) return null;
  if (actor.organisationId === engagement.entityOrganisationId) return "entity";
  return actor.organisationId === engagement.assessorOrganisationId ? "assessor" : null;
}

/**
 * The capacities in which a person may act on a target of some kind. Empty means a stranger, to whom the target
 * does not exist. Roles count only on their own side: a QSA role held by the entity's people, or an ISA where an
 * assessor company takes part, gives nothing; nor do an assessor company's roles before it accepted. Roles come in the order
 * of `ENGAGEMENT_ROLES`, whatever order they were given in: somebody who is ISA and officer decides as the ISA.
 */
export function partiesOf(facts: Facts, kind: TargetKind, organisationId: string | null): readonly Party[] {
  if (facts.actor.operator) return ["operator"];
  switch (kind) {
    case "service":
      return [];
    case "organisation":
    case "person":
      return organisationParties(facts.actor, organisationId);
    default:
      return facts.engagement ? engagementParties(facts, facts.engagement) : [];
  }
}

function organisationParties(actor: ActorFacts, organisationId: string | null): readonly Party[] {
  if (actor.organisationRole === null || actor.organisationId !== organisationId) return [];
  return actor.organisationRole === "admin" ? ["org_admin", "org_member"] : ["org_member"];
}

function engagementParties(facts: Facts, engagement: EngagementFacts): readonly Party[] {
  const isAdmin = facts.actor.organisationRole === "admin";
  const { assessorAccepted, assessorOrganisationId } = engagement;
  const roles = ENGAGEMENT_ROLES.filter((role) => engagement.roles.includes(role));
  switch (relationTo(facts)) {
    case "entity": {
      const counting = roles.filter((role) => countsForEntity(role, assessorOrganisationId));
      return isAdmin ? [...counting, "entity_admin"] : counting;
    }
    case "assessor": {
      const counting = assessorAccepted ? roles.filter((role) => ASSESSOR_ROLES.includes(role)) : [];
      return isAdmin ? [...counting, "assessor_admin"] : counting;
    }
    case null:
      return [];
  }
}

function countsForEntity(role: EngagementRole, assessorOrganisationId: string | null): boolean {
  if (ASSESSOR_ROLES.includes(role)) return false;
  return assessorOrganisationId === null || !SELF_DECIDER_ROLES.includes(role);
}
