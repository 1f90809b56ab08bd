"use client";

import { Button, Paper, Text } from "@mantine/core";
import { IconMessagePlus } from "@tabler/icons-react";
import { Fragment, type ReactNode, useEffect, useRef } from "react";
import { anchorName, type ThreadAnchor } from "@/components/review/anchors";
import { inPageOrder } from "@/components/review/margin-order";
import { partName } from "@/components/review/page-places";
import { ThreadCard } from "@/components/review/thread-card";
import { ThreadComposer } from "@/components/review/thread-composer";
import classes from "@/components/review/threads.module.css";
import { useBesideItems } from "@/components/review/use-beside-items";
import type { Threads } from "@/components/review/use-threads";
import type { ThreadDto } from "@/lib/contracts/review";

/** What a person may do with threads of this worksheet. */
export interface TalkRights {
  readonly share: boolean;
  readonly keepPrivate: boolean;
}

/** The threads of one part of the worksheet, and the place where a new one is written. */
export function ThreadsOfPart(props: {
  readonly worksheetId: string;
  /** The part: a section, or the worksheet as a whole. */
  readonly anchor: ThreadAnchor;
  readonly shown: readonly ThreadDto[];
  readonly threads: Threads;
  readonly onOpen: Threads["open"];
  readonly names: ReadonlyMap<string, string>;
  readonly rights: TalkRights;
  /** Where a thread is being written, when that is in this part. */
  readonly composing: ThreadAnchor | null;
  readonly onCompose: (anchor: ThreadAnchor | null) => void;
  /** True in a margin, where cards stand beside the items they are about. */
  readonly beside: boolean;
}) {
  const { names, rights, composing, beside } = props;
  const box = useRef<HTMLDivElement>(null);
  const shown = inPageOrder(props.shown, [...names.keys()]);
  const onItems = shown.filter(({ itemId }) => itemId !== null);
  const aligned = beside && (onItems.length > 0 || (composing !== null && composing.itemId !== null));
  useBesideItems(box, aligned);
  const mayTalk = rights.share || rights.keepPrivate;
  const card = (thread: ThreadDto) => <Card key={thread.id} {...props} thread={thread} />;
  const composer = composing ? <Composer key={`write ${composing.itemId}`} {...props} composing={composing} /> : null;
  const onItem = composing?.itemId ?? null;
  return (
    <div ref={box} className={aligned ? classes.aligned : classes.stacked}>
      {shown.filter(({ itemId }) => itemId === null).map(card)}
      {onItem === null ? composer : null}
      {mayTalk && composing === null ? (
        <div>
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconMessagePlus size={15} aria-hidden="true" />}
            data-comment-on={partName(props.anchor.section)}
            onClick={() => props.onCompose(props.anchor)}
          >
            Comment
          </Button>
        </div>
      ) : null}
      {!mayTalk && shown.length === 0 ? (
        <Text size="sm" c="dimmed">
          No comments here.
        </Text>
      ) : null}
      {onItem === null ? onItems.map(card) : withComposer(onItems, onItem, [...names.keys()], card, composer)}
    </div>
  );
}

/** The cards of the items with the composer behind those of its own item. */
function withComposer(
  threads: readonly ThreadDto[],
  itemId: string,
  order: readonly string[],
  card: (thread: ThreadDto) => ReactNode,
  composer: ReactNode,
): ReactNode {
  const rank = (id: string | null) => (id !== null && order.includes(id) ? order.indexOf(id) : order.length);
  const before = threads.filter((thread) => rank(thread.itemId) <= rank(itemId));
  return (
    <Fragment>
      {before.map(card)}
      {composer}
      {threads.slice(before.length).map(card)}
    </Fragment>
  );
}

type PartProps = Parameters<typeof ThreadsOfPart>[0];

function Card({ thread, threads, names }: PartProps & { readonly thread: ThreadDto }) {
  const itemId = thread.itemId;
  return (
    <div data-about={itemId ?? undefined}>
      <ThreadCard
        thread={thread}
        about={anchorName(thread, names)}
        aboutHref={itemId && names.has(itemId) ? `#item-${itemId}` : undefined}
        onReply={(body) => threads.reply(thread.id, body)}
        onResolve={(resolved) => threads.setResolved(thread.id, resolved)}
      />
    </div>
  );
}

function Composer(props: PartProps & { readonly composing: ThreadAnchor }) {
  const { composing, rights, beside } = props;
  const box = useRef<HTMLDivElement>(null);
  // In a margin the card moves beside its item first; to focus it before would scroll to where it was.
  useEffect(() => {
    if (!beside) return;
    const frame = requestAnimationFrame(() => {
      box.current?.querySelector("textarea")?.focus({ preventScroll: true });
      box.current?.scrollIntoView({ block: "nearest" });
    });
    return () => cancelAnimationFrame(frame);
  }, [beside]);
  const place = `${props.worksheetId} ${partName(composing.section)} ${composing.itemId ?? ""}`;
  return (
    <Paper withBorder p="sm" ref={box} className={classes.card} data-about={composing.itemId ?? undefined}>
      <ThreadComposer
        place={place}
        about={anchorName(composing, props.names)}
        mayShare={rights.share}
        mayKeepPrivate={rights.keepPrivate}
        autoFocus={!beside}
        onCancel={() => props.onCompose(null)}
        onSend={async (body, visibility) => {
          await props.onOpen({ ...composing, body, visibility });
          props.onCompose(null);
        }}
      />
    </Paper>
  );
}
