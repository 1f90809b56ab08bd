"use client";

import { Button, Group, Progress, Text, Title } from "@mantine/core";
import { IconArrowLeft, IconArrowRight } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { useCallback, useEffect, useRef } from "react";
import { useForm, useWatch } from "react-hook-form";
import { ReadOnlyNote } from "@/components/kit/read-only-note";
import { useRefresh } from "@/components/kit/refresh";
import { useUrlFilters } from "@/components/kit/use-url-filters";
import { keepBaseline } from "@/components/scope/baseline";
import { type OptionChoice, QuestionField } from "@/components/scope/question-field";
import { SavingNote } from "@/components/scope/saving-note";
import classes from "@/components/scope/scope.module.css";
import { StepList } from "@/components/scope/step-list";
import { useScopeSaver } from "@/components/scope/use-scope-saver";
import type { ScopeDto } from "@/lib/contracts/scope-result";
import type { AnswerName, ScopeAnswers } from "@/lib/domain/scope/answers";
import { isAsked, type Step } from "@/lib/domain/scope/question";
import { progressOf, STEPS } from "@/lib/domain/scope/wizard";

const ADDRESS = { step: "keys" };

/** The scope questions, a group a screen. Every answer is saved as it is given; any may be left for later. */
export function ScopeWizard(props: {
  readonly engagementId: string;
  readonly scope: ScopeDto;
  readonly options: readonly OptionChoice[];
}) {
  const { engagementId, scope } = props;
  const router = useRouter();
  const refresh = useRefresh();
  const heading = useRef<HTMLHeadingElement>(null);
  const address = useUrlFilters(ADDRESS);
  const form = useForm<ScopeAnswers>({ defaultValues: scope.answers });
  // Read as a whole: a single field would fall back to its first value when its answer is taken back.
  const answers = useWatch({ control: form.control }) as ScopeAnswers;
  const onMerged = useCallback((merged: ScopeAnswers) => form.reset(merged), [form]);
  const { saving, save, flush } = useScopeSaver(engagementId, scope, onMerged);
  useEffect(() => {
    if (scope.version > 0) keepBaseline(engagementId, scope.answers);
  }, [engagementId, scope]);

  const index = Math.max(
    STEPS.findIndex(({ id }) => id === address.values.step),
    0,
  );
  const step = STEPS[index] as Step;
  const total = progressOf(answers);
  const go = (id: Step["id"]) => {
    address.set({ step: id });
    window.scrollTo({ top: 0 });
    heading.current?.focus({ preventScroll: true });
  };
  const answer = (name: AnswerName, value: ScopeAnswers[AnswerName]) => {
    form.setValue(name, value as never, { shouldDirty: true });
    save({ ...form.getValues(), [name]: value });
  };
  const finish = async () => {
    if (!(await flush())) return;
    router.push(`/engagements/${engagementId}/scope/result`);
    refresh();
  };
  const previous = STEPS[index - 1];
  const next = STEPS[index + 1];
  return (
    <>
      {scope.mayEdit ? null : <ReadOnlyNote>The engagement’s lead answers the scope questions.</ReadOnlyNote>}
      <Group gap="sm" mb="lg" maw="36rem" wrap="nowrap">
        <Progress value={(total.answered / total.asked) * 100} flex={1} aria-label="Questions answered" />
        <Text size="sm" className="tabular" style={{ whiteSpace: "nowrap" }}>
          {total.answered} of {total.asked} questions
        </Text>
      </Group>
      <div className={classes.layout}>
        <StepList steps={STEPS} current={step.id} answers={answers} onGo={go} />
        <section aria-labelledby="scope-step">
          <Title order={2} id="scope-step" ref={heading} tabIndex={-1}>
            {step.title}
          </Title>
          <Text c="dimmed" mb="md">
            {step.lead}
          </Text>
          {step.questions
            .filter((question) => isAsked(question, answers))
            .map((question) => (
              <QuestionField
                key={question.id}
                question={question}
                value={answers[question.id]}
                onChange={(value) => answer(question.id, value)}
                options={props.options}
                disabled={!scope.mayEdit}
              />
            ))}
          <div className={classes.foot}>
            {scope.mayEdit ? <SavingNote saving={saving} onRetry={() => void flush()} /> : null}
            <Group justify="space-between" mt="xs">
              <Button
                variant="default"
                disabled={!previous}
                onClick={() => previous && go(previous.id)}
                leftSection={<IconArrowLeft size={16} aria-hidden="true" />}
              >
                Back
              </Button>
              <Button
                onClick={() => (next ? go(next.id) : void finish())}
                rightSection={<IconArrowRight size={16} aria-hidden="true" />}
              >
                {next ? `Next: ${next.title}` : "See the result"}
              </Button>
            </Group>
          </div>
        </section>
      </div>
    </>
  );
}
