"use client";

import { Button, Group, Radio, Stack, Textarea } from "@mantine/core";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useAction } from "@/components/kit/use-action";
import { useKeptComment } from "@/components/review/use-kept-comment";
import type { ThreadDto } from "@/lib/contracts/review";

/** Most characters of a comment. Same bound as the contract's. */
export const COMMENT_MAX = 10_000;

/**
 * Writes a comment: a new thread, or (with `reply`) an answer in one. The text stays until `onSend` succeeds or the
 * writer cancels. Control or Command with Enter sends.
 */
export function ThreadComposer(props: {
  /** What is commented on, for the label of the field. */
  readonly about: string;
  readonly reply?: boolean;
  /** Names the place the comment is for, so that text which was not sent is there again when it is taken up. */
  readonly place?: string;
  /** Which kinds of thread the person may open; ignored for a reply. */
  readonly mayShare?: boolean;
  readonly mayKeepPrivate?: boolean;
  readonly autoFocus?: boolean;
  readonly onSend: (body: string, visibility: ThreadDto["visibility"]) => Promise<void>;
  readonly onCancel: () => void;
}) {
  const { reply = false, mayShare = false, mayKeepPrivate = false } = props;
  const [{ body, visibility }, change] = useKeptComment(props.place ?? null, {
    body: "",
    visibility: mayShare || reply ? "shared" : "private",
  });
  const { run, busy, error } = useAction();
  const send = async () => {
    if (body.trim() === "") return;
    await run(async () => {
      await props.onSend(body, visibility);
      change({ body: "" });
    });
  };
  const cancel = () => {
    change({ body: "" });
    props.onCancel();
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void send();
    }
    if (event.key === "Escape" && body === "") props.onCancel();
  };
  return (
    <Stack gap="xs">
      <Textarea
        label={reply ? "Reply" : `Comment on ${props.about}`}
        autosize
        minRows={2}
        maxRows={14}
        maxLength={COMMENT_MAX}
        value={body}
        autoFocus={props.autoFocus}
        // A sheet gives the focus to what carries this mark.
        data-autofocus={props.autoFocus || undefined}
        onChange={(event) => change({ body: event.currentTarget.value })}
        onKeyDown={onKeyDown}
      />
      {!reply && mayShare && mayKeepPrivate ? (
        <Radio.Group
          label="Who reads it"
          size="xs"
          value={visibility}
          onChange={(value) => change({ visibility: value === "private" ? "private" : "shared" })}
        >
          <Group gap="md" mt={4}>
            <Radio size="xs" value="shared" label="Both companies" />
            <Radio size="xs" value="private" label="Only your company" />
          </Group>
        </Radio.Group>
      ) : null}
      <ProblemAlert error={error} />
      <Group gap="xs" justify="flex-end">
        <Button size="xs" variant="default" onClick={cancel}>
          Cancel
        </Button>
        <Button size="xs" onClick={send} loading={busy} disabled={body.trim() === ""}>
          {reply ? "Reply" : "Comment"}
        </Button>
      </Group>
    </Stack>
  );
}
