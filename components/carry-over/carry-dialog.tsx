"use client";

import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { GateQuestions } from "@/components/eligibility/gate-questions";
import { StopNote } from "@/components/eligibility/stop-note";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useAction } from "@/components/kit/use-action";
import { useCardNumberQuestion } from "@/components/kit/use-card-number-question";
import { useReturnFocus } from "@/components/kit/use-return-focus";
import { api } from "@/lib/client/api";
import type { CarryPlaceDto, CarrySourceDto } from "@/lib/contracts/carry-over";
import type { AssessmentType } from "@/lib/contracts/engagement";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import { gateStops } from "@/lib/domain/rigour/gate";
import { type EligibilityAnswers, UNANSWERED } from "@/lib/domain/worksheet/answers";

/** What somebody chose to carry over, and where to. */
export interface CarryChoice {
  readonly source: CarrySourceDto;
  readonly place: CarryPlaceDto;
}

/** Asks the gate's questions about the new number, and carries the worksheet over. */
export function CarryDialog(props: {
  readonly engagementId: string;
  readonly assessmentType: AssessmentType;
  readonly choice: CarryChoice;
  readonly onClose: () => void;
}) {
  useReturnFocus();
  const router = useRouter();
  const { source, place } = props.choice;
  const [answers, setAnswers] = useState(UNANSWERED);
  const [tried, setTried] = useState(false);
  const { run, busy, error } = useAction();
  const { withQuestion, question } = useCardNumberQuestion();
  const { configurationGap, number: requirementNumber } = place;
  const { assessmentType } = props;
  const stops = gateStops(answers, { requirementNumber, configurationGap, customizedApproach: false, assessmentType });
  const beneath = (asked: keyof EligibilityAnswers) =>
    stops
      .filter((stop) => stop.question === asked && answers[asked] !== null && (tried || asked !== "whyNotSwitchedOn"))
      .map(({ rule, message }) => <StopNote key={rule} message={message} />);
  const carry = () => {
    setTried(true);
    if (stops.length > 0) return;
    void run(async () => {
      const { id } = await withQuestion((sure) =>
        api.post<WorksheetDto>(`/engagements/${props.engagementId}/carry-overs`, {
          ...{ worksheetId: source.worksheetId, requirementNumber, eligibility: answers },
          ...(sure ? { acknowledgeCardNumber: true } : {}),
        }),
      );
      router.push(`/worksheets/${id}`);
    });
  };
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={`Carry ${source.requirementNumber} over to ${requirementNumber}`}
      size="lg"
    >
      <Stack gap="md">
        <Text size="sm">{place.changed}</Text>
        <Text size="sm">
          The worksheet for {requirementNumber} begins with the text of{" "}
          {source.revision === null ? "the draft" : `revision ${source.revision}`}
          {place.inWorkbook ? "" : `, and ${requirementNumber} comes into the workbook`}. Before there is one, the
          questions of the gate are to be answered for today.
        </Text>
        <GateQuestions
          answers={answers}
          onChange={setAnswers}
          configurationGap={configurationGap}
          unanswered={tried ? "Answer this question." : undefined}
          beneath={beneath}
        />
        <ProblemAlert error={error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={props.onClose}>
            Cancel
          </Button>
          <Button onClick={carry} loading={busy}>
            Carry over
          </Button>
        </Group>
      </Stack>
      {question}
    </Modal>
  );
}
