"use client";

import { ActionIcon, Button, Tooltip, VisuallyHidden } from "@mantine/core";
import { IconMessage, IconMessagePlus } from "@tabler/icons-react";
import classes from "@/components/review/review.module.css";

/** How many threads an item has. */
export interface ItemThreads {
  readonly shown: number;
  readonly open: number;
}

/** The discussions of a section's items, and what can be done with them. */
export interface TalkOfItems {
  /** Items with threads, by id. */
  readonly threads: ReadonlyMap<string, ItemThreads>;
  /** Begins a comment; null for somebody who may only read. */
  readonly onComment: ((itemId: string) => void) | null;
  readonly onShow: (itemId: string) => void;
}

/** At the head of an item: how many threads it has, which leads to them, and the button that begins another. */
export function ItemTalk(props: { readonly itemId: string; readonly name: string; readonly talk: TalkOfItems }) {
  const { itemId, name, talk } = props;
  const threads = talk.threads.get(itemId);
  const { onComment } = talk;
  return (
    <span className={`${classes.screenOnly} ${classes.itemTalk}`}>
      {threads ? (
        <Button
          size="compact-xs"
          variant="light"
          color={threads.open > 0 ? "yellow" : "gray"}
          leftSection={<IconMessage size={13} aria-hidden="true" />}
          onClick={() => talk.onShow(itemId)}
        >
          {threads.shown}
          <VisuallyHidden>
            {threads.shown === 1 ? " thread" : " threads"} on {name}, {threads.open} open
          </VisuallyHidden>
        </Button>
      ) : null}
      {onComment ? (
        <Tooltip label={`Comment on ${name}`}>
          <ActionIcon size="sm" onClick={() => onComment(itemId)} aria-label={`Comment on ${name}`}>
            <IconMessagePlus size={15} aria-hidden="true" />
          </ActionIcon>
        </Tooltip>
      ) : null}
    </span>
  );
}
