"use client";

import { Button, Center, Text } from "@mantine/core";
import { useMounted } from "@mantine/hooks";
import {
  IconAlertTriangle,
  IconApi,
  IconDeviceMobile,
  IconKey,
  IconLogin2,
  IconPlugConnected,
  IconUserCog,
} from "@tabler/icons-react";
import { useMemo } from "react";
import { DataTable } from "@/components/kit/data-table";
import type { DataColumn } from "@/components/kit/data-table-column";
import { fullDate } from "@/components/kit/dates";
import { EmptyState } from "@/components/kit/empty-state";
import { ProblemAlert } from "@/components/kit/problem-alert";
import type { StatusLook } from "@/components/kit/status";
import { LookBadge } from "@/components/kit/status-badge";
import { usePages } from "@/components/kit/use-pages";
import { activeSignInFilters, type SignInFilters } from "@/components/sign-ins/sign-in-filters";
import type { Page } from "@/lib/contracts/paging";
import type { SignInDto } from "@/lib/contracts/sign-ins";
import type { SignInKind } from "@/lib/domain/audit/sign-in-kinds";

const LOOKS: Readonly<Record<SignInKind, StatusLook>> = {
  sign_in: { word: "Sign-in", tone: "green", icon: IconLogin2 },
  failure: { word: "Failure", tone: "red", icon: IconAlertTriangle },
  session: { word: "Session", tone: "gray", icon: IconPlugConnected },
  factor: { word: "Second factor", tone: "blue", icon: IconDeviceMobile },
  password: { word: "Password", tone: "violet", icon: IconKey },
  token: { word: "API token", tone: "violet", icon: IconApi },
  account: { word: "Account", tone: "orange", icon: IconUserCog },
};

/** What happened around signing in, newest first, with older entries on demand. Give it a `key` of the filters. */
export function SignInHistory(props: {
  /** Address in the API, without `/api/v1`. */
  readonly path: string;
  readonly filters: SignInFilters;
  readonly first: Page<SignInDto>;
}) {
  const filters = activeSignInFilters(props.filters);
  const { items, older, busy, error } = usePages(props.first, props.path, idOf, filters);
  const mounted = useMounted();
  // The server does not know the reader's zone, so the first render is in UTC.
  const timeZone = mounted ? Intl.DateTimeFormat().resolvedOptions().timeZone : "UTC";
  const columns = useMemo(() => signInColumns(timeZone), [timeZone]);
  if (items.length === 0) {
    const filtered = Object.keys(filters).length > 0;
    return (
      <EmptyState icon={IconLogin2} title={filtered ? "Nothing matches" : "Nobody has signed in yet"}>
        {filtered
          ? "Take a filter away, or choose a longer time."
          : "Sign-ins, failures, second factors and changes of accounts will be listed here."}
      </EmptyState>
    );
  }
  return (
    <>
      <DataTable label="Sign-ins" rows={items} columns={columns} idOf={idOf} tall />
      <ProblemAlert error={error} mt="md" />
      {older ? (
        <Center mt="md">
          <Button variant="default" onClick={older} loading={busy}>
            Show older entries
          </Button>
        </Center>
      ) : null}
    </>
  );
}

function idOf({ seq }: SignInDto): string {
  return String(seq);
}

function signInColumns(timeZone: string): DataColumn<SignInDto>[] {
  return [
    {
      id: "at",
      header: "When",
      meta: { width: "14rem" },
      cell: (row) => <time dateTime={row.at}>{fullDate(row.at, timeZone)}</time>,
    },
    {
      id: "kind",
      header: "Kind",
      meta: { width: "10rem" },
      cell: (row) => <LookBadge look={LOOKS[row.kind]} />,
    },
    { id: "what", header: "What happened", meta: { lead: true }, cell: (row) => row.sentence },
    {
      id: "address",
      header: "Network address",
      meta: { emptyIn: ({ address }) => address === null },
      cell: (row) =>
        row.address ?? (
          <Text span inherit c="dimmed">
            —
          </Text>
        ),
    },
  ];
}
