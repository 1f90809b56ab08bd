"use client";

import { Checkbox } from "@mantine/core";
import { useMemo } from "react";
import classes from "@/components/kit/data-table.module.css";
import { type DataColumn, inOrder } from "@/components/kit/data-table-column";
import { DataTableHead } from "@/components/kit/data-table-head";
import { ScrollRegion } from "@/components/kit/scroll-region";
import type { TableSelection } from "@/components/kit/table-selection";
import { parseSort } from "@/components/kit/url-filters";

/** What a table shows. */
export interface DataTableProps<T> {
  /** What the table is of, for people who cannot see it. */
  readonly label: string;
  readonly rows: readonly T[];
  readonly columns: readonly DataColumn<T>[];
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
  const order = useMemo(() => parseSort(sort), [sort]);
  const shown = useMemo(
    () => inOrder(rows, order ? columns.find(({ id }) => id === order.id) : undefined, order?.desc ?? false),
    [rows, columns, order],
  );
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
      <DataTableHead
        columns={columns}
        order={order}
        onSort={props.onSort}
        selection={selection}
        shownIds={shown.map(props.idOf)}
      />
      <tbody>
        {shown.map((row) => (
          <DataTableRow
            key={props.idOf(row)}
            row={row}
            id={props.idOf(row)}
            columns={columns}
            selection={selection}
            onToggle={toggle}
          />
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
  readonly row: T;
  readonly id: string;
  readonly columns: readonly DataColumn<T>[];
  readonly selection: TableSelection<T> | undefined;
  readonly onToggle: (id: string) => void;
}) {
  const { row, id, selection } = props;
  const selected = selection?.ids.has(id) ?? false;
  return (
    <tr data-selected={selected || undefined}>
      {selection ? (
        <td className={classes.tick}>
          <Checkbox
            size="sm"
            checked={selected}
            onChange={() => props.onToggle(id)}
            aria-label={`Select ${selection.nameOf(row)}`}
          />
        </td>
      ) : null}
      {props.columns.map(({ id: column, header, meta, cell }) => (
        <td
          key={column}
          data-label={(meta?.label ?? header) || undefined}
          data-lead={meta?.lead || undefined}
          data-empty={meta?.emptyIn?.(row) || undefined}
          className={meta?.align === "right" ? classes.right : undefined}
        >
          {cell(row)}
        </td>
      ))}
    </tr>
  );
}
