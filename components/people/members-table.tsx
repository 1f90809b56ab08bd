"use client";

import { Group, Text } from "@mantine/core";
import { useMemo } from "react";
import { ROLE_WORDS } from "@/components/engagement/words";
import { DataTable } from "@/components/kit/data-table";
import type { DataColumn } from "@/components/kit/data-table-column";
import { EmailText } from "@/components/kit/email-text";
import { PersonText } from "@/components/kit/person-text";
import { RoleBadge } from "@/components/people/role-badge";
import type { MemberDto } from "@/lib/contracts/people";

/** The people of one side with their roles. */
export function MembersTable(props: {
  readonly engagementId: string;
  readonly label: string;
  readonly members: readonly MemberDto[];
  readonly mayRemove: boolean;
  readonly sort: string;
  readonly onSort: (sort: string) => void;
}) {
  const { engagementId, mayRemove } = props;
  const columns = useMemo(() => memberColumns(engagementId, mayRemove), [engagementId, mayRemove]);
  if (props.members.length === 0) {
    return (
      <Text c="dimmed" px="md" pb="md">
        Nobody here yet.
      </Text>
    );
  }
  return (
    <DataTable
      label={props.label}
      rows={props.members}
      columns={columns}
      idOf={(member) => member.userId}
      sort={props.sort}
      onSort={props.onSort}
    />
  );
}

function memberColumns(engagementId: string, mayRemove: boolean): DataColumn<MemberDto>[] {
  return [
    {
      id: "name",
      header: "Person",
      sortBy: (member) => member.name,
      meta: { lead: true },
      cell: (member) => (
        <>
          <PersonText person={{ id: member.userId, name: member.name }} />
          {member.acts ? null : (
            <Text size="xs" c="dimmed">
              This account is not in use.
            </Text>
          )}
        </>
      ),
    },
    {
      id: "email",
      header: "E-mail",
      sortBy: (member) => member.email ?? "",
      cell: (row) => (row.email === null ? "None" : <EmailText email={row.email} />),
    },
    {
      id: "roles",
      header: "Roles",
      sortBy: (member) => member.roles.map((role) => ROLE_WORDS[role]).join(),
      cell: (row) => (
        <Group gap="xs">
          {row.roles.map((role) => (
            <RoleBadge key={role} engagementId={engagementId} member={row} role={role} removable={mayRemove} />
          ))}
        </Group>
      ),
    },
  ];
}
