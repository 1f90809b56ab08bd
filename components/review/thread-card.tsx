"use client";

import { Anchor, Badge, Button, Group, Paper, Stack, Text, UnstyledButton } from "@mantine/core";
import { IconCheck, IconLock, IconMessage } from "@tabler/icons-react";
import { useState } from "react";
import { DateText } from "@/components/kit/date-text";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useAction } from "@/components/kit/use-action";
import { ThreadComposer } from "@/components/review/thread-composer";
import classes from "@/components/review/threads.module.css";
import type { CommentDto, ThreadDto } from "@/lib/contracts/review";

const SIDE_WORDS = { entity: "entity", assessor: "assessor" } as const;

interface ThreadProps {
  readonly thread: ThreadDto;
  /** What it is about, in words (anchorName). */
  readonly about: string;
  /** Address of what it is about, on the same page. */
  readonly aboutHref?: string | undefined;
  readonly onReply: (body: string) => Promise<void>;
  readonly onResolve: (resolved: boolean) => Promise<void>;
}

/** One discussion: its comments, a reply, and its end. A resolved one is folded to a line until it is opened. */
export function ThreadCard(props: ThreadProps) {
  const { thread, about } = props;
  const resolved = thread.resolvedAt !== null;
  const [unfolded, setUnfolded] = useState(false);
  return (
    <Paper
      component="article"
      withBorder
      p="sm"
      className={`${classes.card} ${thread.visibility === "private" ? classes.private : ""}`}
      aria-label={`${thread.visibility === "private" ? "Private thread" : "Thread"} on ${about}, ${resolved ? "resolved" : "open"}`}
      data-thread={resolved ? "resolved" : "open"}
      tabIndex={-1}
    >
      <ThreadHead thread={thread} about={about} href={props.aboutHref} />
      {resolved && !unfolded ? (
        <UnstyledButton
          className={classes.folded}
          onClick={() => setUnfolded(true)}
          aria-expanded={false}
          aria-label={`Show the thread: ${thread.comments[0]?.body ?? ""}`}
        >
          <Text size="sm" lineClamp={1} c="dimmed">
            {thread.comments[0]?.body}
          </Text>
        </UnstyledButton>
      ) : (
        <ThreadBody {...props} onFold={resolved ? () => setUnfolded(false) : null} />
      )}
    </Paper>
  );
}

function ThreadBody(props: ThreadProps & { readonly onFold: (() => void) | null }) {
  const { thread } = props;
  const resolved = thread.resolvedAt !== null;
  const [replying, setReplying] = useState(false);
  // The button that began the reply is gone meanwhile; it takes the focus when it is there again.
  const [replied, setReplied] = useState(false);
  const { run, busy, error } = useAction();
  const leave = () => {
    setReplying(false);
    setReplied(true);
  };
  const reply = async (body: string) => {
    await props.onReply(body);
    leave();
  };
  const resolve = async (event: React.MouseEvent<HTMLElement>) => {
    const card = event.currentTarget.closest("article");
    await run(() => props.onResolve(!resolved));
    // A resolved thread folds, and the button with it.
    card?.focus({ preventScroll: true });
  };
  return (
    <>
      <Stack gap="sm" mt="xs">
        <Comments comments={thread.comments} />
      </Stack>
      {replying ? (
        <div className={classes.reply}>
          <ThreadComposer about={props.about} place={thread.id} reply autoFocus onCancel={leave} onSend={reply} />
        </div>
      ) : null}
      <ProblemAlert error={error} mt="xs" />
      <Group gap={6} mt="xs">
        {thread.mayComment && !replying ? (
          <Button size="compact-xs" variant="default" autoFocus={replied} onClick={() => setReplying(true)}>
            Reply
          </Button>
        ) : null}
        {thread.mayResolve ? (
          <Button size="compact-xs" variant="subtle" loading={busy} onClick={resolve}>
            {resolved ? "Open again" : "Resolve"}
          </Button>
        ) : null}
        {props.onFold ? (
          <Button size="compact-xs" variant="subtle" color="gray" onClick={props.onFold}>
            Fold
          </Button>
        ) : null}
      </Group>
    </>
  );
}

function ThreadHead(props: { readonly thread: ThreadDto; readonly about: string; readonly href: string | undefined }) {
  const { thread, about, href } = props;
  const resolved = thread.resolvedAt !== null;
  return (
    <Group gap={6} wrap="wrap">
      <Text size="xs" fw={600} truncate className={classes.about}>
        {href ? (
          <Anchor href={href} inherit c="inherit">
            {about}
          </Anchor>
        ) : (
          about
        )}
      </Text>
      <Badge size="sm" color="gray">
        r{thread.revision}
      </Badge>
      {thread.visibility === "private" ? (
        <Badge size="sm" color="violet" leftSection={<IconLock size={12} aria-hidden="true" />}>
          only your company
        </Badge>
      ) : null}
      {resolved ? (
        <Badge size="sm" color="green" leftSection={<IconCheck size={12} aria-hidden="true" />}>
          resolved{thread.resolvedBy ? ` by ${thread.resolvedBy.name}` : ""}
        </Badge>
      ) : (
        <Badge size="sm" color="yellow" leftSection={<IconMessage size={12} aria-hidden="true" />}>
          open
        </Badge>
      )}
    </Group>
  );
}

/** So many comments of a long thread stand at its end; the first one stands there always. */
const SHOWN_LAST = 3;

/** The comments of a thread; the middle of a long one is shown on demand. */
function Comments({ comments }: { readonly comments: readonly CommentDto[] }) {
  const [all, setAll] = useState(false);
  const hidden = all ? 0 : comments.length - 1 - SHOWN_LAST;
  // To hide a single comment would save nothing.
  const folds = hidden > 1;
  const view = (some: readonly CommentDto[]) =>
    some.map((comment) => <CommentView key={comment.id} comment={comment} />);
  if (!folds) return view(comments);
  return (
    <>
      {view(comments.slice(0, 1))}
      <div>
        <Button size="compact-xs" variant="subtle" onClick={() => setAll(true)}>
          Show {hidden} comments in between
        </Button>
      </div>
      {view(comments.slice(-SHOWN_LAST))}
    </>
  );
}

function CommentView({ comment }: { readonly comment: CommentDto }) {
  return (
    <div>
      <Text size="xs" c="dimmed">
        <Text span inherit fw={600} c="var(--mantine-color-text)">
          {comment.author.name}
        </Text>
        {`, ${SIDE_WORDS[comment.side]} · `}
        <DateText value={comment.at} />
      </Text>
      <Text size="sm" className={classes.body}>
        {comment.body}
      </Text>
    </div>
  );
}
