"use client";

import { Button, Center, Group, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconSend } from "@tabler/icons-react";
import { DateText } from "@/components/kit/date-text";
import { EmptyState } from "@/components/kit/empty-state";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useRefresh } from "@/components/kit/refresh";
import { LookBadge } from "@/components/kit/status-badge";
import { useAction } from "@/components/kit/use-action";
import { usePages } from "@/components/kit/use-pages";
import { MESSAGE_LOOKS } from "@/components/webhooks/webhook-look";
import classes from "@/components/webhooks/webhooks.module.css";
import { api } from "@/lib/client/api";
import type { Page } from "@/lib/contracts/paging";
import type { AttemptDto, DeliveryDto } from "@/lib/contracts/webhooks";
import { typeWords } from "@/lib/domain/webhooks/event-types";

/** What a webhook was told, newest first, with older messages on demand. Give it a `key` of the state that is shown. */
export function DeliveryList(props: {
  readonly webhookId: string;
  readonly state: string;
  /** Nothing is sent again while it is off. */
  readonly isOn: boolean;
  readonly first: Page<DeliveryDto>;
}) {
  const path = `/organisation/webhooks/${props.webhookId}`;
  const query = { state: props.state || undefined };
  const { items, older, ...asking } = usePages(props.first, `${path}/deliveries`, ({ id }) => id, query);
  const { run, busy, error } = useAction();
  const refresh = useRefresh();
  const again = ({ id, state }: DeliveryDto) =>
    run(async () => {
      await api.post(`${path}/replay`, { messageId: id });
      const message = state === "waiting" ? "The message is tried now." : "The message is sent again.";
      notifications.show({ message });
      refresh();
      await asking.reread();
    });
  if (items.length === 0) {
    return (
      <EmptyState icon={IconSend} title={props.state === "" ? "Nothing was told yet" : "Nothing in this state"}>
        Messages of the last 30 days appear here.
      </EmptyState>
    );
  }
  return (
    <>
      <ProblemAlert error={error} mb="sm" />
      <ul className={classes.rows} aria-label="Messages">
        {items.map((item) => (
          <Row key={item.id} item={item} busy={busy || asking.busy} isOn={props.isOn} onAgain={() => again(item)} />
        ))}
      </ul>
      <ProblemAlert error={asking.error} mt="md" />
      {older ? (
        <Center mt="md">
          <Button variant="default" onClick={older} loading={asking.busy} disabled={busy}>
            Show older messages
          </Button>
        </Center>
      ) : null}
    </>
  );
}

function Row(props: {
  readonly item: DeliveryDto;
  readonly busy: boolean;
  readonly isOn: boolean;
  readonly onAgain: () => void;
}) {
  const { type, at, state, nextAt, replays, attempts, webhookId, body } = props.item;
  const [last] = attempts;
  const again = state === "waiting" ? "Try now" : "Send again";
  return (
    <li className={classes.row}>
      <Group justify="space-between" align="flex-start" gap="sm">
        <div className={classes.words}>
          <Group gap="xs">
            <Text component="span" fw={600}>
              {typeWords(type)}
            </Text>
            <LookBadge look={MESSAGE_LOOKS[state]} />
          </Group>
          <Text size="sm" c="dimmed">
            Happened <DateText value={at} />. {last && !last.delivered ? `${last.trouble} ` : ""}
            {attemptWords(attempts.length)}
            {nextAt && attempts.length > 0 ? (
              <>
                {" "}
                Next attempt <DateText value={nextAt} />.
              </>
            ) : null}
            {replays > 0 ? " Sent again by an administrator." : ""}
          </Text>
        </div>
        <Button
          variant="default"
          size="xs"
          onClick={props.onAgain}
          disabled={props.busy || !props.isOn}
          aria-label={`${again}: ${typeWords(type)}`}
        >
          {again}
        </Button>
      </Group>
      <details className={classes.more}>
        <summary>Details</summary>
        <Stack gap="xs" mt={4}>
          <Text size="sm" className={classes.words}>
            <code>webhook-id: {webhookId}</code>
          </Text>
          <pre className={classes.code}>{body}</pre>
          {attempts.map((attempt) => (
            <Attempt key={attempt.at} attempt={attempt} />
          ))}
        </Stack>
      </details>
    </li>
  );
}

function attemptWords(count: number): string {
  if (count === 0) return "Not tried yet.";
  return count === 1 ? "One attempt." : `${count} attempts.`;
}

function Attempt({ attempt }: { readonly attempt: AttemptDto }) {
  const { at, status, durationMs, trouble, answer } = attempt;
  return (
    <div className={classes.words}>
      <Text size="sm">
        {trouble === "" ? `Taken, with status ${status}.` : trouble}{" "}
        <Text span inherit c="dimmed">
          <DateText value={at} />, {durationMs} ms
        </Text>
      </Text>
      {answer === "" ? null : <pre className={classes.code}>{answer}</pre>}
    </div>
  );
}
