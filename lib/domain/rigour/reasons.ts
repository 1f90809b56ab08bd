import type { Finding } from "@/lib/domain/rigour/finding";
import type { WarningReason } from "@/lib/domain/worksheet/answers";

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
