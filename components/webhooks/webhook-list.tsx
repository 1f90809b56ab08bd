"use client";

import { Button, Group, Text } from "@mantine/core";
import { IconWebhook } from "@tabler/icons-react";
import { useState } from "react";
import { DateText } from "@/components/kit/date-text";
import { EmptyState } from "@/components/kit/empty-state";
import { lazyPart } from "@/components/kit/lazy-part";
import { useRefresh } from "@/components/kit/refresh";
import { SectionCard } from "@/components/kit/section-card";
import { LookBadge } from "@/components/kit/status-badge";
import { TextLink } from "@/components/kit/text-link";
import { useReturnFocus } from "@/components/kit/use-return-focus";
import type { WebhookPlace } from "@/components/webhooks/webhook-form";
import { webhookLook } from "@/components/webhooks/webhook-look";
import classes from "@/components/webhooks/webhooks.module.css";
import { api } from "@/lib/client/api";
import type { WebhookDto, WebhookSecretDto } from "@/lib/contracts/webhooks";
import { WEBHOOK_TYPE_NAMES } from "@/lib/domain/webhooks/event-types";

const WebhookForm = lazyPart(() => import("@/components/webhooks/webhook-form").then((module) => module.WebhookForm), {
  what: "The form",
});
const WebhookSecret = lazyPart(
  () => import("@/components/webhooks/webhook-secret").then((module) => module.WebhookSecret),
  { what: "The secret" },
);

/** The webhooks of one's own organisation, and setting one up. */
export function WebhookList(props: {
  readonly webhooks: readonly WebhookDto[];
  readonly engagements: readonly WebhookPlace[];
}) {
  const { webhooks, engagements } = props;
  const refresh = useRefresh();
  const [making, setMaking] = useState(false);
  return (
    <SectionCard
      title="Endpoints"
      actions={
        <Button size="xs" onClick={() => setMaking(true)}>
          Set a webhook up
        </Button>
      }
    >
      {webhooks.length === 0 ? (
        <EmptyState icon={IconWebhook} title="No webhook yet">
          Set one up, and your own programs are told when a worksheet is submitted, signed or changed.
        </EmptyState>
      ) : (
        <ul className={classes.rows}>
          {webhooks.map((webhook) => (
            <Row key={webhook.id} webhook={webhook} place={engagements.find(({ id }) => id === webhook.engagementId)} />
          ))}
        </ul>
      )}
      {making ? (
        <NewWebhook
          engagements={engagements}
          onMade={() => {
            setMaking(false);
            refresh();
          }}
          onClose={() => setMaking(false)}
        />
      ) : null}
    </SectionCard>
  );
}

/** The form, and after it the secret; both together are what the focus comes back from. */
function NewWebhook(props: {
  readonly engagements: readonly WebhookPlace[];
  readonly onMade: () => void;
  readonly onClose: () => void;
}) {
  useReturnFocus();
  const [made, setMade] = useState<WebhookSecretDto | null>(null);
  if (made) return <WebhookSecret made={made} onClose={props.onMade} />;
  return (
    <WebhookForm
      webhook={null}
      engagements={props.engagements}
      onSave={async (value) => setMade(await api.post<WebhookSecretDto>("/organisation/webhooks", value))}
      onClose={props.onClose}
      onLeave={props.onClose}
    />
  );
}

function Row({ webhook, place }: { readonly webhook: WebhookDto; readonly place: WebhookPlace | undefined }) {
  const { id, url, description, eventTypes, engagementId, waiting, failed, lastAttempt } = webhook;
  const kinds = eventTypes.length === 1 ? "1 kind of event" : `${eventTypes.length} kinds of events`;
  const events = eventTypes.length === WEBHOOK_TYPE_NAMES.length ? "All events" : kinds;
  const where = engagementId === null ? "all engagements" : (place?.name ?? "an engagement that you have left");
  return (
    <li className={classes.row}>
      <div className={classes.words}>
        <Group gap="xs">
          <TextLink href={`/organisation/webhooks/${id}`}>{url}</TextLink>
          <LookBadge look={webhookLook(webhook)} />
        </Group>
        {description === "" ? null : <Text size="sm">{description}</Text>}
        <Text size="sm" c="dimmed">
          {events} of {where}.{" "}
          {lastAttempt ? (
            <>
              Last tried <DateText value={lastAttempt.at} />
              {lastAttempt.delivered ? ", and taken." : `: ${lastAttempt.trouble}`}
            </>
          ) : (
            "Nothing was sent yet."
          )}
          {waiting > 0 ? ` ${waiting} in line.` : ""}
          {failed > 0 ? ` ${failed} given up.` : ""}
        </Text>
      </div>
    </li>
  );
}
