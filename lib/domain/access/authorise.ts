import { ACTIONS, type Action } from "@/lib/domain/access/actions";
import { CONDITION_REASONS, type Condition, holds } from "@/lib/domain/access/conditions";
import type { AnyTarget, Facts, TargetOf } from "@/lib/domain/access/facts";
import { PARTY_LABELS, type Party, partiesOf, relationTo } from "@/lib/domain/access/parties";
import { POLICY, type View } from "@/lib/domain/access/policy";
import { ASSESSOR_ROLES, SELF_DECIDER_ROLES } from "@/lib/domain/access/roles";
import { looksAbsent, TOKEN_REASONS, type TokenDenial, tokenDenial } from "@/lib/domain/access/token-rights";
import { err, ok, type Result } from "@/lib/domain/result";

/** A right that was found, with the capacity that gave it and how much it shows. */
export interface Permission {
  readonly action: Action;
  readonly as: Party;
  readonly view: View;
}

/**
 * A right that was not found. `visible` false means that the target must look absent (404); otherwise the answer is
 * 403 with the reason. `step_up` alone is mended by showing again who it is.
 */
export interface Denial {
  readonly action: Action;
  readonly visible: boolean;
  readonly code: "not_visible" | "not_allowed" | Condition | TokenDenial;
  readonly reason: string;
}

const VIEW_WIDTH: Readonly<Record<View, number>> = { signed: 0, submitted: 1, all: 2 };

/**
 * Decides whether somebody may do something, by role and history. Whether the worksheet's state allows it is the
 * transition table's question (409), asked afterwards. Of several roles the one that shows most is used; separation
 * of duties is a condition of the right itself, so that no second role gets around it.
 */
export function authorise<A extends Action>(facts: Facts, action: A, target: TargetOf<A>): Result<Permission, Denial> {
  // The signature ties the target's shape to the action, so kind and facts belong together.
  const asked = { kind: ACTIONS[action], facts: target } as AnyTarget;
  const organisationId = asked.kind === "organisation" || asked.kind === "person" ? asked.facts.organisationId : null;
  const parties = partiesOf(facts, asked.kind, organisationId);
  const denied = (code: Denial["code"], reason: string, visible = true) => err({ action, visible, code, reason });

  if (isHidden(facts, asked, parties) || looksAbsent(facts.token, action)) {
    return denied("not_visible", "There is nothing here.", false);
  }
  const kept = facts.token && tokenDenial(facts.token, action);
  if (kept) return denied(kept, TOKEN_REASONS[kept]);
  const judged = parties.flatMap((party) => {
    const rule = POLICY[action][party];
    return rule ? [{ party, rule, failing: rule.when.filter((condition) => !holds(condition, facts, asked)) }] : [];
  });
  const [widest] = judged
    .filter(({ failing }) => failing.length === 0)
    .sort((a, b) => VIEW_WIDTH[b.rule.view] - VIEW_WIDTH[a.rule.view]);
  if (widest) return ok({ action, as: widest.party, view: widest.rule.view });
  // Of several rights that fail, the one that fails least tells best what is in the way.
  const [nearest] = judged.sort((a, b) => a.failing.length - b.failing.length);
  const condition = nearest?.failing[0];
  if (condition) return denied(condition, CONDITION_REASONS[condition]);
  return denied("not_allowed", `Only ${holdersOf(action, facts)} may do this.`);
}

/**
 * A stranger sees nothing, an operator no tenant content, and the other company's private note exists for nobody else.
 * Somebody with a role that does not count here (an ISA beside an assessor company) is no stranger.
 */
function isHidden(facts: Facts, target: AnyTarget, parties: readonly Party[]): boolean {
  if (target.kind === "service") return false;
  if (facts.actor.operator || isOthersNote(facts, target)) return true;
  if (parties.length > 0) return false;
  const ofAnOrganisation = target.kind === "organisation" || target.kind === "person";
  return ofAnOrganisation || relationTo(facts) === null || facts.engagement?.roles.length === 0;
}

function isOthersNote(facts: Facts, target: AnyTarget): boolean {
  if (target.kind !== "thread" || target.facts.visibility !== "private") return false;
  return target.facts.openerOrganisationId !== facts.actor.organisationId;
}

/**
 * The parties that hold a right, in words: "the engagement's lead or a contributor". Nobody is sent to a role that
 * does not count in the engagement: an assessor company's where none takes part, a self-decider's where one does.
 */
function holdersOf(action: Action, { engagement }: Facts): string {
  const idle: readonly Party[] = !engagement
    ? []
    : engagement.assessorOrganisationId === null
      ? [...ASSESSOR_ROLES, "assessor_admin"]
      : SELF_DECIDER_ROLES;
  const labels = (Object.keys(POLICY[action]) as Party[])
    .filter((party) => !idle.includes(party))
    .map((party) => PARTY_LABELS[party]);
  return labels.length > 1 ? `${labels.slice(0, -1).join(", ")} or ${labels.at(-1)}` : (labels[0] ?? "nobody");
}
