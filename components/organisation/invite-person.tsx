"use client";

import { Button, Group, Select, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { Controller } from "react-hook-form";
import { ORGANISATION_ROLE_WORDS } from "@/components/engagement/words";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useRefresh } from "@/components/kit/refresh";
import { useApiForm } from "@/components/kit/use-api-form";
import { HandedOverNote } from "@/components/organisation/handed-over";
import { api } from "@/lib/client/api";
import { type InvitationMadeDto, inviteInput } from "@/lib/contracts/people";
import { ORGANISATION_ROLES } from "@/lib/domain/access/roles";

const EMPTY = { name: "", email: "", role: "member" as "member" | "admin" };
const ROLES = ORGANISATION_ROLES.map((value) => ({ value, label: ORGANISATION_ROLE_WORDS[value] }));

/** Invites somebody into one's own organisation: by mail, or by a link that is shown once. */
export function InvitePerson() {
  const refresh = useRefresh();
  const [made, setMade] = useState<InvitationMadeDto | null>(null);
  const { form, onSubmit, busy, error, errorOf } = useApiForm(inviteInput, EMPTY, async (value) => {
    setMade(await api.post<InvitationMadeDto>("/organisation/invitations", value));
    form.reset(EMPTY);
    refresh();
  });
  return (
    <Stack gap="md">
      <form onSubmit={onSubmit} noValidate>
        <Group gap="xs" align="flex-start" wrap="wrap">
          <TextInput label="Name" required flex="1 1 12rem" {...form.register("name")} error={errorOf("name")} />
          <TextInput
            label="E-mail address"
            type="email"
            required
            flex="1 1 14rem"
            {...form.register("email")}
            error={errorOf("email")}
          />
          <Controller
            name="role"
            control={form.control}
            render={({ field }) => (
              <Select
                label="Role"
                data={ROLES}
                allowDeselect={false}
                w={130}
                value={field.value}
                onChange={field.onChange}
                onBlur={field.onBlur}
              />
            )}
          />
          <Button type="submit" loading={busy} mt={23}>
            Invite
          </Button>
        </Group>
        <ProblemAlert error={error} mt="sm" />
      </form>
      {made ? <HandedOverNote handed={made} title={`${made.name} is invited`} email={made.email} /> : null}
    </Stack>
  );
}
