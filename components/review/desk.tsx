"use client";

import { Anchor, Badge, Group, Text, Title } from "@mantine/core";
import { IconInbox, IconMessage } from "@tabler/icons-react";
import { useMemo } from "react";
import { DataTable } from "@/components/kit/data-table";
import type { DataColumn } from "@/components/kit/data-table-column";
import { DateText } from "@/components/kit/date-text";
import { EmptyState } from "@/components/kit/empty-state";
import { FilterBar } from "@/components/kit/filter-bar";
import { Link } from "@/components/kit/link";
import { StateBadge, ValidityBadge } from "@/components/kit/status-badge";
import { useUrlFilters } from "@/components/kit/use-url-filters";
import { KindBadge } from "@/components/records/badges";
import { compareNumbers, DESK_ORDER, waitingStates } from "@/components/review/desk-order";
import type { WorksheetListItemDto } from "@/lib/contracts/worksheet";
import type { EngagementRole } from "@/lib/domain/access/roles";
import { WORKSHEET_STATES } from "@/lib/domain/workflow/states";
import { STATE_LABELS } from "@/lib/domain/workflow/transitions";

const DEFAULTS = { q: "", state: "", sort: "" };
const STATE_CHOICES = WORKSHEET_STATES.map((state) => ({ value: state, label: STATE_LABELS[state] }));

/** The worksheets of an engagement: those that wait for the reader, then the others by state. */
export function Desk(props: {
  readonly worksheets: readonly WorksheetListItemDto[];
  readonly roles: readonly EngagementRole[];
  readonly hasAssessor: boolean;
}) {
  const filters = useUrlFilters(DEFAULTS);
  const { q, state, sort } = filters.values;
  const waiting = useMemo(() => waitingStates(props.roles, props.hasAssessor), [props.roles, props.hasAssessor]);
  const shown = useMemo(() => {
    const words = q.trim().toLowerCase();
    const found = props.worksheets.filter(
      (one) =>
        (state === "" || one.state === state) &&
        `${one.requirementNumber} ${one.requirementTitle}`.toLowerCase().includes(words),
    );
    return found.sort(
      (a, b) =>
        DESK_ORDER.indexOf(a.state) - DESK_ORDER.indexOf(b.state) ||
        compareNumbers(a.requirementNumber, b.requirementNumber),
    );
  }, [props.worksheets, q, state]);
  if (props.worksheets.length === 0) return <NothingYet />;
  // Observers read no threads.
  const talks = props.roles.some((role) => role !== "observer");
  const columns = talks ? COLUMNS : COLUMNS.filter(({ id }) => id !== "threads");

  const yours = shown.filter((one) => waiting.has(one.state));
  const others = shown.filter((one) => !waiting.has(one.state));
  const table = (label: string, rows: readonly WorksheetListItemDto[]) => (
    <DataTable
      label={label}
      rows={rows}
      columns={columns}
      idOf={(row) => row.id}
      sort={sort}
      onSort={(next) => filters.set({ sort: next })}
    />
  );
  return (
    <>
      <FilterBar
        filters={filters}
        search="Number or words"
        choices={[{ name: "state", label: "State", options: STATE_CHOICES }]}
        shown={shown.length}
        total={props.worksheets.length}
        noun={props.worksheets.length === 1 ? "worksheet" : "worksheets"}
      />
      {waiting.size > 0 && shown.length > 0 ? (
        <>
          <Title order={2} mt="lg" mb="xs">
            Waiting for you ({yours.length})
          </Title>
          {yours.length > 0 ? table("Waiting for you", yours) : <Text c="dimmed">Nothing waits for you here.</Text>}
        </>
      ) : null}
      {shown.length === 0 ? (
        <Text c="dimmed" mt="lg">
          No worksheet fits these filters.
        </Text>
      ) : null}
      {others.length > 0 ? (
        <>
          <Title order={2} mt="xl" mb="xs">
            {yours.length > 0 ? "All others" : "All worksheets"} ({others.length})
          </Title>
          {table("Other worksheets", others)}
        </>
      ) : null}
    </>
  );
}

const COLUMNS: DataColumn<WorksheetListItemDto>[] = [
  {
    id: "number",
    header: "Requirement",
    sortBy: (row) => row.requirementNumber,
    compare: (a, b) => compareNumbers(a.requirementNumber, b.requirementNumber),
    meta: { lead: true, label: "Requirement" },
    cell: (row) => (
      <Anchor component={Link} href={`/worksheets/${row.id}/review`} fw={600}>
        {row.requirementNumber}
        <Text span inherit fw={400} c="var(--mantine-color-text)">
          {`  ${row.requirementTitle}`}
        </Text>
        {row.kind !== "ccw" ? (
          <>
            {" "}
            <KindBadge kind={row.kind} />
          </>
        ) : null}
      </Anchor>
    ),
  },
  {
    id: "state",
    header: "State",
    sortBy: (row) => row.state,
    compare: (a, b) => DESK_ORDER.indexOf(a.state) - DESK_ORDER.indexOf(b.state),
    meta: { width: "19rem" },
    cell: (row) => (
      <Group gap={6}>
        <StateBadge state={row.state} detail={`r${row.revision}`} />
        {row.state === "signed" && row.validity && row.validity.status !== "valid" ? (
          <ValidityBadge validity={row.validity} />
        ) : null}
      </Group>
    ),
  },
  {
    id: "threads",
    header: "Threads",
    sortBy: (row) => row.openThreads,
    meta: { width: "7rem", label: "Threads" },
    cell: (row) =>
      row.openThreads === 0 ? (
        <Text span c="dimmed">
          None open
        </Text>
      ) : (
        <Badge color="yellow" leftSection={<IconMessage size={12} aria-hidden="true" />}>
          {row.openThreads} open
        </Badge>
      ),
  },
  {
    id: "updated",
    header: "Last change",
    sortBy: (row) => row.updatedAt,
    meta: { width: "9rem" },
    cell: (row) => <DateText value={row.updatedAt} />,
  },
];

function NothingYet() {
  return (
    <EmptyState icon={IconInbox} title="No worksheet yet">
      A worksheet appears here when the entity chooses a compensating control for a requirement of the workbook, and for
      the assessor when it is submitted.
    </EmptyState>
  );
}
