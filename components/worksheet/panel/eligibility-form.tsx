"use client";

import { Button, NativeSelect, Stack, Textarea } from "@mantine/core";
import { useState } from "react";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useAction } from "@/components/kit/use-action";
import { api } from "@/lib/client/api";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import { isSame } from "@/lib/domain/same";
import type { EligibilityAnswers } from "@/lib/domain/worksheet/answers";

type Question = Exclude<keyof EligibilityAnswers, "whyNotSwitchedOn">;
const QUESTIONS: readonly (readonly [Question, string])[] = [
  ["missedActivity", "Is it to make up for a periodic task that was not done?"],
  ["storedSad", "Is it about sensitive authentication data kept after authorisation?"],
  ["legalBar", "Does a law forbid meeting the requirement?"],
  ["switchable", "Could a setting that exists be switched on to meet it?"],
];
const ANSWERS = [
  { value: "", label: "Not answered yet" },
  { value: "no", label: "No" },
  { value: "yes", label: "Yes" },
];

/** What was typed, over newer answers: each that still stands as it was known gives way. */
function followed(known: EligibilityAnswers, typed: EligibilityAnswers, now: EligibilityAnswers): EligibilityAnswers {
  const keys = Object.keys(now) as (keyof EligibilityAnswers)[];
  const touched = keys.filter((key) => typed[key] !== known[key]).map((key) => [key, typed[key]]);
  return { ...now, ...Object.fromEntries(touched) };
}

/** The questions that decide whether a compensating control is allowed at all. */
export function EligibilityForm(props: {
  readonly worksheet: WorksheetDto;
  readonly answers: EligibilityAnswers;
  readonly put: (worksheet: WorksheetDto) => void;
}) {
  const { worksheet, answers, put } = props;
  const [typed, setTyped] = useState(answers);
  const [known, setKnown] = useState(answers);
  if (!isSame(known, answers)) {
    // Somebody else answered meanwhile: what was not touched here follows.
    setKnown(answers);
    setTyped(followed(known, typed, answers));
  }
  const { run, busy, error } = useAction();
  const locked = !worksheet.permissions.edit;
  const save = () =>
    run(async () => put(await api.put<WorksheetDto>(`/worksheets/${worksheet.id}/eligibility`, typed)));
  return (
    <Stack gap="xs">
      {QUESTIONS.map(([question, words]) => (
        <NativeSelect
          key={question}
          size="xs"
          label={words}
          data={ANSWERS}
          disabled={locked}
          value={typed[question] === null ? "" : typed[question] ? "yes" : "no"}
          onChange={(event) => {
            const { value } = event.currentTarget;
            setTyped({ ...typed, [question]: value === "" ? null : value === "yes" });
          }}
        />
      ))}
      <Textarea
        size="xs"
        autosize
        label="Why the setting cannot be switched on"
        description="Needed where one exists, and where the requirement is usually met by a setting."
        disabled={locked}
        value={typed.whyNotSwitchedOn}
        onChange={(event) => setTyped({ ...typed, whyNotSwitchedOn: event.currentTarget.value })}
      />
      <ProblemAlert error={error} />
      {!isSame(typed, answers) && (
        <Button size="compact-sm" variant="default" loading={busy} onClick={save}>
          Save the answers
        </Button>
      )}
    </Stack>
  );
}
