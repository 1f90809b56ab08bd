"use client";

import { Checkbox, UnstyledButton } from "@mantine/core";
import { IconArrowDown, IconArrowsSort, IconArrowUp } from "@tabler/icons-react";
import classes from "@/components/kit/data-table.module.css";
import type { DataColumn } from "@/components/kit/data-table-column";
import type { TableSelection } from "@/components/kit/table-selection";
import { formatSort, type SortOrder } from "@/components/kit/url-filters";

/** The head of a DataTable: a tick for all shown rows, and a button in each sortable column. */
export function DataTableHead<T>(props: {
  readonly columns: readonly DataColumn<T>[];
  readonly order: SortOrder | null;
  /** Left out where nothing can be sorted. */
  readonly onSort: ((sort: string) => void) | undefined;
  readonly selection: TableSelection<T> | undefined;
  readonly shownIds: readonly string[];
}) {
  const { selection, shownIds } = props;
  const ticked = shownIds.filter((id) => selection?.ids.has(id)).length;
  const all = ticked > 0 && ticked === shownIds.length;
  return (
    <thead>
      <tr>
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
        {props.columns.map((column) => (
          <HeadCell key={column.id} column={column} order={props.order} onSort={props.onSort} />
        ))}
      </tr>
    </thead>
  );
}

/** What a press makes of a column's order: up, down, and the rows as they came. */
function nextSort(id: string, order: SortOrder | null): string {
  if (order?.id !== id) return formatSort({ id, desc: false });
  return order.desc ? "" : formatSort({ id, desc: true });
}

function HeadCell<T>(props: {
  readonly column: DataColumn<T>;
  readonly order: SortOrder | null;
  readonly onSort: ((sort: string) => void) | undefined;
}) {
  const { order, onSort } = props;
  const { id, header, meta, sortBy } = props.column;
  const sorted = order?.id === id;
  const Icon = !sorted ? IconArrowsSort : order.desc ? IconArrowDown : IconArrowUp;
  return (
    <th
      scope="col"
      className={meta?.align === "right" ? classes.right : undefined}
      style={meta?.width ? { width: meta.width } : undefined}
      aria-sort={sorted ? (order.desc ? "descending" : "ascending") : undefined}
    >
      {onSort && sortBy ? (
        <UnstyledButton
          className={classes.sort}
          onClick={() => onSort(nextSort(id, order))}
          data-active={sorted || undefined}
        >
          {header}
          <Icon size={14} aria-hidden="true" opacity={sorted ? 1 : 0.55} />
        </UnstyledButton>
      ) : (
        header
      )}
    </th>
  );
}
