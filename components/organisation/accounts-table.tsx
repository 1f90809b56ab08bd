"use client";

import { Badge, Text } from "@mantine/core";
import { useMemo } from "react";
import { ORGANISATION_ROLE_WORDS } from "@/components/engagement/words";
import { DataTable } from "@/components/kit/data-table";
import type { DataColumn } from "@/components/kit/data-table-column";
import { DateText } from "@/components/kit/date-text";
import { EmailText } from "@/components/kit/email-text";
import { FilterBar } from "@/components/kit/filter-bar";
import { PersonText } from "@/components/kit/person-text";
import { useUrlFilters } from "@/components/kit/use-url-filters";
import { AccountButton } from "@/components/organisation/account-button";
import { AccountState, FactorState, stateOf } from "@/components/organisation/account-state";
import type { AccountDto } from "@/lib/contracts/people";
import { ORGANISATION_ROLES } from "@/lib/domain/access/roles";

const FILTERS = { q: "", role: "", state: "", sort: "" };
const CHOICES = [
  {
    name: "role",
    label: "Role",
    options: ORGANISATION_ROLES.map((value) => ({ value, label: ORGANISATION_ROLE_WORDS[value] })),
  },
  {
    name: "state",
    label: "State",
    options: [
      { value: "active", label: "Active" },
      { value: "locked", label: "Locked" },
      { value: "disabled", label: "Disabled" },
    ],
  },
];

/** Everybody's account in one's own organisation, with what an administrator can do to it. */
export function AccountsTable(props: { readonly accounts: readonly AccountDto[]; readonly me: string }) {
  const { accounts, me } = props;
  const filters = useUrlFilters(FILTERS);
  const { q, role, state, sort } = filters.values;
  const columns = useMemo(() => accountColumns(me), [me]);
  const shown = accounts.filter(
    (account) =>
      `${account.name} ${account.email}`.toLowerCase().includes(q.trim().toLowerCase()) &&
      (role === "" || account.role === role) &&
      (state === "" || stateOf(account) === state),
  );
  return (
    <>
      <FilterBar
        filters={filters}
        search="Search people"
        choices={CHOICES}
        shown={shown.length}
        total={accounts.length}
        noun={accounts.length === 1 ? "person" : "people"}
      />
      {shown.length === 0 ? (
        <Text c="dimmed">Nobody fits these filters.</Text>
      ) : (
        <DataTable
          label="People of the organisation"
          rows={shown}
          columns={columns}
          idOf={(account) => account.id}
          sort={sort}
          onSort={(next) => filters.set({ sort: next })}
        />
      )}
    </>
  );
}

function accountColumns(me: string): DataColumn<AccountDto>[] {
  return [
    {
      id: "name",
      header: "Person",
      sortBy: (account) => account.name,
      meta: { lead: true },
      cell: (row) => <PersonText person={row} />,
    },
    {
      id: "email",
      header: "E-mail",
      sortBy: (account) => account.email,
      cell: (row) => <EmailText email={row.email} />,
    },
    {
      id: "role",
      header: "Role",
      sortBy: (account) => account.role,
      cell: (row) => (
        <Badge color={row.role === "admin" ? "petrol" : "gray"}>{ORGANISATION_ROLE_WORDS[row.role]}</Badge>
      ),
    },
    {
      id: "state",
      header: "State",
      sortBy: stateOf,
      cell: (row) => <AccountState account={row} />,
    },
    {
      id: "factor",
      header: "Second factor",
      sortBy: (account) => (account.secondFactor ? 1 : 0),
      cell: (row) => <FactorState account={row} />,
    },
    {
      id: "lastSignIn",
      header: "Last sign-in",
      sortBy: (account) => account.lastSignInAt ?? "",
      cell: (row) => <DateText value={row.lastSignInAt} />,
    },
    {
      id: "acts",
      header: "Account",
      cell: (row) =>
        row.id === me ? (
          <Text span inherit c="dimmed">
            You
          </Text>
        ) : (
          <AccountButton account={row} />
        ),
    },
  ];
}
