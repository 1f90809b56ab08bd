"use client";

import { Button, Group, Select } from "@mantine/core";
import { useState } from "react";
import { ROLE_HINTS, ROLE_WORDS } from "@/components/engagement/words";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useRefresh } from "@/components/kit/refresh";
import { useAction } from "@/components/kit/use-action";
import { api } from "@/lib/client/api";
import { fieldErrors } from "@/lib/client/field-errors";
import type { PersonRef } from "@/lib/contracts/section";
import type { EngagementRole } from "@/lib/domain/access/roles";
import { givenName, SERVICE_ROLES } from "@/lib/domain/access/service-accounts";

/** Gives a person of one's own side, or one of its service accounts, a role. */
export function AddMember(props: {
  readonly engagementId: string;
  readonly candidates: readonly (PersonRef & { readonly email: string | null })[];
  readonly roles: readonly EngagementRole[];
}) {
  const refresh = useRefresh();
  const [userId, setUserId] = useState<string | null>(null);
  const [role, setRole] = useState<EngagementRole | null>(null);
  const { run, busy, error } = useAction();
  const person = props.candidates.find(({ id }) => id === userId);
  const roles = props.roles.filter((one) => person?.email !== null || SERVICE_ROLES.includes(one));
  const choose = (id: string | null) => {
    setUserId(id);
    const service = props.candidates.find((one) => one.id === id)?.email === null;
    if (service && role !== null && !SERVICE_ROLES.includes(role)) setRole(null);
  };
  const complaints = fieldErrors(error);
  const complaint = (path: string) => complaints.find((one) => one.path === path)?.message;
  const add = async (event: React.FormEvent) => {
    event.preventDefault();
    const added = await run(() => api.post(`/engagements/${props.engagementId}/members`, { userId, role }));
    if (!added) return;
    setUserId(null);
    refresh();
  };
  return (
    <form onSubmit={add}>
      <Group gap="xs" align="flex-end" wrap="wrap">
        <Select
          label="Person"
          placeholder="Choose"
          data={choicesOf(props.candidates)}
          value={userId}
          onChange={choose}
          error={complaint("userId")}
          searchable
          flex="1 1 16rem"
          maw={360}
        />
        <Select
          label="Role"
          placeholder="Choose"
          data={roles.map((one) => ({ value: one, label: ROLE_WORDS[one] }))}
          renderOption={({ option }) => (
            <span>
              <strong>{option.label}</strong>
              <br />
              {ROLE_HINTS[option.value as EngagementRole]}
            </span>
          )}
          value={role}
          onChange={(value) => setRole(value as EngagementRole | null)}
          error={complaint("role")}
          flex="0 1 14rem"
          comboboxProps={{ width: 320, position: "bottom-start" }}
        />
        <Button type="submit" loading={busy} disabled={!userId || !role}>
          Add
        </Button>
      </Group>
      {complaints.length > 0 ? null : <ProblemAlert error={error} mt="sm" />}
    </form>
  );
}

/** People first, and what no person stands behind apart from them. */
function choicesOf(candidates: readonly (PersonRef & { readonly email: string | null })[]) {
  const people = candidates.flatMap(({ id, name, email }) =>
    email === null ? [] : [{ value: id, label: `${name} (${email})` }],
  );
  const services = candidates.flatMap(({ id, name, email }) =>
    email === null ? [{ value: id, label: givenName(name) }] : [],
  );
  return services.length === 0
    ? people
    : [
        { group: "People", items: people },
        { group: "Service accounts", items: services },
      ];
}
