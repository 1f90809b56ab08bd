import type { RuleId } from "@/lib/domain/rigour/finding";
import { GATE_QUESTIONS, GATE_WORDS, type GateQuestion, type GateStop } from "@/lib/domain/rigour/gate-words";
import type { RigourKnowledge } from "@/lib/domain/rigour/knowledge";
import type { RigourFacts } from "@/lib/domain/rigour/subject";
import { isFilled } from "@/lib/domain/rigour/words/filled";
import { UNABLE, UNWILLING } from "@/lib/domain/rigour/words/unwilling";
import type { Disposition } from "@/lib/domain/workflow/dispositions";
import type { EligibilityAnswers } from "@/lib/domain/worksheet/answers";

/** What the gate looks at beside the answers. */
export interface GateContext {
  readonly requirementNumber: string;
  /** Whether the requirement is usually met by a setting, as the catalogue's article rows say. */
  readonly configurationGap: boolean;
  /** Whether the same requirement is met by the customized approach in this engagement. */
  readonly customizedApproach: boolean;
  readonly assessmentType: "ROC" | "SAQ";
}

/** The rule that speaks of each question. */
const RULE_OF: Readonly<Record<GateQuestion, RuleId>> = {
  missedActivity: "L09",
  storedSad: "L08",
  legalBar: "L04",
  switchable: "L07",
};

/** What is shorter is no reason. */
const SHORTEST_REASON = 20;

/** A missed task. Source: the FAQ of facts 1.2, and criterion 6 of Appendix B. */
export function missedStop({ missedActivity }: EligibilityAnswers): GateStop | null {
  return missedActivity === true
    ? stop(
        "missedActivity",
        "No compensating control mends a task that was missed. The requirement is in place only if the task was caught up, an exceptional cause is shown, and what keeps it from happening again is in place; choose “Met” then, and say so. Otherwise it is reported as not in place: plan the fix.",
        "fix_planned",
      )
    : null;
}

/** Sensitive authentication data that is kept. Source: facts 1.3. */
export function storedSadStop({ storedSad }: EligibilityAnswers): GateStop | null {
  return storedSad === true
    ? stop(
        "storedSad",
        "Sensitive authentication data that is kept after authorisation cannot be compensated, encrypted or not. Remove the data, and plan that as a fix.",
        "fix_planned",
      )
    : null;
}

/** A law. Source: facts 1.4. */
export function legalStop({ legalBar }: EligibilityAnswers): GateStop | null {
  return legalBar === true
    ? stop(
        "legalBar",
        "A law that forbids meeting a requirement is not a reason for a compensating control: choose “Legal exception” for the requirement, which is then reported as not in place.",
        "legal_exception",
      )
    : null;
}

/** A setting that is there. Source: facts, section 6, L07. */
export function settingStop(
  { switchable, whyNotSwitchedOn }: EligibilityAnswers,
  { configurationGap }: Pick<GateContext, "configurationGap">,
): GateStop | null {
  if (!configurationGap && switchable !== true) return null;
  const why = (message: string): GateStop => ({
    rule: "L07",
    question: "whyNotSwitchedOn",
    message,
    wayOut: "fix_planned",
  });
  if (!isFilled(whyNotSwitchedOn) || whyNotSwitchedOn.trim().length < SHORTEST_REASON) {
    return why(
      "A setting that meets this requirement exists. Switch it on, or say why that cannot be done: a setting that can be switched on is fixed, not compensated.",
    );
  }
  if (whyNotSwitchedOn.match(UNWILLING) && !whyNotSwitchedOn.match(UNABLE)) {
    return why(
      "The reason why the setting is not switched on speaks of cost, time or convenience. Say what makes it impossible, or switch it on.",
    );
  }
  return null;
}

/** The customized approach for the same requirement. Source: facts 1.3, and 1.6 for the self-assessment. */
export function customizedStop({
  requirementNumber,
  customizedApproach,
  assessmentType,
}: Pick<GateContext, "requirementNumber" | "customizedApproach" | "assessmentType">): GateStop | null {
  if (!customizedApproach) return null;
  const message =
    assessmentType === "SAQ"
      ? `${requirementNumber} is down as met by the customized approach, which a self-assessment does not know. Give that up before you go on with a compensating control.`
      : `${requirementNumber} is met by the customized approach in this engagement, and a requirement has one or the other. Keep the customized approach, or give it up before you go on with a compensating control.`;
  return { rule: "L10", question: null, message, wayOut: "undecided" };
}

/**
 * What each answer leads to: everything at which the gate stops, in the order of the questions; empty when a worksheet may
 * be opened, or submitted. That the standard keeps a requirement from the customized approach is another flag, and no
 * matter here; numbers that take no worksheet at all are the catalogue's (`worksheetTarget`).
 */
export function gateStops(answers: EligibilityAnswers, context: GateContext): readonly GateStop[] {
  const open = GATE_QUESTIONS.filter((question) => answers[question] === null).map((question) =>
    stop(question, `Not answered yet: ${GATE_WORDS[question].ask}`, null),
  );
  const found = [
    customizedStop(context),
    missedStop(answers),
    storedSadStop(answers),
    legalStop(answers),
    settingStop(answers, context),
  ].filter((one) => one !== null);
  return [...open, ...found];
}

/** At what the gate stops for a worksheet, by what the rules are asked with. */
export function stopsFor(knowledge: RigourKnowledge, facts: RigourFacts): readonly GateStop[] {
  const { number: requirementNumber, configurationGap } = knowledge;
  return gateStops(facts.eligibility, { ...facts, requirementNumber, configurationGap });
}

function stop(question: GateQuestion, message: string, wayOut: Disposition | null): GateStop {
  return { rule: RULE_OF[question], question, message, wayOut };
}
