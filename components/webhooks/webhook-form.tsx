"use client";

import { Button, Checkbox, Group, Modal, Select, Stack, TextInput } from "@mantine/core";
import { useEffect } from "react";
import { Controller } from "react-hook-form";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useApiForm } from "@/components/kit/use-api-form";
import { useReturnFocus } from "@/components/kit/use-return-focus";
import { type MakeWebhookInput, makeWebhookInput, type WebhookDto } from "@/lib/contracts/webhooks";
import { WEBHOOK_TYPE_NAMES, WEBHOOK_TYPES, type WebhookType } from "@/lib/domain/webhooks/event-types";

/** An engagement that a webhook can be limited to. */
export interface WebhookPlace {
  readonly id: string;
  readonly name: string;
}

/** What begins with the same word stands together. */
const GROUPS: readonly (readonly [label: string, begins: readonly string[]])[] = [
  ["Engagements", ["engagement.", "disposition.", "control."]],
  ["Worksheets", ["worksheet."]],
  ["Evidence", ["evidence."]],
  ["Discussions and criteria", ["thread.", "comment.", "criterion."]],
  ["Exports", ["export."]],
];

/** Sets a webhook up, or changes one; mounted while it is open. */
export function WebhookForm(props: {
  /** The one to change; null to set one up. */
  readonly webhook: WebhookDto | null;
  readonly engagements: readonly WebhookPlace[];
  readonly onSave: (value: MakeWebhookInput) => Promise<unknown>;
  readonly onClose: () => void;
}) {
  const { webhook, engagements, onSave, onClose } = props;
  useReturnFocus();
  const values = {
    url: webhook?.url ?? "https://",
    description: webhook?.description ?? "",
    eventTypes: [...(webhook?.eventTypes ?? WEBHOOK_TYPE_NAMES)] as WebhookType[],
    engagementId: webhook?.engagementId ?? null,
  };
  const { form, onSubmit, busy, error, errorOf } = useApiForm(makeWebhookInput, values, onSave);
  const wrongAddress = errorOf("url");
  // The form is long, and the address is what the server looks at.
  useEffect(() => {
    if (wrongAddress !== undefined) form.setFocus("url");
  }, [wrongAddress, form]);
  return (
    <Modal opened onClose={onClose} title={webhook ? "Change the webhook" : "Set a webhook up"} size="lg">
      <form onSubmit={onSubmit} noValidate>
        <Stack gap="md">
          <TextInput
            label="Address"
            description="Messages are posted here. It begins with https:// and is reached over the internet."
            required
            data-autofocus
            {...form.register("url")}
            error={wrongAddress}
          />
          <TextInput
            label="Description"
            description="What takes the messages, so that others know."
            {...form.register("description")}
            error={errorOf("description")}
          />
          <Controller
            name="engagementId"
            control={form.control}
            render={({ field }) => (
              <Select
                label="Engagement"
                data={engagements.map(({ id, name }) => ({ value: id, label: name }))}
                value={field.value}
                onChange={field.onChange}
                placeholder="All, also later ones"
                clearable
                searchable
                error={errorOf("engagementId")}
              />
            )}
          />
          <Controller
            name="eventTypes"
            control={form.control}
            render={({ field }) => (
              <EventTypes chosen={field.value} onChange={field.onChange} error={errorOf("eventTypes")} />
            )}
          />
          <ProblemAlert error={error} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={busy}>
              {webhook ? "Save" : "Set it up"}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function EventTypes(props: {
  readonly chosen: readonly WebhookType[];
  readonly onChange: (chosen: string[]) => void;
  readonly error: string | undefined;
}) {
  const { chosen, onChange, error } = props;
  return (
    <Checkbox.Group label="What is told" required value={[...chosen]} onChange={onChange} error={error}>
      <Group gap="xs" mt={4} mb="xs">
        <Button variant="subtle" size="compact-sm" onClick={() => onChange([...WEBHOOK_TYPE_NAMES])}>
          Choose all
        </Button>
        <Button variant="subtle" size="compact-sm" onClick={() => onChange([])}>
          Choose none
        </Button>
      </Group>
      <Stack gap="sm">
        {GROUPS.map(([label, begins]) => (
          <Stack gap={6} key={label} role="group" aria-label={label}>
            <strong>{label}</strong>
            {WEBHOOK_TYPE_NAMES.filter((type) => begins.some((begin) => type.startsWith(begin))).map((type) => (
              <Checkbox key={type} value={type} label={WEBHOOK_TYPES[type]} description={type} />
            ))}
          </Stack>
        ))}
      </Stack>
    </Checkbox.Group>
  );
}
