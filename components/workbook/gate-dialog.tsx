"use client";

import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { GateQuestions } from "@/components/eligibility/gate-questions";
import { StopNote } from "@/components/eligibility/stop-note";
import { useGate } from "@/components/eligibility/use-gate";
import { ProblemAlert } from "@/components/kit/problem-alert";
import type { DispositionDto } from "@/lib/contracts/disposition";
import type { AssessmentType } from "@/lib/contracts/engagement";
import type { OpenWorksheetInput } from "@/lib/contracts/rigour";
import { type GateStop, WAY_OUT_WORDS } from "@/lib/domain/rigour/gate-words";
import type { Disposition } from "@/lib/domain/workflow/dispositions";

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
  const gate = useGate({
    requirementNumber: row.requirementNumber,
    configurationGap: props.configurationGap,
    customizedApproach: row.disposition === "customized_approach",
    assessmentType,
  });
  const notes = (asked: GateStop["question"]) =>
    gate.stopsAt(asked).map((stop) => (
      <StopNote key={stop.rule} message={stop.message}>
        <WayOut
          stop={stop}
          busy={gate.busy}
          onInstead={props.onInstead}
          onGiveUp={() => gate.run(props.onGiveUpCustomized)}
        />
      </StopNote>
    ));
  return (
    <Modal opened onClose={onClose} title={`Is a worksheet allowed for ${row.requirementNumber}?`} size="lg">
      <Stack gap="md">
        <Text size="sm">
          Four questions come before a worksheet, because there are gaps for which no assessor accepts one. The answers
          stay with the worksheet, where they can be changed, and are asked again at each submission.
        </Text>
        {notes(null)}
        <GateQuestions {...gate.fields} beneath={notes} />
        {props.customizedApproachBarrier !== null && assessmentType === "ROC" && row.standardVersion === "4.0.1" ? (
          <Text size="sm" c="dimmed">
            {props.customizedApproachBarrier} That says nothing about a compensating control.
          </Text>
        ) : null}
        <ProblemAlert error={gate.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button onClick={() => gate.pass(props.onOpen)} loading={gate.busy}>
            Open the worksheet
          </Button>
        </Group>
      </Stack>
      {gate.question}
    </Modal>
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
