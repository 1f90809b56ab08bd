"use client";

import { Anchor, Collapse, Group, Text, UnstyledButton } from "@mantine/core";
import { IconChevronRight } from "@tabler/icons-react";
import Link from "next/link";
import { useId, useState } from "react";
import { clockTime } from "@/components/trail/by-day";
import classes from "@/components/trail/trail.module.css";
import type { TrailEventDto } from "@/lib/contracts/trail";

/** One event: time, who, what; opened it shows what was recorded and the hash of the entry. */
export function TrailEvent(props: {
  readonly event: TrailEventDto;
  readonly timeZone: string;
  /** What the event's worksheet is called, when the reader knows it. */
  readonly worksheetName: string | null;
}) {
  const { event } = props;
  const [opened, setOpened] = useState(false);
  const detailId = useId();
  return (
    <li className={classes.event}>
      <UnstyledButton
        className={classes.line}
        onClick={() => setOpened((old) => !old)}
        aria-expanded={opened}
        aria-controls={detailId}
      >
        <IconChevronRight size={14} aria-hidden="true" className={classes.chevron} data-opened={opened || undefined} />
        <time dateTime={event.at} className={classes.time}>
          {clockTime(event.at, props.timeZone)}
        </time>
        <span className={classes.what}>
          <Sentence event={event} />
        </span>
      </UnstyledButton>
      {event.worksheetId && props.worksheetName ? (
        <Anchor component={Link} href={`/worksheets/${event.worksheetId}/review`} size="sm" className={classes.where}>
          {props.worksheetName}
        </Anchor>
      ) : null}
      <Collapse expanded={opened} id={detailId} className={classes.detail}>
        <EventDetail event={event} />
      </Collapse>
    </li>
  );
}

/** The sentence begins with who did it; that name leads the eye down the list. */
function Sentence({ event }: { readonly event: TrailEventDto }) {
  const name = event.actor?.name ?? "";
  if (name === "" || !event.sentence.startsWith(name)) return event.sentence;
  return (
    <>
      <b>{name}</b>
      {event.sentence.slice(name.length)}
    </>
  );
}

function EventDetail({ event }: { readonly event: TrailEventDto }) {
  return (
    <div className={classes.card}>
      <Group gap="lg" wrap="wrap">
        <Text size="xs">
          <b>Event</b> {event.seq.toLocaleString("en")}
        </Text>
        <Text size="xs">
          <b>Action</b> <code>{event.action}</code>
        </Text>
        <Text size="xs">
          <b>At</b> {event.at}
        </Text>
      </Group>
      <Text size="xs" className={classes.hash}>
        <b>Entry hash</b> <code>{event.entryHash}</code>
      </Text>
      <pre className={classes.payload}>{JSON.stringify(event.detail, null, 2)}</pre>
    </div>
  );
}
