import classes from "@/components/review/review.module.css";
import { isNotEvaluated } from "@/lib/domain/rigour/reasons";
import {
  DEFAULT_RIGOUR_SETTINGS,
  RIGOUR_SETTING_NAMES,
  RIGOUR_SETTING_WORDS,
  type RigourSettings,
} from "@/lib/domain/rigour/settings";
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

/** By what the entity had the worksheet checked, where that is not what is built in. */
export function Thresholds({ values }: { readonly values: Partial<RigourSettings> }) {
  const names = RIGOUR_SETTING_NAMES.filter((name) => values[name] !== undefined);
  if (names.length === 0) return null;
  return (
    <ul className={classes.evidence} aria-label="Thresholds of the checks">
      {names.map((name) => (
        <li key={name} className={classes.quiet}>
          Checked with {RIGOUR_SETTING_WORDS[name].label.toLowerCase()}: {values[name]}{" "}
          {RIGOUR_SETTING_WORDS[name].unit} (built in: {DEFAULT_RIGOUR_SETTINGS[name]})
        </li>
      ))}
    </ul>
  );
}
