"use client";

import { Group, Radio, Stack, Textarea } from "@mantine/core";
import type { ReactNode } from "react";
import { GATE_QUESTIONS, GATE_WORDS } from "@/lib/domain/rigour/gate-words";
import type { EligibilityAnswers } from "@/lib/domain/worksheet/answers";

/** The questions of the eligibility gate with why each is asked, and what the answer leads to beneath it. */
export function GateQuestions(props: {
  readonly answers: EligibilityAnswers;
  readonly onChange: (answers: EligibilityAnswers) => void;
  /** Whether it has to be said why a setting is not switched on, whatever is answered. */
  readonly configurationGap: boolean;
  /** Said of a question that nobody answered yet; undefined before anybody tried to go on. */
  readonly unanswered?: string | undefined;
  /** What stands beneath a question. */
  readonly beneath: (question: keyof EligibilityAnswers) => ReactNode;
  readonly disabled?: boolean;
  readonly size?: "xs" | "sm";
}) {
  const { answers, onChange, configurationGap, beneath, disabled = false, size = "sm" } = props;
  const asksWhy = configurationGap || answers.switchable === true || answers.whyNotSwitchedOn !== "";
  return (
    <Stack gap="md">
      {GATE_QUESTIONS.map((question) => (
        <div key={question}>
          <Radio.Group
            size={size}
            label={GATE_WORDS[question].ask}
            description={GATE_WORDS[question].why}
            value={answers[question] === null ? "" : answers[question] ? "yes" : "no"}
            onChange={(value) => onChange({ ...answers, [question]: value === "yes" })}
            error={answers[question] === null ? props.unanswered : undefined}
          >
            <Group gap="lg" mt={6}>
              <Radio size={size} value="yes" label="Yes" disabled={disabled} />
              <Radio size={size} value="no" label="No" disabled={disabled} />
            </Group>
          </Radio.Group>
          {beneath(question)}
        </div>
      ))}
      {asksWhy && (
        <div>
          <Textarea
            size={size}
            autosize
            minRows={2}
            maxRows={10}
            label="Why the setting cannot be switched on"
            description={
              configurationGap
                ? "This requirement is usually met by a setting. Say what makes that impossible here, or why there is nothing to switch on."
                : "Say what makes that impossible here."
            }
            disabled={disabled}
            value={answers.whyNotSwitchedOn}
            onChange={(event) => onChange({ ...answers, whyNotSwitchedOn: event.currentTarget.value })}
          />
          {beneath("whyNotSwitchedOn")}
        </div>
      )}
    </Stack>
  );
}
