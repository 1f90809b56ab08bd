"use client";

import { Button, Group, Text, UnstyledButton } from "@mantine/core";
import { IconPlus, IconShieldLock } from "@tabler/icons-react";
import { useMemo } from "react";
import {
  BEHIND_LOOK,
  NATURE_LOOKS,
  NATURE_OPTIONS,
  REGISTER_FILTERS,
  selectControls,
  USE_OPTIONS,
} from "@/components/controls/control-words";
import { DataTable } from "@/components/kit/data-table";
import type { DataColumn } from "@/components/kit/data-table-column";
import { DateText } from "@/components/kit/date-text";
import { EmptyState } from "@/components/kit/empty-state";
import { FilterBar } from "@/components/kit/filter-bar";
import { lazyPart } from "@/components/kit/lazy-part";
import { ReadOnlyNote } from "@/components/kit/read-only-note";
import { useRefresh } from "@/components/kit/refresh";
import { LookBadge } from "@/components/kit/status-badge";
import { useUrlFilters } from "@/components/kit/use-url-filters";
import classes from "@/components/workbook/workbook.module.css";
import type { ControlRecordDto, RegisterDto } from "@/lib/contracts/controls";

const ControlDrawer = lazyPart(
  () => import("@/components/controls/control-drawer").then((module) => module.ControlDrawer),
  { what: "The control" },
);

const OPEN = { control: "" };
const NEW = "new";

/** The register of an engagement's shared controls: what each says, who has it, and where it is used. */
export function Register(props: {
  readonly engagementId: string;
  readonly register: RegisterDto;
  /** Whether the reader sees what was submitted alone. */
  readonly submittedOnly: boolean;
}) {
  const { engagementId, register } = props;
  const filters = useUrlFilters(REGISTER_FILTERS);
  const { values, set } = useUrlFilters(OPEN);
  const refresh = useRefresh();
  const shown = useMemo(() => selectControls(register.items, filters.values), [register.items, filters.values]);
  const columns = useMemo(() => columnsOf((id) => set({ control: id })), [set]);
  const opened = register.items.find(({ id }) => id === values.control) ?? null;
  const add = register.mayWrite ? (
    <Button
      variant="default"
      leftSection={<IconPlus size={16} aria-hidden="true" />}
      onClick={() => set({ control: NEW })}
    >
      Add a control
    </Button>
  ) : null;
  return (
    <>
      {props.submittedOnly ? (
        <ReadOnlyNote>
          You see each shared control as the worksheet that was submitted last says it. What the entity has changed
          since is not submitted yet.
        </ReadOnlyNote>
      ) : register.mayWrite ? null : (
        <ReadOnlyNote>
          The engagement’s lead changes the register. Whoever writes a worksheet may use its controls.
        </ReadOnlyNote>
      )}
      {register.items.length === 0 ? (
        <EmptyState icon={IconShieldLock} title="No shared control yet" action={add ?? undefined}>
          A control that stands in several worksheets is kept here once, with one owner and one set of evidence. Open a
          control of a worksheet and choose “Make it a shared control”, or add one here.
        </EmptyState>
      ) : (
        <>
          <FilterBar
            filters={filters}
            search="Search controls, owners, requirements"
            choices={[
              { name: "nature", label: "How it works", options: NATURE_OPTIONS },
              { name: "use", label: "Use", options: USE_OPTIONS },
            ]}
            shown={shown.length}
            total={register.total}
            noun={register.total === 1 ? "control" : "controls"}
            actions={add}
          />
          {shown.length === 0 ? (
            <Text c="dimmed" py="lg">
              No control fits these filters.
            </Text>
          ) : (
            <DataTable
              label="Shared controls"
              rows={shown}
              columns={columns}
              idOf={({ id }) => id}
              sort={filters.values.sort}
              onSort={(sort) => filters.set({ sort })}
            />
          )}
        </>
      )}
      {opened || values.control === NEW ? (
        <ControlDrawer
          key={values.control}
          engagementId={engagementId}
          control={opened}
          mayWrite={register.mayWrite}
          onClose={() => set({ control: "" })}
          onLeave={() => set({ control: "" })}
          onSaved={refresh}
        />
      ) : null}
    </>
  );
}

function columnsOf(open: (id: string) => void): DataColumn<ControlRecordDto>[] {
  return [
    {
      id: "title",
      header: "Control",
      sortBy: ({ title }) => title,
      meta: { lead: true },
      cell: (control) => (
        <Group gap={6} wrap="nowrap">
          <UnstyledButton
            className={classes.title}
            onPointerEnter={ControlDrawer.fetch}
            onFocus={ControlDrawer.fetch}
            onClick={() => open(control.id)}
          >
            {control.title}
          </UnstyledButton>
          {control.retired ? (
            <Text span size="xs" c="dimmed">
              retired
            </Text>
          ) : null}
        </Group>
      ),
    },
    {
      id: "nature",
      header: "How it works",
      sortBy: ({ nature }) => nature,
      meta: { width: "9rem" },
      cell: (control) => <LookBadge look={NATURE_LOOKS[control.nature]} />,
    },
    {
      id: "owner",
      header: "Owner",
      sortBy: ({ owner }) => owner,
      meta: { width: "13rem", emptyIn: ({ owner }) => owner === "" },
      cell: (control) => control.owner || "—",
    },
    {
      id: "uses",
      header: "Used for",
      sortBy: ({ uses }) => uses.length,
      meta: { width: "16rem" },
      cell: (control) => <Uses control={control} />,
    },
    {
      id: "evidence",
      header: "Evidence",
      sortBy: ({ evidence }) => evidence.length,
      meta: { align: "right", width: "7rem" },
      cell: (control) => <EvidenceCount control={control} />,
    },
    {
      id: "changed",
      header: "Changed",
      sortBy: ({ updatedAt }) => updatedAt,
      meta: { width: "8rem" },
      cell: (control) => <DateText value={control.updatedAt} />,
    },
  ];
}

function Uses({ control: { uses } }: { readonly control: ControlRecordDto }) {
  if (uses.length === 0) {
    return (
      <Text span size="sm" c="dimmed">
        No worksheet
      </Text>
    );
  }
  const behind = uses.filter(({ upToDate }) => !upToDate).length;
  return (
    <Group gap={6}>
      <Text span size="sm">
        {uses.map(({ requirementNumber }) => requirementNumber).join(", ")}
      </Text>
      {behind > 0 ? <LookBadge look={BEHIND_LOOK} detail={`in ${behind}`} size="sm" /> : null}
    </Group>
  );
}

function EvidenceCount({ control: { evidence } }: { readonly control: ControlRecordDto }) {
  const expired = evidence.filter(({ freshness }) => freshness === "expired").length;
  return (
    <Text span size="sm" className="tabular" c={expired > 0 ? "var(--mantine-color-red-text)" : undefined}>
      {expired > 0 ? `${evidence.length}, ${expired} expired` : evidence.length}
    </Text>
  );
}
