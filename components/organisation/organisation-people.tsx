"use client";

import { Badge, Text } from "@mantine/core";
import { ORGANISATION_ROLE_WORDS } from "@/components/engagement/words";
import { DataTable } from "@/components/kit/data-table";
import type { DataColumn } from "@/components/kit/data-table-column";
import { EmailText } from "@/components/kit/email-text";
import { FilterBar } from "@/components/kit/filter-bar";
import { PersonText } from "@/components/kit/person-text";
import { useUrlFilters } from "@/components/kit/use-url-filters";
import type { PersonDto } from "@/lib/contracts/people";
import { ORGANISATION_ROLES } from "@/lib/domain/access/roles";

const FILTERS = { q: "", role: "", sort: "" };
const CHOICES = [
  {
    name: "role",
    label: "Role",
    options: ORGANISATION_ROLES.map((value) => ({ value, label: ORGANISATION_ROLE_WORDS[value] })),
  },
];

const COLUMNS: DataColumn<PersonDto>[] = [
  {
    id: "name",
    header: "Person",
    sortBy: (person) => person.name,
    meta: { lead: true },
    cell: (row) => <PersonText person={row} />,
  },
  {
    id: "email",
    header: "E-mail",
    sortBy: (person) => person.email,
    cell: (row) => <EmailText email={row.email} />,
  },
  {
    id: "role",
    header: "Role",
    sortBy: (person) => person.role,
    cell: (row) => (
      <>
        <Badge color={row.role === "admin" ? "petrol" : "gray"}>{ORGANISATION_ROLE_WORDS[row.role]}</Badge>
        {row.disabled ? (
          <Badge color="red" ml={6}>
            Account closed
          </Badge>
        ) : null}
      </>
    ),
  },
];

/** Everybody in one's own organisation. */
export function OrganisationPeople({ people }: { readonly people: readonly PersonDto[] }) {
  const filters = useUrlFilters(FILTERS);
  const { q, role, sort } = filters.values;
  const shown = people.filter(
    (person) =>
      `${person.name} ${person.email}`.toLowerCase().includes(q.trim().toLowerCase()) &&
      (role === "" || person.role === role),
  );
  return (
    <>
      <FilterBar
        filters={filters}
        search="Search people"
        choices={CHOICES}
        shown={shown.length}
        total={people.length}
        noun={people.length === 1 ? "person" : "people"}
      />
      {shown.length === 0 ? (
        <Text c="dimmed">Nobody fits these filters.</Text>
      ) : (
        <DataTable
          label="People of the organisation"
          rows={shown}
          columns={COLUMNS}
          idOf={(person) => person.id}
          sort={sort}
          onSort={(next) => filters.set({ sort: next })}
        />
      )}
    </>
  );
}
