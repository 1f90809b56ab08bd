"use client";

import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useAction } from "@/components/kit/use-action";
import { useCardNumberQuestion } from "@/components/kit/use-card-number-question";
import { useReturnFocus } from "@/components/kit/use-return-focus";
import { FileChoice } from "@/components/workbook/file-choice";
import { type Choice, chosenInput, everything, savesIn } from "@/components/workbook/plan-choice";
import { PlanPreview } from "@/components/workbook/plan-preview";
import { api } from "@/lib/client/api";
import { uploadFile } from "@/lib/client/upload";
import type { DispositionDto } from "@/lib/contracts/disposition";
import type { PlanImportDto, PlanPreviewDto } from "@/lib/contracts/oscal-import";

/** A plan that was chosen, what it would bring, and what of it is taken in. */
interface Chosen {
  readonly name: string;
  readonly preview: PlanPreviewDto;
  readonly choice: Choice;
}

/** Takes an OSCAL plan, shows what it would bring, and takes in what was chosen: all of it or nothing. */
export function PlanDialog(props: {
  readonly engagementId: string;
  readonly onDone: (rows: readonly DispositionDto[]) => void;
  readonly onClose: () => void;
}) {
  useReturnFocus();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const { run, busy, error } = useAction();
  const { withQuestion, question } = useCardNumberQuestion();
  const path = `/engagements/${encodeURIComponent(props.engagementId)}`;
  const choose = (file: File) => {
    setChosen(null);
    void run(async () => {
      const preview = await uploadFile<PlanPreviewDto>(["engagements", props.engagementId, "oscal", "preview"], file);
      setChosen({ name: file.name, preview, choice: everything(preview) });
    });
  };
  const saves = chosen ? savesIn(chosen.preview, chosen.choice) : 0;
  const apply = ({ preview, choice }: Chosen) =>
    run(async () => {
      const body = chosenInput(preview, choice);
      const done = await withQuestion((acknowledgeCardNumber) =>
        api.post<PlanImportDto>(`${path}/oscal/apply`, { ...body, acknowledgeCardNumber }),
      );
      const { items } = await api.get<{ readonly items: readonly DispositionDto[] }>(`${path}/dispositions`);
      props.onDone(items);
      notifications.show({ color: "green", message: doneWords(done) });
      props.onClose();
    });
  return (
    <Modal opened onClose={props.onClose} title="Import an OSCAL plan" size="xl">
      <Stack gap="md">
        <Text size="sm">
          Choose a plan of action and milestones (POA&M) that Countervail exported, from this engagement or another one
          of the same PCI DSS version. Texts, evidence links and planned fixes can be taken in; signatures, discussions
          and the bytes of files are not in it. Nothing is changed before you have seen what would be.
        </Text>
        <FileChoice accept=".json,application/json" chosen={chosen?.name ?? null} busy={busy} onChoose={choose} />
        {chosen ? (
          <PlanPreview
            preview={chosen.preview}
            choice={chosen.choice}
            onChoose={(choice) => setChosen({ ...chosen, choice })}
          />
        ) : null}
        {chosen && saves > chosen.preview.mostSaves ? (
          <Text size="sm" c="red" role="status">
            {`These are ${saves} saves, and at most ${chosen.preview.mostSaves} are made at once. Choose fewer worksheets and fixes, take them in, then import the plan again for the others.`}
          </Text>
        ) : null}
        <ProblemAlert error={error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={props.onClose}>
            Cancel
          </Button>
          <Button
            onClick={() => chosen && apply(chosen)}
            disabled={!chosen || saves === 0 || saves > chosen.preview.mostSaves}
            loading={busy && chosen !== null}
          >
            Take in what is chosen
          </Button>
        </Group>
      </Stack>
      {question}
    </Modal>
  );
}

function doneWords({ worksheets, rows, already }: PlanImportDto): string {
  if (worksheets.length + rows === 0) {
    return already > 0 ? "All of it is there already. Nothing was changed." : "There was nothing to change.";
  }
  const opened = worksheets.filter((one) => one.opened).length;
  const words = [
    ...(opened > 0 ? [counted(opened, "worksheet was opened", "worksheets were opened")] : []),
    ...(worksheets.length > opened
      ? [counted(worksheets.length - opened, "worksheet was changed", "worksheets were changed")]
      : []),
    ...(rows > 0 ? [counted(rows, "fix was planned", "fixes were planned")] : []),
    ...(already > 0 ? [counted(already, "save was there already", "saves were there already")] : []),
  ];
  return `${words.join(", ")}.`;
}

function counted(number: number, one: string, more: string): string {
  return `${number} ${number === 1 ? one : more}`;
}
