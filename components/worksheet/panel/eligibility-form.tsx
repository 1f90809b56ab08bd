"use client";

import { Alert, Anchor, Button, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { GateQuestions } from "@/components/eligibility/gate-questions";
import { StopNote } from "@/components/eligibility/stop-note";
import { Link } from "@/components/kit/link";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useAction } from "@/components/kit/use-action";
import { isProblem } from "@/lib/client/errors";
import type { EligibilityDto, EligibilityInput, RigourDto } from "@/lib/contracts/rigour";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import type { GateStop } from "@/lib/domain/rigour/gate-words";
import { isSame } from "@/lib/domain/same";
import { DISPOSITION_LABELS } from "@/lib/domain/workflow/dispositions";
import type { EligibilityAnswers } from "@/lib/domain/worksheet/answers";

/** What was typed, over newer answers: each that still stands as it was known gives way. */
function followed(known: EligibilityAnswers, typed: EligibilityAnswers, now: EligibilityAnswers): EligibilityAnswers {
  const keys = Object.keys(now) as (keyof EligibilityAnswers)[];
  const touched = keys.filter((key) => typed[key] !== known[key]).map((key) => [key, typed[key]]);
  return { ...now, ...Object.fromEntries(touched) };
}

/** The questions that decide whether a compensating control is allowed at all, and at which answers the gate stops. */
export function EligibilityForm(props: {
  readonly worksheet: WorksheetDto;
  readonly rigour: RigourDto;
  /** At what the gate stops, by the stored answers. */
  readonly stops: readonly GateStop[];
  readonly onSave: (input: EligibilityInput) => Promise<void>;
}) {
  const { worksheet, rigour, stops } = props;
  const stored: EligibilityDto = { version: rigour.eligibilityVersion, answers: rigour.facts.eligibility };
  const [typed, setTyped] = useState(stored.answers);
  const [known, setKnown] = useState(stored);
  const [overtaken, setOvertaken] = useState(false);
  const take = (now: EligibilityDto) => {
    setKnown(now);
    setTyped(followed(known.answers, typed, now.answers));
  };
  // Somebody else answered meanwhile: what was not touched here follows. What a refusal told may be newer than the page.
  if (stored.version > known.version) take(stored);
  const { run, busy, error, clear } = useAction();
  const locked = !worksheet.permissions.edit;
  const save = () =>
    run(async () => {
      try {
        await props.onSave({ baseVersion: known.version, answers: typed });
        setOvertaken(false);
      } catch (caught) {
        if (isProblem(caught, "stale") && caught.problem.current) {
          take(caught.problem.current as EligibilityDto);
          setOvertaken(true);
        }
        throw caught;
      }
    });
  const touched = (question: GateStop["question"]) => question !== null && typed[question] !== stored.answers[question];
  const notes = (question: GateStop["question"]) =>
    stops
      .filter((stop) => stop.question === question && !touched(question))
      .map((stop) => (
        <StopNote key={stop.rule} message={stop.message}>
          {stop.wayOut && <Elsewhere worksheet={worksheet} wayOut={stop.wayOut} />}
        </StopNote>
      ));
  return (
    <Stack gap="sm">
      {notes(null)}
      <GateQuestions
        size="xs"
        answers={typed}
        onChange={setTyped}
        configurationGap={rigour.knowledge.configurationGap}
        beneath={notes}
        disabled={locked}
      />
      {overtaken ? (
        <Overtaken
          onTake={() => {
            setTyped(known.answers);
            setOvertaken(false);
            clear();
          }}
        />
      ) : (
        <ProblemAlert error={error} />
      )}
      {!isSame(typed, known.answers) && (
        <Button size="compact-sm" variant="default" loading={busy} onClick={save}>
          Save the answers
        </Button>
      )}
    </Stack>
  );
}

/** A worksheet that stands has to be withdrawn before the requirement gets another answer. */
function Elsewhere(props: { readonly worksheet: WorksheetDto; readonly wayOut: NonNullable<GateStop["wayOut"]> }) {
  const { engagementId, dispositionId } = props.worksheet;
  return (
    <Text size="sm">
      If that is so, withdraw this worksheet and choose “{DISPOSITION_LABELS[props.wayOut]}” in{" "}
      <Anchor component={Link} href={`/engagements/${engagementId}?row=${dispositionId}`}>
        its row of the workbook
      </Anchor>
      .
    </Text>
  );
}

function Overtaken({ onTake }: { readonly onTake: () => void }) {
  return (
    <Alert color="orange" title="Somebody else answered meanwhile" role="alert">
      <Stack gap="xs" align="flex-start">
        <Text size="sm">
          Their answers are above, but for those that you changed yourself. Save again to put yours in place of theirs,
          or take theirs.
        </Text>
        <Button size="compact-sm" variant="default" onClick={onTake}>
          Take theirs
        </Button>
      </Stack>
    </Alert>
  );
}
