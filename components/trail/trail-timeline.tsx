"use client";

import { Button, Center, Title } from "@mantine/core";
import { useMounted } from "@mantine/hooks";
import { IconHistory } from "@tabler/icons-react";
import { fullDate } from "@/components/kit/dates";
import { EmptyState } from "@/components/kit/empty-state";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { usePages } from "@/components/kit/use-pages";
import { eventsByDay } from "@/components/trail/by-day";
import classes from "@/components/trail/trail.module.css";
import { TrailEvent } from "@/components/trail/trail-event";
import { activeFilters, isFiltered, type TrailFilters } from "@/components/trail/trail-query";
import type { Page } from "@/lib/contracts/paging";
import type { TrailEventDto } from "@/lib/contracts/trail";

/** The events by day, newest first, with older ones on demand. Give it a `key` of the filters, so that it begins anew with them. */
export function TrailTimeline(props: {
  /** Address of the events in the API, without `/api/v1`. */
  readonly path: string;
  readonly filters: TrailFilters;
  readonly first: Page<TrailEventDto>;
  /** What worksheets are called, by id. */
  readonly worksheetNames: Readonly<Record<string, string>>;
}) {
  const { items, older, busy, error } = usePages(props.first, props.path, keyOf, activeFilters(props.filters));
  const mounted = useMounted();
  // The server does not know the reader's zone, so the first render is in UTC.
  const timeZone = mounted ? Intl.DateTimeFormat().resolvedOptions().timeZone : "UTC";
  if (items.length === 0) return <NothingFound filtered={isFiltered(props.filters)} />;
  return (
    <>
      {eventsByDay(items, timeZone).map(({ day, events }) => (
        <section key={day} className={classes.day} aria-label={fullDate(day, "UTC")}>
          <Title order={2} className={classes.date}>
            {fullDate(day, "UTC")}
          </Title>
          <ol className={classes.events}>
            {events.map((event) => (
              <TrailEvent
                key={keyOf(event)}
                event={event}
                timeZone={timeZone}
                worksheetName={event.worksheetId ? (props.worksheetNames[event.worksheetId] ?? null) : null}
              />
            ))}
          </ol>
        </section>
      ))}
      <ProblemAlert error={error} mt="md" />
      {older ? (
        <Center mt="md" className={classes.screenOnly}>
          <Button variant="default" onClick={older} loading={busy}>
            Show older events
          </Button>
        </Center>
      ) : null}
    </>
  );
}

function keyOf({ logId, seq }: TrailEventDto): string {
  return `${logId} ${seq}`;
}

function NothingFound({ filtered }: { readonly filtered: boolean }) {
  return filtered ? (
    <EmptyState icon={IconHistory} title="No event matches">
      Take a filter away, or choose a longer time.
    </EmptyState>
  ) : (
    <EmptyState icon={IconHistory} title="Nothing has happened yet">
      Every change, every sign-off and every refused attempt will be listed here, in an order that nobody can alter
      unseen.
    </EmptyState>
  );
}
