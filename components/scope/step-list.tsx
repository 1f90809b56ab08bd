import { Text, ThemeIcon, UnstyledButton } from "@mantine/core";
import { IconCheck, IconCircleDashed, IconProgress } from "@tabler/icons-react";
import classes from "@/components/scope/scope.module.css";
import type { ScopeAnswers } from "@/lib/domain/scope/answers";
import type { Step } from "@/lib/domain/scope/question";
import { progressOf } from "@/lib/domain/scope/wizard";

/** The steps with how far each is; any of them can be gone to at any time. */
export function StepList(props: {
  readonly steps: readonly Step[];
  readonly current: Step["id"];
  readonly answers: ScopeAnswers;
  readonly onGo: (id: Step["id"]) => void;
}) {
  return (
    <nav aria-label="Steps of the scope">
      <ol className={classes.steps}>
        {props.steps.map((step) => {
          const { asked, answered } = progressOf(props.answers, [step]);
          const Icon = answered === asked ? IconCheck : answered > 0 ? IconProgress : IconCircleDashed;
          return (
            <li key={step.id}>
              <UnstyledButton
                className={classes.step}
                aria-current={step.id === props.current ? "step" : undefined}
                onClick={() => props.onGo(step.id)}
              >
                <ThemeIcon
                  size={24}
                  radius="xl"
                  variant="light"
                  color={answered === asked ? "green" : "gray"}
                  aria-hidden="true"
                >
                  <Icon size={15} />
                </ThemeIcon>
                <span>
                  {step.title}
                  <Text span size="xs" c="dimmed" display="block" className="tabular">
                    {answered} of {asked} answered
                  </Text>
                </span>
              </UnstyledButton>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
