"use client";

import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { GateQuestions } from "@/components/eligibility/gate-questions";
import { StopNote } from "@/components/eligibility/stop-note";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useAction } from "@/components/kit/use-action";
import { useCardNumberQuestion } from "@/components/kit/use-card-number-question";
import { isProblem } from "@/lib/client/errors";
import type { DispositionDto } from "@/lib/contracts/disposition";
import type { AssessmentType } from "@/lib/contracts/engagement";
import type { OpenWorksheetInput } from "@/lib/contracts/rigour";
import { gateStops } from "@/lib/domain/rigour/gate";
import { type GateStop, WAY_OUT_WORDS } from "@/lib/domain/rigour/gate-words";
import type { Disposition } from "@/lib/domain/workflow/dispositions";
import { UNANSWERED } from "@/lib/domain/worksheet/answers";

/** Asks, before a worksheet is opened, whether a compensating control is allowed at all; where it is not, it offers the way out. */
export function GateDialog(props: {
  readonly row: DispositionDto;
  readonly assessmentType: AssessmentType;
  readonly configurationGap: boolean;
  /** Why the customized approach is not open for the requirement; null where it is, or where that is not known. */
  readonly customizedApproachBarrier: string | null;
  readonly onOpen: (input: OpenWorksheetInput) => Promise<void>;
  /** Chooses something else for the row. */
  readonly onInstead: (disposition: Disposition) => void;
  readonly onGiveUpCustomized: () => Promise<unknown>;
  readonly onClose: () => void;
}) {
  const { row, assessmentType, onClose } = props;
  const [answers, setAnswers] = useState(UNANSWERED);
  const [tried, setTried] = useState(false);
  const { run, busy, error } = useAction();
  const { withQuestion, question } = useCardNumberQuestion();
  // A gap that this page does not know of is told by the server.
  const configurationGap = props.configurationGap || asksWhy(error);
  const stops = gateStops(answers, {
    requirementNumber: row.requirementNumber,
    configurationGap,
    customizedApproach: row.disposition === "customized_approach",
    assessmentType,
  });
  const real = stops.filter(({ question: asked }) => asked === null || answers[asked] !== null);
  const shown = (asked: GateStop["question"]) =>
    // Of a plain gap no reason is asked for before somebody had the time to write one.
    real.filter(
      (one) => one.question === asked && (tried || answers.switchable === true || asked !== "whyNotSwitchedOn"),
    );
  const notes = (asked: GateStop["question"]) =>
    shown(asked).map((stop) => (
      <StopNote key={stop.rule} message={stop.message}>
        <WayOut stop={stop} busy={busy} onInstead={props.onInstead} onGiveUp={() => run(props.onGiveUpCustomized)} />
      </StopNote>
    ));
  const open = () => {
    setTried(true);
    if (stops.length > 0) return;
    void run(() =>
      withQuestion((sure) => props.onOpen({ eligibility: answers, ...(sure ? { acknowledgeCardNumber: true } : {}) })),
    );
  };
  return (
    <Modal opened onClose={onClose} title={`Is a worksheet allowed for ${row.requirementNumber}?`} size="lg">
      <Stack gap="md">
        <Text size="sm">
          Four questions come before a worksheet, because there are gaps for which no assessor accepts one. The answers
          stay with the worksheet, where they can be changed, and are asked again at each submission.
        </Text>
        {notes(null)}
        <GateQuestions
          answers={answers}
          onChange={setAnswers}
          configurationGap={configurationGap}
          unanswered={tried ? "Answer this question." : undefined}
          beneath={notes}
        />
        {props.customizedApproachBarrier !== null && assessmentType === "ROC" && row.standardVersion === "4.0.1" ? (
          <Text size="sm" c="dimmed">
            {props.customizedApproachBarrier} That says nothing about a compensating control.
          </Text>
        ) : null}
        <ProblemAlert error={error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button onClick={open} loading={busy}>
            Open the worksheet
          </Button>
        </Group>
      </Stack>
      {question}
    </Modal>
  );
}

function asksWhy(error: unknown): boolean {
  return (
    isProblem(error, "blocked") &&
    (error.problem.blockers ?? []).some(({ question }) => question === "whyNotSwitchedOn")
  );
}

function WayOut(props: {
  readonly stop: GateStop;
  readonly busy: boolean;
  readonly onInstead: (disposition: Disposition) => void;
  readonly onGiveUp: () => void;
}) {
  const { wayOut, rule } = props.stop;
  if (wayOut === null) return null;
  return (
    <Button
      size="xs"
      variant="default"
      loading={props.busy && rule === "L10"}
      onClick={() => (rule === "L10" ? props.onGiveUp() : props.onInstead(wayOut))}
    >
      {WAY_OUT_WORDS[wayOut]}
    </Button>
  );
}
