import type { AnyTarget, Facts, WorksheetFacts } from "@/lib/domain/access/facts";
import { isAuthor, isInsideEntity, isSelfDecider } from "@/lib/domain/access/separation";
import { isSteppedUp } from "@/lib/domain/security/step-up";

/** What a right may hang on beside the role. */
export type Condition =
  | "assigned"
  | "own_row"
  | "own_signature"
  | "submitted_revision"
  | "signed_revision"
  | "opener_side"
  | "not_withdrawn"
  | "not_an_author"
  | "outside_the_entity"
  | "not_the_decider"
  | "not_own_role"
  | "accepted"
  | "not_yet_accepted"
  | "leads_engagements"
  | "step_up";

/** What is said to somebody whose right fails on a condition: what is in the way, and whom to ask. */
export const CONDITION_REASONS: Readonly<Record<Condition, string>> = {
  assigned: "This worksheet is not assigned to you. Ask the engagement's lead to assign it.",
  own_row: "This requirement belongs to somebody else. Ask the engagement's lead to make you its owner.",
  own_signature: "Only the person who signed can revoke the signature.",
  submitted_revision: "Nothing of this worksheet was submitted yet. It can be read when the entity submits it.",
  signed_revision: "This worksheet is not signed. Observers read it once it is; ask the engagement's lead.",
  opener_side: "The assessor opened this thread, and only the assessor can resolve it.",
  not_withdrawn: "The entity withdrew this worksheet; only its lead can take it up again.",
  not_an_author:
    "You wrote part of this worksheet or added evidence to it, so somebody else has to decide. Ask another reviewer.",
  outside_the_entity: "The assessor company decides in this engagement. Ask the QSA lead.",
  not_the_decider:
    "You decide over the worksheets of this engagement, so somebody else has to write them. Ask its lead.",
  not_own_role: "Nobody changes their own role. Ask another administrator or lead.",
  accepted: "The assessor company has not accepted this engagement yet. Its administrator has to accept first.",
  not_yet_accepted: "The assessor company has accepted this engagement already.",
  leads_engagements: "Engagements are created by an administrator or by somebody who leads one. Ask an administrator.",
  step_up: "Show again that it is you, to go on.",
};

/** Judges a condition. A condition that has no meaning for the kind of target fails: the policy fails closed. */
export function holds(condition: Condition, facts: Facts, target: AnyTarget): boolean {
  const worksheet = worksheetOf(target);
  switch (condition) {
    case "assigned":
      return worksheet?.assigneeIds.includes(facts.actor.userId) ?? false;
    case "own_row":
      return target.kind === "row" && target.facts.ownerId === facts.actor.userId;
    case "own_signature":
      return worksheet?.signerId === facts.actor.userId;
    case "submitted_revision":
      return worksheet?.hasSubmittedRevision ?? false;
    case "signed_revision":
      return worksheet?.hasSignedRevision ?? false;
    case "opener_side":
      return target.kind === "thread" && target.facts.openerOrganisationId === facts.actor.organisationId;
    case "not_withdrawn":
      return worksheet !== null && worksheet.state !== "withdrawn";
    case "not_an_author":
      return worksheet !== null && !isAuthor(facts, worksheet);
    case "outside_the_entity":
      return facts.engagement !== null && !isInsideEntity(facts);
    case "not_the_decider":
      return facts.engagement !== null && !isSelfDecider(facts);
    case "not_own_role":
      return (target.kind === "person" || target.kind === "member") && target.facts.personId !== facts.actor.userId;
    case "accepted":
      return facts.engagement?.assessorAccepted ?? false;
    case "not_yet_accepted":
      return facts.engagement?.assessorAccepted === false;
    case "leads_engagements":
      return facts.actor.leadsEngagements;
    case "step_up":
      return isSteppedUp(facts.actor.stepUpAt, facts.now);
  }
}

function worksheetOf(target: AnyTarget): WorksheetFacts | null {
  if (target.kind === "worksheet") return target.facts;
  return target.kind === "thread" ? target.facts.worksheet : null;
}
