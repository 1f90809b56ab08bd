"use client";

import { Text } from "@mantine/core";
import { useMemo } from "react";
import { DataTable } from "@/components/kit/data-table";
import { FilterBar } from "@/components/kit/filter-bar";
import { useUrlFilters } from "@/components/kit/use-url-filters";
import { requirementColumns } from "@/components/scope/requirement-columns";
import { RESULT_FILTERS, selectRequirements } from "@/components/scope/select-requirements";
import type { TriggeredRequirementDto } from "@/lib/contracts/scope-result";
import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";

const CHOICES = [
  {
    name: "reading",
    label: "Reading",
    options: [
      { value: "article", label: "Triggered by the article" },
      { value: "today", label: "Triggered today" },
      { value: "gone", label: "By the article, no longer today" },
      { value: "open", label: "With an open question" },
    ],
  },
  {
    name: "decided",
    label: "Decided",
    options: [
      { value: "no", label: "Undecided" },
      { value: "yes", label: "Decided" },
    ],
  },
];

/** The requirements that the answers lead to, in both readings, with reasons, sources and a way to decide. */
export function TriggeredRequirements(props: {
  readonly engagementId: string;
  readonly version: StandardVersion;
  readonly requirements: readonly TriggeredRequirementDto[];
  readonly mayDecide: boolean;
}) {
  const filters = useUrlFilters(RESULT_FILTERS);
  const shown = useMemo(
    () => selectRequirements(props.requirements, filters.values),
    [props.requirements, filters.values],
  );
  const columns = useMemo(
    () => requirementColumns(props.engagementId, props.version, props.mayDecide),
    [props.engagementId, props.version, props.mayDecide],
  );
  return (
    <>
      <FilterBar
        filters={filters}
        search="Search number, title, article row"
        choices={CHOICES}
        shown={shown.length}
        total={props.requirements.length}
        noun="requirements"
      />
      {shown.length === 0 ? (
        <Text c="dimmed" py="md">
          No requirement fits these filters.
        </Text>
      ) : (
        <DataTable
          tall
          label="Requirements by the article and today"
          rows={shown}
          columns={columns}
          idOf={(one) => one.number}
          sort={filters.values.sort}
          onSort={(sort) => filters.set({ sort })}
        />
      )}
    </>
  );
}
