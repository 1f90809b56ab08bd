"use client";

import { Anchor, Collapse, Text, UnstyledButton } from "@mantine/core";
import { IconChevronRight } from "@tabler/icons-react";
import { useId, useState } from "react";
import { Link } from "@/components/kit/link";
import { clockTime } from "@/components/trail/by-day";
import { EventFacts } from "@/components/trail/event-facts";
import classes from "@/components/trail/trail.module.css";
import type { TrailEventDto } from "@/lib/contracts/trail";
import { instantInWords } from "@/lib/domain/format-date";

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
      <EventFacts facts={event.facts} />
      <Text size="xs" className={classes.hash} component="div">
        <span>
          <b>Event</b> {event.seq.toLocaleString("en")}
        </span>
        <span>
          <b>Action</b> <code>{event.action}</code>
        </span>
        <span>
          <b>At</b> <time dateTime={event.at}>{instantInWords(event.at)}</time>
        </span>
        <span>
          <b>Entry hash</b> <code>{event.entryHash}</code>
        </span>
      </Text>
      <details className={classes.recorded}>
        <summary>As it was recorded and hashed</summary>
        <pre className={classes.payload}>{JSON.stringify(event.detail, null, 2)}</pre>
      </details>
    </div>
  );
}
