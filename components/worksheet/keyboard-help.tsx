"use client";

import { ActionIcon, Group, Kbd, Popover, Stack, Text } from "@mantine/core";
import { IconKeyboard } from "@tabler/icons-react";

const KEYS: readonly (readonly [readonly string[], string])[] = [
  [["Ctrl", "S"], "Save now"],
  [["Alt", "↑"], "Section before"],
  [["Alt", "↓"], "Section after"],
  [["Ctrl", "B"], "Bold"],
  [["Ctrl", "I"], "Italic"],
  [["Ctrl", "E"], "Code"],
  [["Ctrl", "Z"], "Undo in the text"],
  [["Esc"], "From the text to its toolbar"],
];

/** The keys of the page, in a small popover. */
export function KeyboardHelp() {
  return (
    <Popover position="top-start" shadow="md" withinPortal trapFocus>
      <Popover.Target>
        <ActionIcon aria-label="Keys of this page" size="md">
          <IconKeyboard size={18} stroke={1.75} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label="Keys of this page">
        <Stack gap={6} tabIndex={-1} data-autofocus>
          {KEYS.map(([keys, what]) => (
            <Group key={what} justify="space-between" gap="lg" wrap="nowrap">
              <Text size="sm">{what}</Text>
              <Group gap={3} wrap="nowrap">
                {keys.map((key) => (
                  <Kbd key={key} size="xs">
                    {key}
                  </Kbd>
                ))}
              </Group>
            </Group>
          ))}
          <Text size="xs" c="dimmed" maw="16rem">
            On a Mac use ⌘ for Ctrl and ⌥ for Alt. Everything saves by itself as you type.
          </Text>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
