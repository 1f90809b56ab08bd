"use client";

import { Text } from "@mantine/core";
import { memo, useMemo } from "react";
import { DataTable } from "@/components/kit/data-table";
import { workbookColumns } from "@/components/workbook/columns";
import type { DispositionDto } from "@/lib/contracts/disposition";

/** The rows of the workbook. Apart, so that typing into the search or opening a row does not render all of them. */
export const WorkbookTable = memo(function WorkbookTable(props: {
  readonly rows: readonly DispositionDto[];
  /** `YYYY-MM-DD`, for what is overdue. */
  readonly today: string;
  readonly onOpen: (id: string) => void;
  /** Called when somebody gets to what opens a row, by pointer or key: what shows it is fetched then. It stays the same. */
  readonly onReach: () => void;
  readonly sort: string;
  readonly onSort: (sort: string) => void;
  readonly ticked: ReadonlySet<string>;
  /** Null where rows cannot be assigned. */
  readonly onTick: ((ids: ReadonlySet<string>) => void) | null;
}) {
  const { rows, today, onOpen, onReach, ticked, onTick } = props;
  const columns = useMemo(() => workbookColumns(onOpen, onReach, today), [onOpen, onReach, today]);
  if (rows.length === 0) {
    return (
      <Text c="dimmed" py="lg">
        No requirement fits these filters.
      </Text>
    );
  }
  return (
    <DataTable
      label="Requirements of the workbook"
      rows={rows}
      columns={columns}
      idOf={(row) => row.id}
      sort={props.sort}
      onSort={props.onSort}
      selection={onTick ? { ids: ticked, onChange: onTick, nameOf: (row) => row.requirementNumber } : undefined}
    />
  );
});
