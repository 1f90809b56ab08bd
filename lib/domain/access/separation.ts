import type { Facts, WorksheetFacts } from "@/lib/domain/access/facts";
import { relationTo } from "@/lib/domain/access/parties";
import { SELF_DECIDER_ROLES } from "@/lib/domain/access/roles";

/**
 * Separation of duties. Source: access.md, footnote 1 and "Roles". The database keeps the same rules by a trigger.
 */

/** True when the person ever wrote text of the worksheet or added evidence to it, whatever their role is today. */
export function isAuthor(facts: Facts, worksheet: WorksheetFacts): boolean {
  return worksheet.authorIds.includes(facts.actor.userId);
}

/** True when an assessor company takes part and the person is not one of its people: the decision is not theirs. */
export function isInsideEntity(facts: Facts): boolean {
  return facts.engagement?.assessorOrganisationId !== null && relationTo(facts) !== "assessor";
}

/**
 * True when the person decides over this engagement's worksheets as ISA or officer, and so never writes them,
 * whichever other role they hold. A QSA needs no such rule: entity roles do not count on the assessor's side.
 */
export function isSelfDecider(facts: Facts): boolean {
  const { engagement } = facts;
  return (
    engagement !== null &&
    engagement.assessorOrganisationId === null &&
    engagement.roles.some((role) => SELF_DECIDER_ROLES.includes(role))
  );
}
