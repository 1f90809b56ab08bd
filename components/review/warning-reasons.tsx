import { same } from "@/components/review/display";
import { type PartStatus, type Span, Spans, StatusWord } from "@/components/review/marks";
import classes from "@/components/review/review.module.css";
import { isNotEvaluated } from "@/lib/domain/rigour/reasons";
import { type RigourSettings, settingsInWords } from "@/lib/domain/rigour/settings";
import type { WarningReason } from "@/lib/domain/worksheet/answers";
import type { ReasonItem } from "@/lib/domain/worksheet/diff";
import type { ItemChange } from "@/lib/domain/worksheet/diff-items";
import type { SectionKey } from "@/lib/domain/worksheet/sections";

/** A warning that was let stand, with its reason as the page shows it. */
interface ShownReason {
  readonly key: string;
  readonly rule: string;
  readonly section: SectionKey | null;
  readonly message: string;
  readonly status: PartStatus;
  readonly reason: readonly Span[];
}

/** Reasons as they stand. */
export function plainReasons(reasons: readonly WarningReason[]): readonly ShownReason[] {
  return reasons.map((one) => shown(one, "same", same(one.reason)));
}

/** Reasons with what differs from an earlier text. */
export function markedReasons(changes: readonly ItemChange<ReasonItem>[]): readonly ShownReason[] {
  return changes.map((change) => {
    if (change.kind === "changed") {
      const words = change.fields.find(({ field }) => field === "reason")?.runs ?? same(change.after.reason);
      return shown(change.after, "changed", words);
    }
    const { kind, item } = change;
    return shown(item, kind, kind === "same" ? same(item.reason) : [{ kind, text: item.reason }]);
  });
}

function shown(
  { key, rule, section, message }: WarningReason,
  status: PartStatus,
  reason: readonly Span[],
): ShownReason {
  return { key, rule, section, message, status, reason };
}

/** The warnings of the rules that the entity lets stand, each with its reason. */
export function WarningReasons({ reasons }: { readonly reasons: readonly ShownReason[] }) {
  if (reasons.length === 0) return null;
  return (
    <ul className={classes.evidence} aria-label="Warnings that were let stand">
      {reasons.map(({ key, rule, message, status, reason }) => (
        <li key={key}>
          <StatusWord status={status} />
          <span className={classes.quiet}>
            {isNotEvaluated(key) ? "" : `Warning ${rule}: `}
            {message}
          </span>{" "}
          Reason: <Spans spans={reason} />
        </li>
      ))}
    </ul>
  );
}

/** By what the entity had the worksheet checked, where that is not what is built in. */
export function Thresholds({ values }: { readonly values: Partial<RigourSettings> }) {
  const lines = settingsInWords(values);
  if (lines.length === 0) return null;
  return (
    <ul className={classes.evidence} aria-label="Thresholds of the checks">
      {lines.map((line) => (
        <li key={line} className={classes.quiet}>
          {line}
        </li>
      ))}
    </ul>
  );
}
