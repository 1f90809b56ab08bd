"use client";

import { Button, Group, Select, Text } from "@mantine/core";
import { useState } from "react";
import { DateField } from "@/components/kit/date-field";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useAction } from "@/components/kit/use-action";
import classes from "@/components/workbook/workbook.module.css";
import { api } from "@/lib/client/api";
import type { BulkAssignInput, DispositionDto } from "@/lib/contracts/disposition";
import type { PersonRef } from "@/lib/contracts/section";

/** Gives the ticked rows an owner, a due date, or both; all of them or none. */
export function BulkBar(props: {
  readonly engagementId: string;
  readonly ids: ReadonlySet<string>;
  /** How many of them the filters hide. */
  readonly hidden: number;
  readonly people: readonly PersonRef[];
  readonly onDone: (rows: readonly DispositionDto[]) => void;
  readonly onClear: () => void;
}) {
  const [ownerId, setOwnerId] = useState<string | null>(null);
  const [dueOn, setDueOn] = useState<string | null>(null);
  const { run, busy, error } = useAction();
  const assign = () =>
    run(async () => {
      const change: BulkAssignInput = {
        ids: [...props.ids],
        ...(ownerId ? { ownerId } : {}),
        ...(dueOn ? { dueOn } : {}),
      };
      const reply = await api.post<{ readonly items: readonly DispositionDto[] }>(
        `/engagements/${props.engagementId}/dispositions/bulk`,
        change,
      );
      props.onDone(reply.items);
    });
  return (
    <section className={classes.bulk} aria-label="Selected rows">
      <Group gap="xs" wrap="wrap">
        <Text size="sm" fw={600} aria-live="polite" mr="xs">
          {props.ids.size} selected{props.hidden > 0 ? `, ${props.hidden} not shown` : ""}
        </Text>
        <Select
          aria-label="Owner of the selected rows"
          placeholder="Owner"
          data={props.people.map(({ id, name }) => ({ value: id, label: name }))}
          value={ownerId}
          onChange={setOwnerId}
          clearable
          clearButtonProps={{ "aria-label": "No owner" }}
          searchable
          w={190}
        />
        <DateField
          aria-label="Due date of the selected rows"
          placeholder="Due date"
          value={dueOn}
          onChange={setDueOn}
          clearable
          w={160}
        />
        <Button onClick={assign} loading={busy} disabled={!ownerId && !dueOn}>
          Assign
        </Button>
        <Button variant="subtle" color="gray" onClick={props.onClear}>
          Cancel
        </Button>
      </Group>
      <ProblemAlert error={error} mt="xs" />
    </section>
  );
}
