"use client";

import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useMemo, useState } from "react";
import { useReturnFocus } from "@/components/kit/use-return-focus";
import { type Choice, type Choices, mergeByChoices } from "@/components/worksheet/merge/merge-choices";
import { PartChooser } from "@/components/worksheet/merge/part-chooser";
import { SettledParts } from "@/components/worksheet/merge/settled-parts";
import { useAllParts } from "@/components/worksheet/saving/saver-context";
import { type MergePart, mergeParts } from "@/lib/domain/worksheet/merge";
import type { SectionContent } from "@/lib/domain/worksheet/model";
import { PART_LABELS, type PartKey } from "@/lib/domain/worksheet/sections";

/** Two versions of a section side by side; what only one of them changed is taken over, the rest is chosen. */
export function MergeDialog(props: {
  readonly section: PartKey;
  readonly title: string;
  readonly base: SectionContent;
  readonly mine: SectionContent;
  readonly theirs: SectionContent;
  readonly mineName: string;
  readonly theirsName: string;
  readonly onClose: () => void;
  readonly onMerged: (content: SectionContent) => void;
}) {
  useReturnFocus();
  const { section, base, mine, theirs } = props;
  const [choices, setChoices] = useState<Choices>({});
  const { definition } = useAllParts();
  const parts = useMemo(() => mergeParts(section, base, mine, theirs), [section, base, mine, theirs]);
  const clashes = parts.filter(({ changedBy }) => changedBy === "conflict");
  const open = clashes.filter(({ id }) => !choices[id]).length;
  const nameOf = (id: string) => definition?.items.controls.find((control) => control.id === id)?.label ?? null;
  const choose = (part: MergePart, choice: Choice) => setChoices((all) => ({ ...all, [part.id]: choice }));
  const takeAll = (take: "mine" | "theirs") => setChoices(Object.fromEntries(clashes.map(({ id }) => [id, { take }])));
  const names = { mine: props.mineName, theirs: props.theirsName };

  return (
    <Modal
      opened
      onClose={props.onClose}
      title={`${PART_LABELS[section]}: ${props.title}`}
      size="72rem"
      closeOnClickOutside={false}
    >
      <Stack gap="lg">
        <Text>
          {clashes.length === 0
            ? "Nothing clashes: each part was changed on one side only, and both stay."
            : "Choose for each part what stays. Nothing is saved before, and both texts are kept until then."}
        </Text>
        {clashes.length > 1 && (
          <Group gap="xs">
            <Button size="xs" variant="default" onClick={() => takeAll("mine")}>
              All from “{names.mine}”
            </Button>
            <Button size="xs" variant="default" onClick={() => takeAll("theirs")}>
              All from “{names.theirs}”
            </Button>
          </Group>
        )}
        {clashes.map((part) => (
          <PartChooser
            key={part.id}
            part={part}
            names={names}
            nameOf={nameOf}
            choice={choices[part.id] ?? null}
            onChoose={(choice) => choose(part, choice)}
          />
        ))}
        <SettledParts parts={parts} names={names} nameOf={nameOf} />
        <Group justify="space-between" gap="xs">
          <Text size="sm" c="dimmed" role="status">
            {open === 0 ? "Everything is chosen." : `${open} of ${clashes.length} still to choose.`}
          </Text>
          <Group gap="xs">
            <Button variant="default" onClick={props.onClose}>
              Later
            </Button>
            <Button
              disabled={open > 0}
              onClick={() => props.onMerged(mergeByChoices(section, base, mine, theirs, parts, choices))}
            >
              Save merged
            </Button>
          </Group>
        </Group>
      </Stack>
    </Modal>
  );
}
