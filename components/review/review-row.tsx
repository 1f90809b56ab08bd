"use client";

import { Button, Text, VisuallyHidden } from "@mantine/core";
import { IconMessage, IconMessagePlus } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { ItemThreads } from "@/components/review/item-talk";
import classes from "@/components/review/review.module.css";
import type { PartKey } from "@/lib/domain/worksheet/sections";

/** A row of the printed page with its margin: the text at the left, what is said about it at the right. */
export function ReviewRow(props: {
  /** The section; null for the header. */
  readonly section: PartKey | null;
  readonly title: string;
  readonly hint?: string;
  /** How many threads of the row are shown, and how many of those are open. */
  readonly threads: ItemThreads;
  /** On screens without room for a margin: opens the threads as a sheet. */
  readonly onSheet: (() => void) | null;
  readonly children: ReactNode;
  /** What stands beside the text; null leaves the text alone on the page. */
  readonly margin: ReactNode | null;
}) {
  const headingId = `row-${props.section ?? "header"}`;
  return (
    <section
      className={`${classes.row} ${props.margin === null ? classes.alone : ""}`}
      aria-labelledby={headingId}
      data-section={props.section ?? undefined}
    >
      <div className={classes.text}>
        <div className={classes.rowHead}>
          <h2 className={classes.rowTitle} id={headingId}>
            {props.title}
          </h2>
          {props.onSheet ? <ThreadsButton threads={props.threads} title={props.title} onClick={props.onSheet} /> : null}
        </div>
        {props.hint ? (
          <Text size="sm" c="dimmed" mt={-4} mb="xs">
            {props.hint}
          </Text>
        ) : null}
        {props.children}
      </div>
      {props.margin === null ? null : (
        <div className={classes.margin}>
          <div className={classes.marginContent}>{props.margin}</div>
        </div>
      )}
    </section>
  );
}

function ThreadsButton(props: { readonly threads: ItemThreads; readonly title: string; readonly onClick: () => void }) {
  const { shown, open } = props.threads;
  return (
    <Button
      size="compact-sm"
      variant={open > 0 ? "light" : "subtle"}
      color={open > 0 ? "yellow" : "gray"}
      className={`${classes.screenOnly} ${classes.threadsButton}`}
      onClick={props.onClick}
      leftSection={
        shown > 0 ? <IconMessage size={15} aria-hidden="true" /> : <IconMessagePlus size={15} aria-hidden="true" />
      }
    >
      {shown > 0 ? shown : "Comment"}
      <VisuallyHidden> {shown > 0 ? `comments on ${props.title}, ${open} open` : `on ${props.title}`}</VisuallyHidden>
    </Button>
  );
}
