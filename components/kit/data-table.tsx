"use client";

import { Checkbox } from "@mantine/core";
import {
  type ColumnDef,
  flexRender,
  getCoreRowModel,
  getSortedRowModel,
  type Row,
  type RowData,
  useReactTable,
} from "@tanstack/react-table";
import { useMemo } from "react";
import classes from "@/components/kit/data-table.module.css";
import { DataTableHead } from "@/components/kit/data-table-head";
import { ScrollRegion } from "@/components/kit/scroll-region";
import type { TableSelection } from "@/components/kit/table-selection";
import { formatSort, parseSort } from "@/components/kit/url-filters";

declare module "@tanstack/react-table" {
  interface ColumnMeta<TData extends RowData, TValue> {
    /** The column's name on a phone's card; the header when absent and a string. */
    readonly label?: string;
    /** Numbers stand at the right. */
    readonly align?: "right";
    /** Leads a phone's card: shown bold and without its name. */
    readonly lead?: boolean;
    /** True for rows in which the cell says nothing; a phone's card leaves it out. */
    readonly emptyIn?: (row: TData) => boolean;
    /** Width on wide screens, any CSS length. */
    readonly width?: string;
  }
}

/** What a table shows. */
export interface DataTableProps<T> {
  /** What the table is of, for people who cannot see it. */
  readonly label: string;
  readonly rows: readonly T[];
  readonly columns: ColumnDef<T, unknown>[];
  readonly idOf: (row: T) => string;
  /** `due`, `-due`, or "" for the order of `rows`; keep it in the address (useUrlFilters). */
  readonly sort?: string;
  readonly onSort?: (sort: string) => void;
  readonly selection?: TableSelection<T>;
  /** Rows become cards below 768 px (default); `scroll` keeps the table in a region that scrolls sideways. */
  readonly narrow?: "cards" | "scroll";
  /** Cells of several lines begin at the top; single lines stand in the middle (default). */
  readonly tall?: boolean;
  /** Without a frame of its own, inside a flush SectionCard. */
  readonly bare?: boolean;
}

/** A table with sortable heads, optional ticks, and cards on phones. */
export function DataTable<T>(props: DataTableProps<T>) {
  const { rows, columns, selection, narrow = "cards", sort = "" } = props;
  // A new array each time would be a new state each time, and the table would render for ever.
  const sorting = useMemo(() => {
    const order = parseSort(sort);
    return order ? [order] : [];
  }, [sort]);
  const table = useReactTable<T>({
    data: rows as T[],
    columns,
    getRowId: props.idOf,
    getCoreRowModel: getCoreRowModel(),
    getSortedRowModel: getSortedRowModel(),
    state: { sorting },
    autoResetPageIndex: false,
    onSortingChange: (update) => {
      const next = typeof update === "function" ? update(sorting) : update;
      props.onSort?.(formatSort(next[0] ?? null));
    },
    enableSorting: props.onSort !== undefined,
    enableMultiSort: false,
    sortDescFirst: false,
  });
  const shown = table.getRowModel().rows;
  const toggle = (id: string) => {
    if (!selection) return;
    const next = new Set(selection.ids);
    if (!next.delete(id)) next.add(id);
    selection.onChange(next);
  };
  const frame = [
    classes.frame,
    props.bare && classes.bare,
    narrow === "cards" && classes.cards,
    props.tall && classes.tall,
  ]
    .filter(Boolean)
    .join(" ");
  const content = (
    <table className={classes.table} aria-label={props.label}>
      <DataTableHead table={table} selection={selection} shownIds={shown.map(({ id }) => id)} />
      <tbody>
        {shown.map((row) => (
          <DataTableRow key={row.id} row={row} selection={selection} onToggle={() => toggle(row.id)} />
        ))}
      </tbody>
    </table>
  );
  if (narrow === "cards") return <div className={frame}>{content}</div>;
  return (
    <ScrollRegion label={`${props.label}, scrolls sideways`} className={frame}>
      {content}
    </ScrollRegion>
  );
}

function DataTableRow<T>(props: {
  readonly row: Row<T>;
  readonly selection: TableSelection<T> | undefined;
  readonly onToggle: () => void;
}) {
  const { row, selection, onToggle } = props;
  const selected = selection?.ids.has(row.id) ?? false;
  return (
    <tr data-selected={selected || undefined}>
      {selection ? (
        <td className={classes.tick}>
          <Checkbox
            size="sm"
            checked={selected}
            onChange={onToggle}
            aria-label={`Select ${selection.nameOf(row.original)}`}
          />
        </td>
      ) : null}
      {row.getVisibleCells().map((cell) => {
        const { header, meta } = cell.column.columnDef;
        const label = meta?.label ?? (typeof header === "string" ? header : undefined);
        return (
          <td
            key={cell.id}
            data-label={label || undefined}
            data-lead={meta?.lead || undefined}
            data-empty={meta?.emptyIn?.(row.original) || undefined}
            className={meta?.align === "right" ? classes.right : undefined}
          >
            {flexRender(cell.column.columnDef.cell, cell.getContext())}
          </td>
        );
      })}
    </tr>
  );
}
