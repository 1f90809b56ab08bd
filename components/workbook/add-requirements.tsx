"use client";

import { Button, Checkbox, Group, Modal, ScrollArea, Stack, Text, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useAction } from "@/components/kit/use-action";
import { useReturnFocus } from "@/components/kit/use-return-focus";
import { useRequirementSearch } from "@/components/workbook/use-requirement-search";
import { api } from "@/lib/client/api";
import type { DispositionDto } from "@/lib/contracts/disposition";
import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";

const SHOWN = 60;

/** Adds requirements of the engagement's version to the workbook, many at once. */
export function AddRequirements(props: {
  readonly engagementId: string;
  readonly version: StandardVersion;
  /** Numbers that are in the workbook already. */
  readonly present: ReadonlySet<string>;
  readonly onDone: (rows: readonly DispositionDto[]) => void;
  readonly onClose: () => void;
}) {
  useReturnFocus();
  const [query, setQuery] = useState("");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const search = useRequirementSearch(props.version, query);
  const { run, busy, error } = useAction();
  const toggle = (number: string) => {
    const next = new Set(chosen);
    if (!next.delete(number)) next.add(number);
    setChosen(next);
  };
  const add = () =>
    run(async () => {
      const reply = await api.post<{ readonly items: readonly DispositionDto[] }>(
        `/engagements/${props.engagementId}/dispositions`,
        { requirementNumbers: [...chosen] },
      );
      props.onDone(reply.items);
      props.onClose();
    });
  return (
    <Modal opened onClose={props.onClose} title="Add requirements" size="lg">
      <Stack gap="sm">
        <TextInput
          label="Search"
          description={`Number or word, in PCI DSS ${props.version}`}
          leftSection={<IconSearch size={16} aria-hidden="true" />}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
          data-autofocus
        />
        <ScrollArea
          h={340}
          type="auto"
          viewportProps={{ tabIndex: 0, role: "group", "aria-label": "Requirements found" }}
        >
          <Stack gap={6} pr="sm">
            {search.items.slice(0, SHOWN).map(({ number, title }) => {
              const present = props.present.has(number);
              return (
                <Checkbox
                  key={number}
                  checked={present || chosen.has(number)}
                  disabled={present}
                  onChange={() => toggle(number)}
                  label={`${number}  ${title}${present ? " (in the workbook)" : ""}`}
                />
              );
            })}
            <Text size="sm" c="dimmed" aria-live="polite">
              {search.words ??
                (search.items.length > SHOWN ? `${search.items.length - SHOWN} more: narrow the search.` : "")}
            </Text>
          </Stack>
        </ScrollArea>
        <ProblemAlert error={error ?? search.error} />
        <Group justify="space-between">
          <Text size="sm" c="dimmed" aria-live="polite">
            {chosen.size === 0 ? "None chosen" : [...chosen].join(", ")}
          </Text>
          <Group gap="xs" ml="auto">
            <Button variant="default" onClick={props.onClose}>
              Cancel
            </Button>
            <Button onClick={add} loading={busy} disabled={chosen.size === 0}>
              Add {chosen.size || ""}
            </Button>
          </Group>
        </Group>
      </Stack>
    </Modal>
  );
}
