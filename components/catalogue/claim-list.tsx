"use client";

import { IconSearchOff } from "@tabler/icons-react";
import classes from "@/components/catalogue/catalogue.module.css";
import { ClaimReading, ClaimToday } from "@/components/catalogue/claim-line";
import { DataTable } from "@/components/kit/data-table";
import type { DataColumn } from "@/components/kit/data-table-column";
import { EmptyState } from "@/components/kit/empty-state";
import { FilterBar, type FilterChoice } from "@/components/kit/filter-bar";
import { useUrlFilters } from "@/components/kit/use-url-filters";
import type { ArticleClaim } from "@/lib/domain/catalogue/article";
import type { OldName } from "@/lib/domain/catalogue/catalogue";
import { search } from "@/lib/domain/catalogue/search";
import { STATUSES_TODAY } from "@/lib/domain/catalogue/status";

const DEFAULTS = { q: "", status: "", kind: "" };

const CHOICES: readonly FilterChoice[] = [
  {
    name: "status",
    label: "Status",
    options: STATUSES_TODAY.map((value) => ({ value, label: value.charAt(0).toUpperCase() + value.slice(1) })),
  },
  {
    name: "kind",
    label: "Kind",
    options: [
      { value: "pci", label: "About PCI DSS" },
      { value: "aside", label: "Set aside by the article" },
      { value: "disputed", label: "Disputed" },
    ],
  },
];

const COLUMNS: DataColumn<ArticleClaim>[] = [
  {
    id: "id",
    header: "Claim",
    meta: { lead: true, width: "4.5rem" },
    cell: (claim) => (
      <span className={classes.number} id={claim.id}>
        {claim.id}
      </span>
    ),
  },
  {
    id: "reading",
    header: "The article says",
    meta: { width: "40%" },
    cell: (claim) => <ClaimReading claim={claim} />,
  },
  { id: "today", header: "Today", cell: (claim) => <ClaimToday claim={claim} /> },
];

/** The article's claims with search and filters. */
export function ClaimList(props: { readonly claims: readonly ArticleClaim[]; readonly oldNames: readonly OldName[] }) {
  const filters = useUrlFilters(DEFAULTS);
  const { q, status, kind } = filters.values;
  const kept = props.claims.filter((claim) => (status === "" || claim.statusToday === status) && isOfKind(claim, kind));
  const shown = search(kept.map(searchable), q, props.oldNames).items;
  return (
    <>
      <FilterBar
        filters={filters}
        search="Search the claims"
        choices={CHOICES}
        shown={shown.length}
        total={props.claims.length}
        noun="claims"
      />
      {shown.length > 0 ? (
        <DataTable tall label="The article's claims" rows={shown} columns={COLUMNS} idOf={({ id }) => id} />
      ) : (
        <EmptyState icon={IconSearchOff} title="No claim answers this">
          Try another word or fewer filters.
        </EmptyState>
      )}
    </>
  );
}

function isOfKind(claim: ArticleClaim, kind: string): boolean {
  if (kind === "disputed") return claim.disputed;
  return kind === "" || claim.pciRequirement === (kind === "pci");
}

function searchable(claim: ArticleClaim) {
  const { id, articleReading, statusNote, aliases, relatedRows } = claim;
  return { item: claim, number: id, title: articleReading, otherNumbers: relatedRows, text: [statusNote, ...aliases] };
}
