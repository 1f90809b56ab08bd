"use client";

import { Button, Group, Select } from "@mantine/core";
import { usePathname, useRouter } from "next/navigation";
import { useTransition } from "react";
import { DateField } from "@/components/kit/date-field";
import classes from "@/components/trail/trail.module.css";
import { activeFilters, isFiltered, type TrailFilters, trailFilters } from "@/components/trail/trail-query";
import { withQuery } from "@/lib/client/query";

/** A choice of a filter. */
export interface FilterChoice {
  readonly value: string;
  readonly label: string;
}

/** A group of choices, as Mantine's Select takes them. */
export interface FilterGroup {
  readonly group: string;
  readonly items: readonly FilterChoice[];
}

/** The filters of a trail. Each change goes into the address, which the page is rendered from. */
export function TrailFilterBar(props: {
  readonly filters: TrailFilters;
  readonly people: readonly FilterChoice[];
  readonly actions: readonly FilterGroup[];
  /** What the events may belong to: a worksheet of an engagement, an engagement of an organisation. */
  readonly place: {
    readonly name: "worksheetId" | "engagementId";
    readonly label: string;
    readonly choices: readonly FilterChoice[];
  };
}) {
  const { filters, place } = props;
  const router = useRouter();
  const pathname = usePathname();
  const [pending, startTransition] = useTransition();
  const change = (part: Partial<TrailFilters>) => {
    const href = withQuery(pathname, activeFilters({ ...filters, ...part }));
    startTransition(() => router.replace(href, { scroll: false }));
  };
  const named = (choices: readonly FilterChoice[], value: string) => choices.find((one) => one.value === value)?.label;
  const inWords = [
    named(props.people, filters.actorId),
    named(
      props.actions.flatMap(({ items }) => items),
      filters.action,
    ),
    named(place.choices, filters[place.name]),
    filters.from && `from ${filters.from}`,
    filters.to && `to ${filters.to}`,
  ].filter(Boolean);
  const day = { size: "sm" as const, clearable: true, flex: "1 1 9rem", maw: 190 };
  const common = { size: "sm" as const, clearable: true, searchable: true };
  return (
    <>
      {/* On paper, where the fields are not shown, the reader still has to know what was left out. */}
      {inWords.length > 0 ? <p className={classes.printOnly}>Only: {inWords.join(", ")}.</p> : null}
      <Group
        gap="xs"
        mb="md"
        align="flex-end"
        role="search"
        aria-label="Filter the trail"
        aria-busy={pending}
        className={classes.screenOnly}
      >
        <Select
          {...common}
          label="Person"
          placeholder="Everybody"
          data={[...props.people]}
          value={filters.actorId || null}
          onChange={(actorId) => change({ actorId: actorId ?? "" })}
          flex="1 1 9.5rem"
          maw={240}
        />
        <Select
          {...common}
          label="Action"
          placeholder="Everything"
          data={props.actions.map(({ group, items }) => ({ group, items: [...items] }))}
          value={filters.action || null}
          onChange={(action) => change({ action: action ?? "" })}
          flex="1 1 9.5rem"
          maw={280}
        />
        {place.choices.length > 0 ? (
          <Select
            {...common}
            label={place.label}
            placeholder="All"
            data={[...place.choices]}
            value={filters[place.name] || null}
            onChange={(chosen) => change({ [place.name]: chosen ?? "" })}
            flex="1 1 9.5rem"
            maw={280}
          />
        ) : null}
        <DateField {...day} label="From" value={filters.from} onChange={(from) => change({ from: from ?? "" })} />
        <DateField {...day} label="To" value={filters.to} onChange={(to) => change({ to: to ?? "" })} />
        {isFiltered(filters) ? (
          <Button variant="subtle" onClick={() => change(trailFilters({}))}>
            Clear filters
          </Button>
        ) : null}
      </Group>
    </>
  );
}
