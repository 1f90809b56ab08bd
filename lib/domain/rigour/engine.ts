import type { Finding, Outcome, Rule, RuleFinding } from "@/lib/domain/rigour/finding";
import type { RigourKnowledge } from "@/lib/domain/rigour/knowledge";
import { RULES } from "@/lib/domain/rigour/rules";
import { DEFAULT_RIGOUR_SETTINGS, type RigourSettings } from "@/lib/domain/rigour/settings";
import type { RigourSubject } from "@/lib/domain/rigour/subject";

/**
 * Asks every rule about a worksheet. It never throws: a rule that does is told as not evaluated, and one whose texts are
 * not in English, or that waits for an answer of the gate, is not shown as met.
 */
export function evaluateRigour(
  subject: RigourSubject,
  knowledge: RigourKnowledge,
  settings: RigourSettings = DEFAULT_RIGOUR_SETTINGS,
  rules: readonly Rule[] = RULES,
): readonly Outcome[] {
  return rules.map((rule) => outcomeOf(rule, subject, knowledge, settings));
}

function outcomeOf(rule: Rule, subject: RigourSubject, knowledge: RigourKnowledge, settings: RigourSettings): Outcome {
  if (!rule.versions.includes(subject.standardVersion)) {
    return { rule: rule.id, kind: "not_applicable", detail: `The rule is none of PCI DSS ${subject.standardVersion}.` };
  }
  try {
    const { findings, unread = [], unanswered, notApplicable } = rule.evaluate(subject, knowledge, settings);
    if (findings.length > 0) {
      return {
        rule: rule.id,
        kind: "findings",
        findings: findings.map((one) => completed(rule, one)).filter(firstOfEach()),
        unread,
      };
    }
    if (unread.length > 0) {
      return {
        rule: rule.id,
        kind: "not_evaluated",
        reason: "language",
        detail: "The rule reads English, and the text is in another language.",
        places: unread,
      };
    }
    if (unanswered !== undefined) {
      return { rule: rule.id, kind: "not_evaluated", reason: "unanswered", detail: unanswered, places: [] };
    }
    if (notApplicable !== undefined) return { rule: rule.id, kind: "not_applicable", detail: notApplicable };
    return { rule: rule.id, kind: "met" };
  } catch (error) {
    // The error's name alone: its message may quote the worksheet, and this goes into logs and revisions.
    const detail = `${rule.id} could not be asked (${error instanceof Error ? error.name : "unknown"}).`;
    return { rule: rule.id, kind: "not_evaluated", reason: "failed", detail, places: [] };
  }
}

/** A key is one finding's within the whole worksheet, so it begins with the rule's id. */
function completed(rule: Rule, finding: RuleFinding): Finding {
  return { ...finding, rule: rule.id, severity: finding.severity ?? rule.severity, key: `${rule.id}:${finding.key}` };
}

/** The same said twice is one finding. */
function firstOfEach(): (finding: Finding) => boolean {
  const seen = new Set<string>();
  return ({ key }) => seen.size < seen.add(key).size;
}
