import classes from "@/components/review/review.module.css";
import { isNotEvaluated } from "@/lib/domain/rigour/reasons";
import type { WarningReason } from "@/lib/domain/worksheet/answers";
import type { SectionKey } from "@/lib/domain/worksheet/sections";

/** The warnings of the rules that the entity let stand in a section, each with its reason; null is the worksheet as a whole. */
export function WarningReasons(props: {
  readonly reasons: readonly WarningReason[];
  readonly section: SectionKey | null;
}) {
  const here = props.reasons.filter(({ section }) => section === props.section);
  if (here.length === 0) return null;
  return (
    <ul className={classes.evidence} aria-label="Warnings that were let stand">
      {here.map(({ key, rule, message, reason }) => (
        <li key={key}>
          <span className={classes.quiet}>
            {isNotEvaluated(key) ? "" : `Warning ${rule}: `}
            {message}
          </span>{" "}
          Reason: {reason}
        </li>
      ))}
    </ul>
  );
}
