"use client";

import { Anchor, Group, Stack, Text, VisuallyHidden } from "@mantine/core";
import { IconLayoutGrid } from "@tabler/icons-react";
import { useMemo } from "react";
import { NATURE_LOOKS, NATURE_OPTIONS } from "@/components/controls/control-words";
import classes from "@/components/controls/controls.module.css";
import { familyOptions, STATE_FILTER, selectLines } from "@/components/controls/select-lines";
import { EmptyState } from "@/components/kit/empty-state";
import { FilterBar } from "@/components/kit/filter-bar";
import { Link } from "@/components/kit/link";
import { ScrollRegion } from "@/components/kit/scroll-region";
import { StateBadge } from "@/components/kit/status-badge";
import { useUrlFilters } from "@/components/kit/use-url-filters";
import type { ControlMatrix, MatrixCell, MatrixColumn, MatrixRow } from "@/lib/domain/controls/matrix";
import { ORIGIN_WORDS } from "@/lib/domain/worksheet/item-words";

const FILTERS = { q: "", state: "", family: "", nature: "", show: "" };

/** Requirements × controls: which control stands in for which requirement, how it works, and where it comes from. */
export function Matrix({ engagementId, matrix }: { readonly engagementId: string; readonly matrix: ControlMatrix }) {
  const filters = useUrlFilters(FILTERS);
  const { q, state, family, nature, show } = filters.values;
  const rows = useMemo(() => {
    const fits = (cell: MatrixCell) => nature === "" || cell.nature === nature;
    const textOf = (row: MatrixRow) =>
      cellsOf(row)
        .map(({ title, requirementRef }) => `${title} ${requirementRef}`)
        .join(" ");
    return selectLines(matrix.rows, { q, state, family }, textOf)
      .map((row) => ({
        ...row,
        own: show === "shared" ? [] : row.own.filter(fits),
        shared: Object.fromEntries(Object.entries(row.shared).filter(([, cell]) => fits(cell) && show !== "own")),
      }))
      .filter((row) => (nature === "" && show === "") || cellsOf(row).length > 0);
  }, [matrix.rows, q, state, family, nature, show]);
  const columns = matrix.columns.filter(({ recordId }) => rows.some(({ shared }) => recordId in shared));
  if (matrix.rows.length === 0) {
    return (
      <EmptyState icon={IconLayoutGrid} title="No worksheet to compare yet">
        As soon as requirements have worksheets that you may read, each stands here in a row with its controls.
      </EmptyState>
    );
  }
  return (
    <>
      <FilterBar
        filters={filters}
        search="Search requirements and controls"
        choices={[
          STATE_FILTER,
          { name: "family", label: "Family", options: familyOptions(matrix.rows) },
          { name: "nature", label: "How it works", options: NATURE_OPTIONS },
          {
            name: "show",
            label: "Controls",
            options: [
              { value: "shared", label: "Shared controls" },
              { value: "own", label: "In one worksheet only" },
            ],
          },
        ]}
        shown={rows.length}
        total={matrix.rows.length}
        noun={matrix.rows.length === 1 ? "requirement" : "requirements"}
      />
      {rows.length === 0 ? (
        <Text c="dimmed" py="lg">
          No requirement fits these filters.
        </Text>
      ) : (
        <ScrollRegion label="Requirements and controls, scrolls sideways" className={classes.frame}>
          <table className={classes.matrix}>
            <caption className={classes.caption}>
              Each field says how the control works there and where it comes from. An empty field: the worksheet does
              not use it.
            </caption>
            <thead>
              <tr>
                <th scope="col" className={classes.corner}>
                  Requirement
                </th>
                {columns.map((column) => (
                  <ColumnHead key={column.recordId} engagementId={engagementId} column={column} />
                ))}
                {show === "shared" ? null : <th scope="col">In this worksheet only</th>}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.worksheetId}>
                  <th scope="row" className={classes.corner}>
                    <RowHead row={row} />
                  </th>
                  {columns.map(({ recordId }) => (
                    <td key={recordId}>
                      {row.shared[recordId] ? (
                        <Cell cell={row.shared[recordId]} />
                      ) : (
                        <VisuallyHidden>Not used</VisuallyHidden>
                      )}
                    </td>
                  ))}
                  {show === "shared" ? null : (
                    <td>
                      <Stack gap={8}>
                        {row.own.map((cell) => (
                          <div key={cell.itemId}>
                            <Text size="sm" fw={550}>
                              {[cell.label, cell.title].filter(Boolean).join(" ") || "Untitled control"}
                            </Text>
                            <Cell cell={cell} />
                          </div>
                        ))}
                        {row.own.length === 0 ? <VisuallyHidden>None</VisuallyHidden> : null}
                      </Stack>
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </>
  );
}

function cellsOf({ shared, own }: Pick<MatrixRow, "shared" | "own">): readonly MatrixCell[] {
  return [...Object.values(shared), ...own];
}

function ColumnHead(props: { readonly engagementId: string; readonly column: MatrixColumn }) {
  const { recordId, title, uses } = props.column;
  return (
    <th scope="col">
      <Anchor
        component={Link}
        href={`/engagements/${props.engagementId}/controls?control=${recordId}`}
        prefetch={false}
        size="sm"
        fw={600}
      >
        {title}
      </Anchor>
      <Text size="xs" c="dimmed" fw={400}>
        shared, in {uses}
      </Text>
    </th>
  );
}

function RowHead({ row }: { readonly row: MatrixRow }) {
  return (
    <Stack gap={2} align="flex-start">
      <Anchor component={Link} href={`/worksheets/${row.worksheetId}`} prefetch={false} size="sm" fw={600}>
        {row.requirementNumber}
      </Anchor>
      <Text size="sm" fw={400} className={classes.title}>
        {row.requirementTitle}
      </Text>
      <StateBadge state={row.state} detail={`r${row.revision}`} size="sm" />
    </Stack>
  );
}

function Cell({ cell }: { readonly cell: MatrixCell }) {
  const { word, icon: Icon } = NATURE_LOOKS[cell.nature];
  return (
    <div>
      <Group gap={5} wrap="nowrap">
        <Icon size={15} stroke={1.75} aria-hidden="true" />
        <Text size="sm">{word}</Text>
      </Group>
      <Text size="xs" c="dimmed">
        {ORIGIN_WORDS[cell.origin]}
        {cell.requirementRef ? `, owed for ${cell.requirementRef}` : ""}
      </Text>
    </div>
  );
}
