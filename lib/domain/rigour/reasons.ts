import { type Finding, findingsIn, type Outcome, type RuleId } from "@/lib/domain/rigour/finding";
import type { WarningReason } from "@/lib/domain/worksheet/answers";

/**
 * What is let stand only with a reason: every warning, and every rule that failed. A rule that nobody could ask is never
 * passed in silence: whoever submits says why the worksheet may go without it, and the assessor reads that.
 */
export function wantingReason(outcomes: readonly Outcome[]): readonly Finding[] {
  return [...findingsIn(outcomes, "warning"), ...failedRules(outcomes).map(notEvaluated)];
}

/** How the key of a rule that failed ends. */
const NOT_EVALUATED = "not-evaluated";

/** Whether a reason, by its key, was given for a rule that failed, and not for a warning. */
export function isNotEvaluated(key: string): boolean {
  return key.endsWith(`:${NOT_EVALUATED}`);
}

/** The rules that threw, each with the kind of its error, and nothing that somebody wrote. */
export function failedRules(
  outcomes: readonly Outcome[],
): readonly { readonly rule: RuleId; readonly detail: string }[] {
  return outcomes.flatMap((one) =>
    one.kind === "not_evaluated" && one.reason === "failed" ? [{ rule: one.rule, detail: one.detail }] : [],
  );
}

function notEvaluated({ rule }: { readonly rule: RuleId }): Finding {
  return {
    rule,
    severity: "warning",
    key: `${rule}:${NOT_EVALUATED}`,
    message: `${rule} was not evaluated: the rule failed, which is a fault of Countervail and is logged.`,
    place: { section: null },
  };
}

/** The warnings for which no reason was given. */
export function warningsWithoutReason(
  warnings: readonly Finding[],
  reasons: readonly WarningReason[],
): readonly Finding[] {
  const answered = new Set(reasons.map(({ key }) => key));
  return warnings.filter(({ key }) => !answered.has(key));
}

/**
 * The reasons whose warnings are still there: the others have nothing to answer any more. Their order is the one they are
 * stored in, since a digest covers it.
 */
export function standingReasons(
  warnings: readonly Finding[],
  reasons: readonly WarningReason[],
): readonly WarningReason[] {
  const standing = new Set(warnings.map(({ key }) => key));
  return reasons.filter(({ key }) => standing.has(key));
}

/** The reasons with one given anew for a warning, or taken back with an empty one. */
export function withReason(
  reasons: readonly WarningReason[],
  { key, rule, place, message }: Finding,
  reason: string,
): readonly WarningReason[] {
  const others = reasons.filter((one) => one.key !== key);
  const given = reason.trim();
  return given === "" ? others : [...others, { key, rule, section: place.section, message, reason: given }];
}
