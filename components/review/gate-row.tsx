import { same } from "@/components/review/display";
import classes from "@/components/review/gate-row.module.css";
import { Spans } from "@/components/review/marks";

import { GATE_TITLE, gateInWords } from "@/lib/domain/rigour/gate-words";
import type { EligibilityAnswers } from "@/lib/domain/worksheet/answers";
import type { FieldChange } from "@/lib/domain/worksheet/diff-items";

/** What the entity answered to the questions whether a worksheet is allowed at all, with what changed of it. */
export function GateRow(props: {
  readonly eligibility: EligibilityAnswers | null;
  readonly changes: readonly FieldChange[];
}) {
  const { eligibility, changes } = props;
  const answers = eligibility ? gateInWords(eligibility) : [];
  const gone = changes.filter(({ field }) => !answers.some(({ term }) => term === field));
  const shown = [...answers, ...gone.map(({ field }) => ({ term: field, text: "" }))];
  if (shown.length === 0) return null;
  return (
    <section aria-label={GATE_TITLE} className={classes.gate}>
      <h3 className={classes.gateTitle}>{GATE_TITLE}</h3>
      <dl className={classes.gateAnswers}>
        {shown.map(({ term, text }) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>
              <Spans spans={changes.find(({ field }) => field === term)?.runs ?? same(text)} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
