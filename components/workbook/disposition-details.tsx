"use client";

import { Group, Select, Stack, Textarea, TextInput } from "@mantine/core";
import { DateField } from "@/components/kit/date-field";
import type { RowFields } from "@/components/workbook/row-fields";
import type { PersonRef } from "@/lib/contracts/section";
import { requiredDetails } from "@/lib/domain/workflow/disposition-rules";
import type { Disposition } from "@/lib/domain/workflow/dispositions";

const NOTE_LABELS: Readonly<Partial<Record<Disposition, string>>> = {
  met: "How it is met",
  not_applicable: "Why it does not apply",
  legal_exception: "Which law forbids it",
  fix_planned: "What will be done",
};

/** The details that the choice needs, then owner and due date, which every row may have. */
export function DispositionDetails(props: {
  readonly fields: RowFields;
  readonly set: (change: Partial<RowFields>) => void;
  readonly errorOf: (name: keyof RowFields) => string | undefined;
  readonly people: readonly PersonRef[];
  readonly readOnly: boolean;
  /** Only the lead names owners. */
  readonly mayAssign: boolean;
}) {
  const { fields, set, errorOf, readOnly } = props;
  const needed = requiredDetails(fields.disposition).map(({ field }) => field);
  return (
    <Stack gap="sm">
      {fields.disposition === "fix_planned" ? (
        <Group gap="sm" align="flex-start" wrap="wrap" grow>
          <TextInput
            label="Who fixes it"
            description="A person or a team"
            required
            readOnly={readOnly}
            value={fields.fixOwner}
            onChange={(event) => set({ fixOwner: event.currentTarget.value })}
            error={errorOf("fixOwner")}
          />
          <DateField
            label="Fixed by"
            description="The day it is in place"
            required
            readOnly={readOnly}
            value={fields.fixDueOn}
            onChange={(fixDueOn) => set({ fixDueOn })}
            error={errorOf("fixDueOn")}
          />
        </Group>
      ) : null}
      <Textarea
        label={NOTE_LABELS[fields.disposition] ?? "Note"}
        required={needed.includes("note")}
        readOnly={readOnly}
        autosize
        minRows={2}
        maxRows={12}
        value={fields.note}
        onChange={(event) => set({ note: event.currentTarget.value })}
        error={errorOf("note")}
      />
      {fields.disposition === "met" ? (
        <Group gap="sm" align="flex-start" wrap="wrap" grow>
          <TextInput
            label="Evidence"
            placeholder="Change ticket, screenshot, report"
            readOnly={readOnly}
            value={fields.evidenceTitle}
            onChange={(event) => set({ evidenceTitle: event.currentTarget.value })}
            error={errorOf("evidenceTitle")}
          />
          <TextInput
            label="Its address"
            type="url"
            placeholder="https://"
            readOnly={readOnly}
            value={fields.evidenceUrl}
            onChange={(event) => set({ evidenceUrl: event.currentTarget.value })}
            error={errorOf("evidenceUrl")}
          />
        </Group>
      ) : null}
      <Group gap="sm" align="flex-start" wrap="wrap" grow>
        <Select
          label="Owner"
          placeholder="Nobody"
          data={props.people.map(({ id, name }) => ({ value: id, label: name }))}
          value={fields.ownerId}
          onChange={(ownerId) => set({ ownerId })}
          readOnly={readOnly || !props.mayAssign}
          searchable
          clearable={!readOnly && props.mayAssign}
          clearButtonProps={{ "aria-label": "No owner" }}
          error={errorOf("ownerId")}
        />
        <DateField
          label="Due"
          readOnly={readOnly}
          clearable={!readOnly}
          value={fields.dueOn}
          onChange={(dueOn) => set({ dueOn })}
          error={errorOf("dueOn")}
        />
      </Group>
    </Stack>
  );
}
