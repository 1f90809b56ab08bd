"use client";

import { Badge, Group, Text } from "@mantine/core";
import { IconCheck, IconCircleDashed, IconInfoCircle } from "@tabler/icons-react";
import { type ShownPart, usePartsOf } from "@/components/carry-over/carried-parts";
import classes from "@/components/carry-over/carry-over.module.css";
import type { AddedState } from "@/lib/domain/rigour/carried-state";
import { PART_LABELS, type PartKey } from "@/lib/domain/worksheet/sections";

const STATES: Readonly<Record<AddedState, { readonly words: string; readonly color: string }>> = {
  open: { words: "To be written anew", color: "orange" },
  written: { words: "Written", color: "green" },
  holds: { words: "Holds, with a reason", color: "green" },
  remark: { words: "For your information", color: "gray" },
};

/** What 4.0.1 asks of this part that the worksheet it was carried over from did not: beside the text, and never in it. */
export function WrittenAnew({ section }: { readonly section: PartKey }) {
  const parts = usePartsOf(section);
  if (parts.length === 0) return null;
  const reasonHelps = parts.some(({ part, state }) => state === "open" && isOfText(part.kind));
  return (
    <aside className={classes.added} aria-label={`Added by the carry-over: ${PART_LABELS[section]}`}>
      <Text size="xs" fw={600} c="dimmed" mb={4}>
        Added by the carry-over, not part of the text
      </Text>
      <ul className={classes.list}>
        {parts.map((shown) => (
          <AddedItem key={shown.part.id} {...shown} />
        ))}
      </ul>
      {reasonHelps && (
        <Text size="xs" c="dimmed" mt={6}>
          Where the old text holds, say why beside it: under “Checks”, at rule L23. Your assessor reads the reason.
        </Text>
      )}
    </aside>
  );
}

function isOfText(kind: ShownPart["part"]["kind"]): boolean {
  return kind === "heading" || kind === "prompt";
}

function AddedItem({ part, state }: ShownPart) {
  const done = state === "written" || state === "holds";
  const Icon = state === "remark" ? IconInfoCircle : done ? IconCheck : IconCircleDashed;
  return (
    <li className={classes.item} data-done={done || undefined}>
      <Icon size={16} aria-hidden className={classes.icon} />
      <div>
        <Group gap={6}>
          <Text size="sm" fw={600} component="span">
            {part.title}
          </Text>
          {state && (
            <Badge size="sm" variant="light" color={STATES[state].color}>
              {STATES[state].words}
            </Badge>
          )}
        </Group>
        {!done && (
          <>
            <Text size="sm">{part.text}</Text>
            <Text size="xs" c="dimmed">
              {part.reason} <cite className={classes.source}>{part.source}</cite>
            </Text>
          </>
        )}
      </div>
    </li>
  );
}
