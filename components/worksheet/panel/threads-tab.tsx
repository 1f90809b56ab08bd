"use client";

import { Button, Group, Stack, Text } from "@mantine/core";
import { IconMessagePlus } from "@tabler/icons-react";
import { useState } from "react";
import { anchorName } from "@/components/review/anchors";
import { ThreadCard } from "@/components/review/thread-card";
import { ThreadComposer } from "@/components/review/thread-composer";
import type { Threads } from "@/components/review/use-threads";
import type { WorksheetPermissions } from "@/lib/contracts/worksheet";
import { PART_LABELS, type PartKey } from "@/lib/domain/worksheet/sections";

/** The threads of a section and of the worksheet as a whole: read, answer, resolve, begin one. */
export function ThreadsTab(props: {
  readonly threads: Threads;
  readonly section: PartKey;
  readonly names: ReadonlyMap<string, string>;
  readonly permissions: WorksheetPermissions;
  /** Open threads count on the worksheet. */
  readonly onChanged: () => void;
}) {
  const { threads, section, permissions } = props;
  const [writing, setWriting] = useState(false);
  const here = threads.all
    .filter((thread) => thread.section === section || thread.section === null)
    .sort(
      (a, b) => Number(a.resolvedAt !== null) - Number(b.resolvedAt !== null) || (a.openedAt < b.openedAt ? -1 : 1),
    );
  const may = permissions.commentShared || permissions.commentPrivate;
  const then = async (act: Promise<void>) => {
    await act;
    props.onChanged();
  };
  return (
    <Stack gap="sm">
      {here.length === 0 && (
        <Text size="sm" c="dimmed">
          No thread on “{PART_LABELS[section]}”. Questions of the reviewer appear here, with what was answered.
        </Text>
      )}
      {here.map((thread) => (
        <ThreadCard
          key={thread.id}
          thread={thread}
          about={anchorName(thread, props.names)}
          onReply={(body) => then(threads.reply(thread.id, body))}
          onResolve={(resolved) => then(threads.setResolved(thread.id, resolved))}
        />
      ))}
      {may && !writing && (
        <Group>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconMessagePlus size={15} aria-hidden />}
            onClick={() => setWriting(true)}
          >
            Comment on this section
          </Button>
        </Group>
      )}
      {writing && (
        <ThreadComposer
          about={PART_LABELS[section]}
          mayShare={permissions.commentShared}
          mayKeepPrivate={permissions.commentPrivate}
          autoFocus
          onCancel={() => setWriting(false)}
          onSend={async (body, visibility) => {
            await then(threads.open({ section, itemId: null, visibility, body }));
            setWriting(false);
          }}
        />
      )}
    </Stack>
  );
}
