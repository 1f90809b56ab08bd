import { Anchor } from "@mantine/core";
import classes from "@/components/catalogue/comparison.module.css";
import type { KeyOption } from "@/lib/domain/catalogue/key-option";
import { DECISION_PATH, type DecisionTarget } from "@/lib/domain/keys/decision-path";

/** The questions that lead to a key option, in their order. */
export function DecisionPath({ options }: { readonly options: readonly KeyOption[] }) {
  return (
    <ol className={classes.path}>
      {DECISION_PATH.map((question) => (
        <li key={question.id} id={`ask-${question.id}`}>
          <strong>{question.text}</strong>
          <dl className={classes.branch}>
            <dt>Yes</dt>
            <dd>
              <Target target={question.yes} options={options} />
            </dd>
            <dt>No</dt>
            <dd>
              <Target target={question.no} options={options} />
            </dd>
          </dl>
        </li>
      ))}
    </ol>
  );
}

function Target({ target, options }: { readonly target: DecisionTarget; readonly options: readonly KeyOption[] }) {
  if (target.kind === "question") {
    const at = DECISION_PATH.findIndex(({ id }) => id === target.id) + 1;
    return <>Go on with question {at}.</>;
  }
  return target.options.map(({ option, when }) => (
    <div key={option}>
      <Anchor href={`#${option}`} underline="always">
        {options.find(({ id }) => id === option)?.name ?? option}
      </Anchor>
      {when ? `, ${when}` : null}.
    </div>
  ));
}
