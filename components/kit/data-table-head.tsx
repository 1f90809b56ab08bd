"use client";

import { Checkbox, UnstyledButton } from "@mantine/core";
import { IconArrowDown, IconArrowsSort, IconArrowUp } from "@tabler/icons-react";
import { flexRender, type Header, type Table } from "@tanstack/react-table";
import classes from "@/components/kit/data-table.module.css";
import type { TableSelection } from "@/components/kit/table-selection";

/** The head of a DataTable: a tick for all shown rows, and a button in each sortable column. */
export function DataTableHead<T>(props: {
  readonly table: Table<T>;
  readonly selection: TableSelection<T> | undefined;
  readonly shownIds: readonly string[];
}) {
  const { table, selection, shownIds } = props;
  const ticked = shownIds.filter((id) => selection?.ids.has(id)).length;
  const all = ticked > 0 && ticked === shownIds.length;
  return (
    <thead>
      {table.getHeaderGroups().map((group) => (
        <tr key={group.id}>
          {selection ? (
            <th scope="col" className={classes.tick}>
              <Checkbox
                size="sm"
                aria-label="Select all rows shown"
                checked={all}
                indeterminate={ticked > 0 && !all}
                onChange={() => selection.onChange(all ? new Set() : new Set(shownIds))}
              />
            </th>
          ) : null}
          {group.headers.map((header) => (
            <HeadCell key={header.id} header={header} />
          ))}
        </tr>
      ))}
    </thead>
  );
}

const WORDS = { asc: "ascending", desc: "descending" } as const;

function HeadCell<T>({ header }: { readonly header: Header<T, unknown> }) {
  const { column } = header;
  const { meta } = column.columnDef;
  const sorted = column.getIsSorted();
  const content = flexRender(column.columnDef.header, header.getContext());
  const Icon = sorted === "asc" ? IconArrowUp : sorted === "desc" ? IconArrowDown : IconArrowsSort;
  return (
    <th
      scope="col"
      className={meta?.align === "right" ? classes.right : undefined}
      style={meta?.width ? { width: meta.width } : undefined}
      aria-sort={sorted ? WORDS[sorted] : undefined}
    >
      {column.getCanSort() ? (
        <UnstyledButton
          className={classes.sort}
          onClick={column.getToggleSortingHandler()}
          data-active={sorted || undefined}
        >
          {content}
          <Icon size={14} aria-hidden="true" opacity={sorted ? 1 : 0.55} />
        </UnstyledButton>
      ) : (
        content
      )}
    </th>
  );
}
