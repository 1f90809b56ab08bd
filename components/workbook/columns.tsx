"use client";

import { Group, Text, Tooltip, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { IconAlertTriangle, IconClockExclamation } from "@tabler/icons-react";
import type { ColumnDef } from "@tanstack/react-table";
import { DateText } from "@/components/kit/date-text";
import { PersonText } from "@/components/kit/person-text";
import { DispositionBadge } from "@/components/kit/status-badge";
import { RowStateCell } from "@/components/workbook/row-state-cell";
import { compareDispositions, compareDue, dueDay, isOverdue } from "@/components/workbook/select-rows";
import { TriggerFlag } from "@/components/workbook/trigger-flag";
import classes from "@/components/workbook/workbook.module.css";
import type { DispositionDto } from "@/lib/contracts/disposition";
import { documentOf } from "@/lib/contracts/row-document";
import { compareNumbers } from "@/lib/domain/catalogue/requirement-number";
import { rowState } from "@/lib/domain/workflow/row-state";

const label = (row: DispositionDto) => rowState(row.disposition, documentOf(row)?.state ?? null).label;

/** The workbook's columns. `open` shows a row's drawer, `reach` is called when somebody gets to what opens it; `today` is `YYYY-MM-DD`, for what is overdue. */
export function workbookColumns(
  open: (id: string) => void,
  reach: () => void,
  today: string,
): ColumnDef<DispositionDto, unknown>[] {
  return [
    {
      id: "requirement",
      header: "Requirement",
      sortingFn: (a, b) => compareNumbers(a.original.requirementNumber, b.original.requirementNumber),
      accessorFn: (row) => row.requirementNumber,
      meta: { lead: true, width: "8rem" },
      cell: ({ row }) => (
        <Group gap={2} wrap="nowrap">
          <Text span inherit fw={600}>
            {row.original.requirementNumber}
          </Text>
          <TriggerFlag row={row.original} />
        </Group>
      ),
    },
    {
      id: "title",
      header: "What it is for",
      accessorFn: (row) => row.requirementTitle,
      meta: { label: "", lead: true },
      cell: ({ row }) => (
        <Group gap={6} wrap="nowrap">
          <UnstyledButton
            className={classes.title}
            onPointerEnter={reach}
            onFocus={reach}
            onClick={() => open(row.original.id)}
          >
            {/* The number names the row for people who cannot see the column beside it. */}
            <VisuallyHidden>{row.original.requirementNumber} </VisuallyHidden>
            {row.original.requirementTitle}
          </UnstyledButton>
          {row.original.warning ? (
            <Tooltip label={row.original.warning}>
              <IconAlertTriangle
                size={16}
                color="var(--mantine-color-orange-text)"
                aria-label={row.original.warning}
                role="img"
              />
            </Tooltip>
          ) : null}
        </Group>
      ),
    },
    {
      id: "disposition",
      header: "Disposition",
      accessorFn: (row) => row.disposition,
      sortingFn: (a, b) => compareDispositions(a.original, b.original),
      meta: { width: "12rem" },
      cell: ({ row }) => <DispositionBadge disposition={row.original.disposition} />,
    },
    {
      id: "state",
      header: "State",
      accessorFn: label,
      meta: { width: "12rem" },
      cell: ({ row }) => <RowStateCell row={row.original} />,
    },
    {
      id: "owner",
      header: "Owner",
      accessorFn: (row) => row.owner?.name ?? "\uffff",
      meta: { width: "11.5rem", emptyIn: (row) => row.owner === null },
      cell: ({ row }) => <PersonText person={row.original.owner} nobody="—" maw="11rem" />,
    },
    {
      id: "due",
      header: "Due",
      accessorFn: dueDay,
      sortingFn: (a, b) => compareDue(a.original, b.original),
      meta: { width: "7rem", emptyIn: (row) => dueDay(row) === null },
      cell: ({ row }) => <DueCell row={row.original} today={today} />,
    },
  ];
}

function DueCell({ row, today }: { readonly row: DispositionDto; readonly today: string }) {
  if (!isOverdue(row, today)) return <DateText value={dueDay(row)} plain />;
  return (
    <Group gap={4} wrap="nowrap" c="var(--mantine-color-red-text)" component="span">
      <IconClockExclamation size={15} role="img" aria-label="Overdue since" />
      <DateText value={dueDay(row)} plain />
    </Group>
  );
}
