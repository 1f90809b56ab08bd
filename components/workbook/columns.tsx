"use client";

import { Group, Text, Tooltip, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { IconAlertTriangle, IconClockExclamation } from "@tabler/icons-react";
import type { DataColumn } from "@/components/kit/data-table-column";
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
): DataColumn<DispositionDto>[] {
  return [
    {
      id: "requirement",
      header: "Requirement",
      compare: (a, b) => compareNumbers(a.requirementNumber, b.requirementNumber),
      sortBy: (row) => row.requirementNumber,
      meta: { lead: true, width: "8rem" },
      cell: (row) => (
        <Group gap={2} wrap="nowrap">
          <Text span inherit fw={600}>
            {row.requirementNumber}
          </Text>
          <TriggerFlag row={row} />
        </Group>
      ),
    },
    {
      id: "title",
      header: "What it is for",
      sortBy: (row) => row.requirementTitle,
      meta: { label: "", lead: true },
      cell: (row) => (
        <Group gap={6} wrap="nowrap">
          <UnstyledButton className={classes.title} onPointerEnter={reach} onFocus={reach} onClick={() => open(row.id)}>
            {/* The number names the row for people who cannot see the column beside it. */}
            <VisuallyHidden>{row.requirementNumber} </VisuallyHidden>
            {row.requirementTitle}
          </UnstyledButton>
          {row.warning ? (
            <Tooltip label={row.warning}>
              <IconAlertTriangle
                size={16}
                color="var(--mantine-color-orange-text)"
                aria-label={row.warning}
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
      sortBy: (row) => row.disposition,
      compare: compareDispositions,
      meta: { width: "12rem" },
      cell: (row) => <DispositionBadge disposition={row.disposition} />,
    },
    {
      id: "state",
      header: "State",
      sortBy: label,
      meta: { width: "12rem" },
      cell: (row) => <RowStateCell row={row} />,
    },
    {
      id: "owner",
      header: "Owner",
      sortBy: (row) => row.owner?.name,
      meta: { width: "11.5rem", emptyIn: (row) => row.owner === null },
      cell: (row) => <PersonText person={row.owner} nobody="—" maw="11rem" />,
    },
    {
      id: "due",
      header: "Due",
      sortBy: dueDay,
      compare: compareDue,
      meta: { width: "7rem", emptyIn: (row) => dueDay(row) === null },
      cell: (row) => <DueCell row={row} today={today} />,
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
