"use client";

import { Group, Radio, Stack, Text } from "@mantine/core";
import { DISPOSITION_LOOKS } from "@/components/kit/status";
import { CHOICE_HINTS, CHOICE_ORDER, WORKSHEET_STANDS } from "@/components/workbook/disposition-words";
import classes from "@/components/workbook/workbook.module.css";
import type { Disposition } from "@/lib/domain/workflow/dispositions";

/** The seven choices with what each means. `barrierOf` says why one is closed. */
export function DispositionChoices(props: {
  readonly value: Disposition;
  readonly onChange: (choice: Disposition) => void;
  readonly barrierOf: (choice: Disposition) => string | null;
  readonly error?: string | undefined;
  readonly disabled: boolean;
}) {
  return (
    <Radio.Group
      label="What do you do about it?"
      value={props.value}
      onChange={(value) => props.onChange(value as Disposition)}
      error={props.error}
    >
      <Stack gap={6} mt={6}>
        {CHOICE_ORDER.map((choice) => (
          <Choice
            key={choice}
            choice={choice}
            barrier={props.barrierOf(choice)}
            checked={props.value === choice}
            disabled={props.disabled}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}

function Choice(props: {
  readonly choice: Disposition;
  readonly barrier: string | null;
  readonly checked: boolean;
  readonly disabled: boolean;
}) {
  const { choice, barrier, checked } = props;
  const { word, icon: Icon, tone } = DISPOSITION_LOOKS[choice];
  // What is chosen already stays selectable, so that its details can be edited.
  // What closes all of them alike is said once, above.
  const explained = barrier !== null && barrier !== WORKSHEET_STANDS && !checked;
  const closed = props.disabled || (barrier !== null && !checked);
  return (
    <Radio.Card value={choice} className={classes.choice} disabled={closed} data-disabled={closed || undefined}>
      <Group wrap="nowrap" align="flex-start" gap="sm">
        <Radio.Indicator mt={2} disabled={closed} />
        <div>
          <Group gap={6}>
            <Icon size={16} aria-hidden="true" color={`var(--mantine-color-${tone}-text)`} />
            <Text fw={600} size="sm">
              {word}
            </Text>
          </Group>
          {checked || explained || choice === "fix_planned" ? (
            <Text size="sm" c="dimmed">
              {explained ? barrier : CHOICE_HINTS[choice]}
            </Text>
          ) : null}
        </div>
      </Group>
    </Radio.Card>
  );
}
