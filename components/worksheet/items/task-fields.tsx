"use client";

import { Stack } from "@mantine/core";
import { LineField, LongField } from "@/components/worksheet/items/fields";
import classes from "@/components/worksheet/items/items.module.css";
import { withOptional } from "@/components/worksheet/items/list-edits";
import type { MaintenanceTask } from "@/lib/domain/worksheet/model";

/** The fields of a maintenance task. */
export function TaskFields({
  item,
  onChange,
}: {
  readonly item: MaintenanceTask;
  readonly onChange: (item: MaintenanceTask) => void;
}) {
  const set = (change: Partial<MaintenanceTask>) => onChange({ ...item, ...change });
  return (
    <Stack gap="sm">
      <LongField label="Task" topic="task.task" value={item.task} onChange={(task) => set({ task })} />
      <div className={classes.two}>
        <LineField label="Owner" topic="task.owner" value={item.owner} onChange={(owner) => set({ owner })} />
        <LineField
          label="How often"
          topic="task.frequency"
          placeholder="For example every quarter"
          value={item.frequency}
          onChange={(frequency) => set({ frequency })}
        />
      </div>
      <LongField
        label="How it is monitored"
        topic="task.monitoring"
        value={item.monitoring}
        onChange={(monitoring) => set({ monitoring })}
      />
      <LongField
        label="What happens when it fails"
        topic="task.onFailure"
        value={item.onFailure}
        onChange={(onFailure) => set({ onFailure })}
      />
      <LongField
        label="Which change calls for a new look"
        topic="task.onChange"
        placeholder="For example a change to the rule, or a new account"
        value={item.onChange ?? ""}
        onChange={(change) => onChange(withOptional(item, "onChange", change))}
      />
    </Stack>
  );
}
