"use client";

import { Alert, Button, Group } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { ConfirmAct } from "@/components/kit/confirm-act";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useRefresh } from "@/components/kit/refresh";
import { useAction } from "@/components/kit/use-action";
import { WebhookForm, type WebhookPlace } from "@/components/webhooks/webhook-form";
import { offWords } from "@/components/webhooks/webhook-look";
import { WebhookSecret } from "@/components/webhooks/webhook-secret";
import { api } from "@/lib/client/api";
import type { MakeWebhookInput, WebhookDto, WebhookSecretDto } from "@/lib/contracts/webhooks";

type Asked = "change" | "rotate" | "remove" | null;

/** What an administrator does with a webhook. */
export function WebhookActs(props: { readonly webhook: WebhookDto; readonly engagements: readonly WebhookPlace[] }) {
  const { webhook, engagements } = props;
  const { id, url, description, eventTypes, engagementId, isOn, offReason, version } = webhook;
  const cannotSign = offReason === "secret";
  const path = `/organisation/webhooks/${id}`;
  const router = useRouter();
  const refresh = useRefresh();
  const { run, busy, error } = useAction();
  const [asked, setAsked] = useState<Asked>(null);
  const [made, setMade] = useState<WebhookSecretDto | null>(null);
  const replace = useRef<HTMLButtonElement>(null);
  const close = () => setAsked(null);
  const save = (value: MakeWebhookInput, on: boolean) => api.put<WebhookDto>(path, { ...value, isOn: on, version });
  const turn = () =>
    run(async () => {
      await save({ url, description, eventTypes: [...eventTypes], engagementId }, !isOn);
      refresh();
    });
  const test = () =>
    run(async () => {
      await api.post(`${path}/test`, {});
      notifications.show({ message: "The test message is on its way. It appears below within seconds." });
      refresh();
    });
  const off = offWords(webhook);
  return (
    <>
      {off ? (
        <Alert color="orange" title="This webhook is off" mb="md">
          {off}
        </Alert>
      ) : null}
      <ProblemAlert error={error} mb="sm" />
      <Group gap="xs">
        {cannotSign ? null : (
          <Button onClick={test} loading={busy}>
            Send a test message
          </Button>
        )}
        <Button variant="default" onClick={() => setAsked("change")}>
          Change
        </Button>
        {cannotSign ? null : (
          <Button variant="default" onClick={turn} disabled={busy}>
            {isOn ? "Switch off" : "Switch on"}
          </Button>
        )}
        <Button ref={replace} variant={cannotSign ? "filled" : "default"} onClick={() => setAsked("rotate")}>
          Replace the secret
        </Button>
        <Button variant="subtle" color="red" onClick={() => setAsked("remove")}>
          Remove
        </Button>
      </Group>
      {asked === "change" ? (
        <WebhookForm
          webhook={webhook}
          engagements={engagements}
          onSave={async (value) => {
            await save(value, isOn);
            close();
            refresh();
          }}
          onClose={close}
        />
      ) : null}
      <ConfirmAct
        opened={asked === "rotate"}
        onClose={close}
        title="Replace the secret?"
        confirm="Replace it"
        onConfirm={async () => setMade(await api.post<WebhookSecretDto>(`${path}/rotate`, {}))}
      >
        {cannotSign
          ? "You are shown another secret, once, and the webhook is switched on. The former one does not sign beside it: give the new one to your program soon."
          : "You are shown another secret, once. For 24 hours messages carry the signatures of both."}
      </ConfirmAct>
      <ConfirmAct
        opened={asked === "remove"}
        onClose={close}
        title="Remove the webhook?"
        confirm="Remove it"
        danger
        onConfirm={async () => {
          await api.delete(path);
          router.push("/organisation/webhooks");
        }}
      >
        Nothing more is sent to {url}, and what it was told is not listed any more.
      </ConfirmAct>
      {made ? (
        <WebhookSecret
          made={made}
          onClose={() => {
            setMade(null);
            refresh();
            // The dialog in between had the focus and is gone.
            replace.current?.focus();
          }}
        />
      ) : null}
    </>
  );
}
