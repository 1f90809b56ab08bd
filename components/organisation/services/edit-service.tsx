"use client";

import { Button, Group, Modal, Select, Stack, Textarea, TextInput } from "@mantine/core";
import { Controller } from "react-hook-form";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useRefresh } from "@/components/kit/refresh";
import { useApiForm } from "@/components/kit/use-api-form";
import { useReturnFocus } from "@/components/kit/use-return-focus";
import { api } from "@/lib/client/api";
import type { PersonRef } from "@/lib/contracts/section";
import { makeServiceAccountInput, type ServiceAccountDto, serviceAccountForm } from "@/lib/contracts/service-accounts";

/** Makes a service account, or changes one that is there; mounted while it is open. */
export function EditService(props: {
  readonly service: ServiceAccountDto | null;
  readonly owners: readonly PersonRef[];
  readonly onClose: () => void;
}) {
  const { service, owners, onClose } = props;
  const refresh = useRefresh();
  useReturnFocus();
  const empty = {
    name: service?.name ?? "",
    purpose: service?.purpose ?? "",
    ownerId: service && !service.owner.left ? service.owner.id : "",
  };
  const schema = service ? serviceAccountForm : makeServiceAccountInput;
  const { form, onSubmit, busy, error, errorOf } = useApiForm(schema, empty, async ({ name, purpose, ownerId }) => {
    if (service) {
      const { id, version } = service;
      await api.put(`/organisation/service-accounts/${id}`, { version, purpose, ownerId });
    } else await api.post("/organisation/service-accounts", { name, purpose, ownerId });
    refresh();
    onClose();
  });
  const complaint = errorOf("ownerId");
  return (
    <Modal opened onClose={onClose} title={service ? `Change ${service.name}` : "Make a service account"} size="lg">
      <form onSubmit={onSubmit} noValidate>
        <Stack gap="md">
          {service ? null : (
            <TextInput
              label="Name"
              description="Shown with “(service account)” behind it, in the trail and under whatever it writes. It cannot be changed later."
              required
              data-autofocus
              {...form.register("name")}
              error={errorOf("name")}
            />
          )}
          <Textarea
            label="What it is for"
            description="Which program it is, what it does here, and where it runs."
            required
            autosize
            minRows={3}
            {...form.register("purpose")}
            error={errorOf("purpose")}
          />
          <Controller
            name="ownerId"
            control={form.control}
            render={({ field }) => (
              <Select
                label="Who answers for it"
                description="Counts as an author of what it writes, and so never approves or signs that."
                placeholder="Choose a person"
                required
                searchable
                data={owners.map(({ id, name }) => ({ value: id, label: name }))}
                value={field.value === "" ? null : field.value}
                onChange={(value) => field.onChange(value ?? "")}
                onBlur={field.onBlur}
                error={complaint && form.getValues("ownerId") === "" ? "Choose who answers for it." : complaint}
              />
            )}
          />
          <ProblemAlert error={error} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={busy}>
              {service ? "Save" : "Make it"}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
