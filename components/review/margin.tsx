"use client";

import { Button, Paper, Stack, Text } from "@mantine/core";
import { IconMessagePlus } from "@tabler/icons-react";
import { anchorName, type ThreadAnchor } from "@/components/review/anchors";
import { ThreadCard } from "@/components/review/thread-card";
import { ThreadComposer } from "@/components/review/thread-composer";
import type { Threads } from "@/components/review/use-threads";
import type { ThreadDto } from "@/lib/contracts/review";

/** What a person may do with threads of this worksheet. */
export interface TalkRights {
  readonly share: boolean;
  readonly keepPrivate: boolean;
}

/** The threads of one part of the worksheet, and the place where a new one is written. */
export function ThreadsOfPart(props: {
  /** The part: a section, or the worksheet as a whole. */
  readonly anchor: ThreadAnchor;
  readonly shown: readonly ThreadDto[];
  readonly threads: Threads;
  readonly names: ReadonlyMap<string, string>;
  readonly rights: TalkRights;
  /** Where a thread is being written, when that is in this part. */
  readonly composing: ThreadAnchor | null;
  readonly onCompose: (anchor: ThreadAnchor | null) => void;
}) {
  const { threads, names, rights, composing } = props;
  const mayTalk = rights.share || rights.keepPrivate;
  return (
    <Stack gap="xs">
      {props.shown.map((thread) => (
        <ThreadCard
          key={thread.id}
          thread={thread}
          about={anchorName(thread, names)}
          aboutHref={thread.itemId && names.has(thread.itemId) ? `#item-${thread.itemId}` : undefined}
          onReply={(body) => threads.reply(thread.id, body)}
          onResolve={(resolved) => threads.setResolved(thread.id, resolved)}
        />
      ))}
      {composing ? (
        <Paper withBorder p="sm">
          <ThreadComposer
            key={`${composing.section} ${composing.itemId}`}
            about={anchorName(composing, names)}
            mayShare={rights.share}
            mayKeepPrivate={rights.keepPrivate}
            autoFocus
            onCancel={() => props.onCompose(null)}
            onSend={async (body, visibility) => {
              await threads.open({ ...composing, body, visibility });
              props.onCompose(null);
            }}
          />
        </Paper>
      ) : mayTalk ? (
        <div>
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconMessagePlus size={15} aria-hidden="true" />}
            onClick={() => props.onCompose(props.anchor)}
          >
            Comment
          </Button>
        </div>
      ) : props.shown.length === 0 ? (
        <Text size="sm" c="dimmed">
          No comments here.
        </Text>
      ) : null}
    </Stack>
  );
}
