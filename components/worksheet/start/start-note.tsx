"use client";

import { Button, Group, Paper, Text } from "@mantine/core";
import { IconFileText } from "@tabler/icons-react";
import { useState } from "react";
import { lazyDialog } from "@/components/kit/lazy-dialog";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import { isUnwritten } from "@/lib/domain/worksheet/begin";
import type { CriterionAnswer } from "@/lib/domain/worksheet/criteria-answers";
import type { WorksheetSections } from "@/lib/domain/worksheet/model";

const StartDialog = lazyDialog(
  () => import("@/components/worksheet/start/start-dialog").then((module) => module.StartDialog),
  "The choice of a text",
);

/** Offers a start while nothing is written yet; gone with the first word. */
export function StartNote(props: {
  readonly worksheet: WorksheetDto;
  readonly sections: WorksheetSections;
  readonly answers: readonly CriterionAnswer[];
  readonly onStarted: (worksheet: WorksheetDto) => void;
}) {
  const { worksheet, sections, answers } = props;
  const [opened, setOpened] = useState(false);
  if (!worksheet.permissions.edit || !isUnwritten(sections, answers)) return null;
  return (
    <Paper withBorder p="sm" mb="lg" component="section" aria-label="Begin from another text">
      <Group gap="sm" justify="space-between">
        <Text size="sm" style={{ flex: "1 1 16rem" }}>
          Nothing is written yet. Begin with an empty page, with a sample for {worksheet.header.requirementNumber}, or
          with another of your worksheets.
        </Text>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconFileText size={15} aria-hidden />}
          onClick={() => setOpened(true)}
        >
          Begin from another text
        </Button>
      </Group>
      <StartDialog opened={opened} worksheet={worksheet} onClose={() => setOpened(false)} onStarted={props.onStarted} />
    </Paper>
  );
}
