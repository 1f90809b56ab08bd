"use client";

import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useRouter } from "next/navigation";
import { GateQuestions } from "@/components/eligibility/gate-questions";
import { StopNote } from "@/components/eligibility/stop-note";
import { useGate } from "@/components/eligibility/use-gate";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useReturnFocus } from "@/components/kit/use-return-focus";
import { api } from "@/lib/client/api";
import type { CarryPlaceDto, CarrySourceDto } from "@/lib/contracts/carry-over";
import type { AssessmentType } from "@/lib/contracts/engagement";
import type { WorksheetDto } from "@/lib/contracts/worksheet";

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
  const { configurationGap, number: requirementNumber } = place;
  const { assessmentType } = props;
  const gate = useGate({ requirementNumber, configurationGap, customizedApproach: false, assessmentType });
  const carry = () =>
    gate.pass(async (input) => {
      const { id } = await api.post<WorksheetDto>(`/engagements/${props.engagementId}/carry-overs`, {
        ...{ worksheetId: source.worksheetId, requirementNumber },
        ...input,
      });
      router.push(`/worksheets/${id}`);
    });
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
          {...gate.fields}
          beneath={(asked) => gate.stopsAt(asked).map(({ rule, message }) => <StopNote key={rule} message={message} />)}
        />
        <ProblemAlert error={gate.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={props.onClose}>
            Cancel
          </Button>
          <Button onClick={carry} loading={gate.busy}>
            Carry over
          </Button>
        </Group>
      </Stack>
      {gate.question}
    </Modal>
  );
}
