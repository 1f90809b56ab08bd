"use client";

import { Button, Collapse, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { SideBySide, type SideNames } from "@/components/worksheet/merge/part-chooser";
import { type NameOf, partTitle } from "@/components/worksheet/merge/part-text";
import type { MergePart } from "@/lib/domain/worksheet/merge";

/** The parts that only one side changed: taken over without a choice, to be looked at by those who want to. */
export function SettledParts(props: {
  readonly parts: readonly MergePart[];
  readonly names: SideNames;
  readonly nameOf: NameOf;
}) {
  const [opened, { toggle }] = useDisclosure(false);
  const settled = props.parts.filter(({ changedBy }) => changedBy === "mine" || changedBy === "theirs");
  if (settled.length === 0) return null;
  return (
    <div>
      <Button variant="subtle" size="compact-sm" onClick={toggle} aria-expanded={opened}>
        {settled.length === 1 ? "One part" : `${settled.length} parts`} changed on one side only, taken over
      </Button>
      <Collapse expanded={opened}>
        <Stack gap="md" mt="sm">
          {settled.map((part) => (
            <div key={part.id}>
              <Text size="sm" fw={550}>
                {partTitle(part)}, from “{part.changedBy === "mine" ? props.names.mine : props.names.theirs}”
              </Text>
              <SideBySide part={part} names={props.names} nameOf={props.nameOf} />
            </div>
          ))}
        </Stack>
      </Collapse>
    </div>
  );
}
