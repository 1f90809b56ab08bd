"use client";

import { Button } from "@mantine/core";
import { useMemo, useState } from "react";
import { ConfirmAct } from "@/components/kit/confirm-act";
import { DataTable } from "@/components/kit/data-table";
import type { DataColumn } from "@/components/kit/data-table-column";
import { DateText } from "@/components/kit/date-text";
import { useRefresh } from "@/components/kit/refresh";
import { api } from "@/lib/client/api";
import type { PersonTokenDto } from "@/lib/contracts/api-tokens";

/** The API tokens of one's organisation's people; `me` is who reads, whose own are revoked on the account page. */
export function TokenList(props: { readonly tokens: readonly PersonTokenDto[]; readonly me: string }) {
  const { tokens, me } = props;
  const refresh = useRefresh();
  const [asked, setAsked] = useState<PersonTokenDto | null>(null);
  const columns = useMemo(() => tokenColumns(me, setAsked), [me]);
  const revoke = async () => {
    if (!asked) return;
    await api.delete(`/organisation/tokens/${asked.id}`);
    refresh();
  };
  return (
    <>
      <DataTable label="API tokens" rows={tokens} columns={columns} idOf={({ id }) => id} />
      <ConfirmAct
        opened={asked !== null}
        onClose={() => setAsked(null)}
        title={`Revoke “${asked?.name ?? ""}”?`}
        confirm="Revoke"
        danger
        onConfirm={revoke}
      >
        Whatever {asked?.person.name} uses it for is refused from its next request on.
      </ConfirmAct>
    </>
  );
}

function tokenColumns(me: string, ask: (token: PersonTokenDto) => void): DataColumn<PersonTokenDto>[] {
  return [
    { id: "person", header: "Person", meta: { lead: true }, cell: (row) => row.person.name },
    { id: "name", header: "Token", cell: (row) => row.name },
    {
      id: "scope",
      header: "Scope",
      cell: (row) => (row.scope === "write" ? "Reads and writes" : "Reads"),
    },
    {
      id: "reach",
      header: "Engagements",
      cell: (row) => row.engagementIds?.length ?? "All",
    },
    { id: "used", header: "Last used", cell: (row) => <DateText value={row.lastUsedAt} /> },
    { id: "ends", header: "Ends", cell: (row) => <DateText value={row.expiresAt} plain /> },
    {
      id: "acts",
      header: "Act",
      cell: (row) =>
        row.person.id === me ? (
          "On your account page"
        ) : (
          <Button
            variant="subtle"
            color="red"
            size="compact-sm"
            onClick={() => ask(row)}
            aria-label={`Revoke ${row.name} of ${row.person.name}`}
          >
            Revoke
          </Button>
        ),
    },
  ];
}
