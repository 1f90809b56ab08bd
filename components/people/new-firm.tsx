"use client";

import { Button, Stack, TextInput } from "@mantine/core";
import type { z } from "zod";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useApiForm } from "@/components/kit/use-api-form";
import { inviteAssessorInput } from "@/lib/contracts/people";

const EMPTY = { firmName: "", adminName: "", adminEmail: "" };
const newFirmInput = inviteAssessorInput.options[1];

/** Names an assessor company that is not here yet. */
export function NewFirm({
  onInvite,
}: {
  readonly onInvite: (input: z.infer<typeof newFirmInput>) => Promise<unknown>;
}) {
  const { form, onSubmit, busy, error, errorOf } = useApiForm(newFirmInput, EMPTY, onInvite);
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack gap="sm" maw={480}>
        <TextInput label="Name of the firm" required {...form.register("firmName")} error={errorOf("firmName")} />
        <TextInput label="Its admin’s name" required {...form.register("adminName")} error={errorOf("adminName")} />
        <TextInput
          label="Its admin’s e-mail address"
          type="email"
          required
          {...form.register("adminEmail")}
          error={errorOf("adminEmail")}
        />
        <ProblemAlert error={error} />
        <div>
          <Button type="submit" loading={busy}>
            Make the invitation
          </Button>
        </div>
      </Stack>
    </form>
  );
}
