"use client";

import { Button, SegmentedControl, Text } from "@mantine/core";
import { IconSearchOff } from "@tabler/icons-react";
import { memo, useMemo, useState } from "react";
import classes from "@/components/catalogue/catalogue.module.css";
import { RequirementLink } from "@/components/catalogue/requirement-link";
import { RequirementMarks } from "@/components/catalogue/standing-badges";
import { type ListFilters, useRequirementList } from "@/components/catalogue/use-requirement-list";
import { DataTable } from "@/components/kit/data-table";
import type { DataColumn } from "@/components/kit/data-table-column";
import { EmptyState } from "@/components/kit/empty-state";
import { FilterBar, type FilterChoice } from "@/components/kit/filter-bar";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { TodayBadge } from "@/components/kit/status-badge";
import { useUrlFilters } from "@/components/kit/use-url-filters";
import type { RequirementListDto, RequirementSummaryDto } from "@/lib/contracts/catalogue";
import { REQUIREMENTS_AT_FIRST } from "@/lib/contracts/list-sizes";
import { STANDARD_VERSIONS, type StandardVersion } from "@/lib/domain/catalogue/standard-version";
import { STANDINGS, STATUSES_TODAY } from "@/lib/domain/catalogue/status";

const DEFAULTS: ListFilters = { version: "4.0.1", q: "", status: "", service: "", keyOption: "" };

/** The requirements of a version with search and filters, all of them in the address. */
export function RequirementList(props: {
  readonly first: RequirementListDto;
  /** The filters that `first` answers. */
  readonly filters: ListFilters;
  readonly keyOptions: readonly { readonly id: string; readonly name: string }[];
}) {
  const filters = useUrlFilters<ListFilters>(DEFAULTS);
  const [whole, setWhole] = useState(false);
  const { list, busy, error } = useRequirementList(filters.values, props.first, props.filters, whole);
  const rows = useMemo(() => (whole ? list.items : list.items.slice(0, REQUIREMENTS_AT_FIRST)), [whole, list]);
  const version = STANDARD_VERSIONS.find((one) => one === filters.values.version) ?? "4.0.1";
  return (
    <>
      <FilterBar
        filters={filters}
        search="Number, word or old name"
        choices={choicesOf(list, props.keyOptions)}
        shown={list.total}
        total={list.all}
        noun="requirements"
        actions={<VersionSwitch version={version} onChange={(next) => filters.set({ version: next })} />}
      />
      <ReadAs list={list} />
      <ProblemAlert error={error} />
      <div className={busy ? classes.busy : undefined} aria-busy={busy}>
        {list.items.length > 0 ? (
          <Table version={list.version} rows={rows} />
        ) : (
          <EmptyState icon={IconSearchOff} title="No requirement answers this">
            Try a number such as 3.6.1, a single word, or fewer filters.
          </EmptyState>
        )}
        {rows.length < list.total ? (
          <Button variant="default" mt="sm" fullWidth onClick={() => setWhole(true)}>
            Show the other {list.total - rows.length} requirements
          </Button>
        ) : null}
      </div>
    </>
  );
}

/** Apart, so that typing into the search does not render hundreds of rows at every key. */
const Table = memo(function RequirementTable(props: {
  readonly version: StandardVersion;
  readonly rows: readonly RequirementSummaryDto[];
}) {
  const label = `Requirements of PCI DSS ${props.version}`;
  return <DataTable label={label} rows={props.rows} columns={COLUMNS[props.version]} idOf={({ number }) => number} />;
});

function VersionSwitch(props: { readonly version: StandardVersion; readonly onChange: (version: string) => void }) {
  return (
    <SegmentedControl
      size="xs"
      aria-label="PCI DSS version"
      value={props.version}
      onChange={props.onChange}
      data={[
        { value: "4.0.1", label: "PCI DSS 4.0.1" },
        { value: "3.2.1", label: "3.2.1, retired" },
      ]}
    />
  );
}

/** Says which old name was understood as what. */
function ReadAs({ list }: { readonly list: RequirementListDto }) {
  if (list.readAs.length === 0) return null;
  const words = list.readAs.map(({ old, now }) => `“${old}” as “${now}”`).join(", ");
  return (
    <Text size="sm" c="dimmed" mb="xs" role="status">
      Also read {words}, today's name.
    </Text>
  );
}

function choicesOf(
  list: RequirementListDto,
  keyOptions: readonly { readonly id: string; readonly name: string }[],
): FilterChoice[] {
  const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
  return [
    {
      name: "status",
      label: "Status",
      options: [...STATUSES_TODAY, ...STANDINGS].map((value) => ({ value, label: capital(value) })),
    },
    { name: "service", label: "AWS service", options: list.services.map((value) => ({ value, label: value })) },
    { name: "keyOption", label: "Key option", options: keyOptions.map(({ id, name }) => ({ value: id, label: name })) },
  ];
}

const COMMON: DataColumn<RequirementSummaryDto>[] = [
  {
    id: "number",
    header: "Requirement",
    meta: { lead: true, width: "7.5rem" },
    cell: (requirement) => <RequirementLink version={requirement.version} number={requirement.number} />,
  },
  {
    id: "title",
    header: "What it is for",
    meta: { label: "", width: "55%" },
    cell: (requirement) => (
      <div className={classes.titleLine}>
        <span className={requirement.leaf ? undefined : classes.grouping}>{requirement.title}</span>
        <RequirementMarks requirement={requirement} />
      </div>
    ),
  },
  {
    id: "article",
    header: "The article's reason today",
    meta: {
      label: "Article",
      emptyIn: ({ articleRows, numberingSlips }) => articleRows.length + numberingSlips.length === 0,
    },
    cell: (requirement) => <ArticleCell requirement={requirement} />,
  },
];

function counterpartsIn(other: StandardVersion): DataColumn<RequirementSummaryDto> {
  return {
    id: "counterparts",
    header: `In ${other}`,
    meta: { emptyIn: ({ counterparts }) => counterparts.length === 0 },
    cell: (requirement) => <Counterparts requirement={requirement} />,
  };
}

/** By the version that is listed. */
const COLUMNS: Readonly<Record<StandardVersion, DataColumn<RequirementSummaryDto>[]>> = {
  "4.0.1": [...COMMON, counterpartsIn("3.2.1")],
  "3.2.1": [...COMMON, counterpartsIn("4.0.1")],
};

function ArticleCell({ requirement }: { readonly requirement: RequirementSummaryDto }) {
  const { articleRows, numberingSlips } = requirement;
  if (articleRows.length + numberingSlips.length === 0) return null;
  return (
    <div className={classes.lines}>
      {numberingSlips.map(({ row, number }) => (
        <div key={row}>
          The article's {row} is <RequirementLink version="3.2.1" number={number} />
        </div>
      ))}
      {articleRows.map(({ id, statusToday, disputed }) => (
        <div key={id} className={classes.rowLine}>
          <span className={classes.rowId}>{id}</span>
          <TodayBadge status={statusToday} detail={disputed ? "· disputed" : undefined} />
        </div>
      ))}
    </div>
  );
}

function Counterparts({ requirement }: { readonly requirement: RequirementSummaryDto }) {
  const other: StandardVersion = requirement.version === "4.0.1" ? "3.2.1" : "4.0.1";
  if (requirement.counterparts.length === 0) return null;
  return (
    <div className={classes.numbers}>
      {requirement.counterparts.map(({ number }) => (
        <RequirementLink key={number} version={other} number={number} />
      ))}
    </div>
  );
}
