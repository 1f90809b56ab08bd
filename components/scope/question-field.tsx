"use client";

import { Button, Checkbox, Group, NumberInput, Radio, Text, VisuallyHidden } from "@mantine/core";
import { useId } from "react";
import classes from "@/components/scope/scope.module.css";
import type { KeyOption, KeyOptionId } from "@/lib/domain/catalogue/key-option";
import type { AnswerName, ScopeAnswers } from "@/lib/domain/scope/answers";
import type { Question } from "@/lib/domain/scope/question";

/** What the wizard shows of a key option. */
export type OptionChoice = Pick<KeyOption, "id" | "name" | "inArticle"> & { readonly owner: string };

type Answer = ScopeAnswers[AnswerName];

interface FieldProps {
  readonly question: Question;
  readonly value: Answer;
  readonly onChange: (value: Answer) => void;
  readonly options: readonly OptionChoice[];
  readonly disabled: boolean;
}

/** A question with the reason why it is asked, its answer, and a way to take the answer back. */
export function QuestionField(props: FieldProps) {
  const { question, value } = props;
  const id = useId();
  const answered = Array.isArray(value) ? value.length > 0 : value !== undefined;
  return (
    <div className={classes.question}>
      <Group justify="space-between" align="flex-start" wrap="nowrap" gap="sm">
        <div>
          <Text fw={600} id={`${id}-text`}>
            {question.text}
          </Text>
          <Text size="sm" c="dimmed" id={`${id}-why`} mb={8}>
            {question.why} <DecidesText question={question} />
          </Text>
        </div>
        {answered && !props.disabled ? (
          <Button size="compact-sm" variant="subtle" color="gray" flex="none" onClick={() => props.onChange(undefined)}>
            Clear<VisuallyHidden> the answer: {question.text}</VisuallyHidden>
          </Button>
        ) : null}
      </Group>
      <Control {...props} labelledBy={`${id}-text`} describedBy={`${id}-why`} />
    </div>
  );
}

function DecidesText({ question }: { readonly question: Question }) {
  const rows = question.decides.filter((one) => !one.startsWith("FT"));
  return rows.length > 0 ? <>Decides {rows.join(", ")}.</> : null;
}

function Control({
  question,
  value,
  onChange,
  options,
  disabled,
  labelledBy,
  describedBy,
}: FieldProps & { readonly labelledBy: string; readonly describedBy: string }) {
  const labels = { "aria-labelledby": labelledBy, "aria-describedby": describedBy };
  switch (question.kind) {
    case "boolean":
      return (
        <Radio.Group
          {...labels}
          value={value === undefined ? null : value ? "yes" : "no"}
          onChange={(picked) => onChange(picked === "yes")}
        >
          <Group gap="lg">
            <Radio value="yes" label="Yes" disabled={disabled} />
            <Radio value="no" label="No" disabled={disabled} />
          </Group>
        </Radio.Group>
      );
    case "choice":
      return (
        <Radio.Group
          {...labels}
          value={(value as string | undefined) ?? null}
          onChange={(picked) => onChange(picked as Answer)}
        >
          <Group gap="lg">
            {question.choices.map((choice) => (
              <Radio key={choice.value} value={choice.value} label={choice.label} disabled={disabled} />
            ))}
          </Group>
        </Radio.Group>
      );
    case "number":
      return (
        <Group gap="xs">
          <NumberInput
            {...labels}
            w={140}
            min={0}
            max={question.max}
            clampBehavior="strict"
            allowDecimal={false}
            allowNegative={false}
            hideControls
            disabled={disabled}
            value={(value as number | undefined) ?? ""}
            onChange={(typed) => onChange(typeof typed === "number" ? typed : undefined)}
          />
          <Text size="sm">{question.unit}</Text>
        </Group>
      );
    case "multi":
      return (
        <OptionField value={value as readonly KeyOptionId[] | undefined} {...{ onChange, options, disabled, labels }} />
      );
  }
}

function OptionField(props: {
  readonly value: readonly KeyOptionId[] | undefined;
  readonly onChange: (value: Answer) => void;
  readonly options: readonly OptionChoice[];
  readonly disabled: boolean;
  readonly labels: object;
}) {
  return (
    <Checkbox.Group
      {...props.labels}
      value={[...(props.value ?? [])]}
      onChange={(picked) => props.onChange(picked.length > 0 ? (picked as KeyOptionId[]) : undefined)}
    >
      <div className={classes.options}>
        {props.options.map(({ id, name, owner, inArticle }) => (
          <Checkbox.Card key={id} value={id} className={classes.option} disabled={props.disabled}>
            <Group wrap="nowrap" align="flex-start" gap="sm">
              <Checkbox.Indicator mt={2} />
              <div>
                <Text size="sm" fw={600}>
                  {name}
                </Text>
                <Text size="sm" c="dimmed">
                  {owner}
                  {inArticle ? "" : " · not in the article"}
                </Text>
              </div>
            </Group>
          </Checkbox.Card>
        ))}
      </div>
    </Checkbox.Group>
  );
}
