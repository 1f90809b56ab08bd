"use client";

import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useAction } from "@/components/kit/use-action";
import { useReturnFocus } from "@/components/kit/use-return-focus";
import { FileChoice } from "@/components/workbook/file-choice";
import { ImportPreview } from "@/components/workbook/import-preview";
import { api } from "@/lib/client/api";
import { uploadFile } from "@/lib/client/upload";
import type { DispositionDto } from "@/lib/contracts/disposition";
import type { SheetPreviewDto } from "@/lib/contracts/sheets";

/** A table that was chosen, and what it would change. */
interface Chosen {
  readonly name: string;
  readonly preview: SheetPreviewDto;
}

/** Takes an edited table of the workbook, shows what it would change, and makes the changes: all of them or none. */
export function ImportDialog(props: {
  readonly engagementId: string;
  readonly onDone: (rows: readonly DispositionDto[]) => void;
  readonly onClose: () => void;
}) {
  useReturnFocus();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const { run, busy, error } = useAction();
  const path = ["engagements", props.engagementId, "sheets", "workbook"] as const;
  const choose = (file: File) => {
    setChosen(null);
    void run(async () => {
      const preview = await uploadFile<SheetPreviewDto>([...path, "preview"], file);
      setChosen({ name: file.name, preview });
    });
  };
  const changes = chosen?.preview.changes ?? [];
  const blocked = changes.length === 0 || (chosen?.preview.errors.length ?? 0) > 0;
  const apply = () =>
    run(async () => {
      const body = { changes: changes.map(({ change }) => change) };
      const { items } = await api.post<{ readonly items: readonly DispositionDto[] }>(
        `/engagements/${encodeURIComponent(props.engagementId)}/sheets/workbook/apply`,
        body,
      );
      props.onDone(items);
      notifications.show({ color: "green", message: changedWords(changes.length) });
      props.onClose();
    });
  return (
    <Modal opened onClose={props.onClose} title="Import an edited table" size="xl">
      <Stack gap="md">
        <Text size="sm">
          Take the workbook out under Export, Tables, change dispositions, notes, owners, dates or evidence in a
          spreadsheet, and choose the file here, as XLSX or as CSV in UTF-8. Leave the first line, and the columns Row
          and Version. Nothing is changed before you have seen what would be.
        </Text>
        <FileChoice accept=".csv,.xlsx" chosen={chosen?.name ?? null} busy={busy} onChoose={choose} />
        {chosen ? <ImportPreview preview={chosen.preview} /> : null}
        <ProblemAlert error={error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={props.onClose}>
            Cancel
          </Button>
          <Button onClick={apply} disabled={blocked} loading={busy && chosen !== null}>
            {changes.length === 0
              ? "Apply"
              : `Apply ${changes.length === 1 ? "1 change" : `${changes.length} changes`}`}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function changedWords(count: number): string {
  return count === 1 ? "1 row was changed." : `${count} rows were changed.`;
}
