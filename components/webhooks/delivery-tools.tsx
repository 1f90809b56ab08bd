"use client";

import { Button, Group, Select, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { usePathname, useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { ConfirmAct } from "@/components/kit/confirm-act";
import { DateField } from "@/components/kit/date-field";
import { useRefresh } from "@/components/kit/refresh";
import { MESSAGE_LOOKS } from "@/components/webhooks/webhook-look";
import { api } from "@/lib/client/api";
import { withQuery } from "@/lib/client/query";
import type { ReplayedDto } from "@/lib/contracts/webhooks";
import { dayInWords } from "@/lib/domain/format-date";
import { MESSAGE_STATES } from "@/lib/domain/webhooks/message";

/** Chooses which messages are shown, and has everything since a day sent again. */
export function DeliveryTools(props: {
  readonly webhookId: string;
  readonly state: string;
  /** Nothing is sent again while it is off. */
  readonly isOn: boolean;
}) {
  const { webhookId, state, isOn } = props;
  const router = useRouter();
  const pathname = usePathname();
  const refresh = useRefresh();
  const [pending, startTransition] = useTransition();
  const [asking, setAsking] = useState(false);
  const [since, setSince] = useState<string | null>(null);
  const show = (value: string | null) =>
    startTransition(() => router.replace(withQuery(pathname, value ? { state: value } : {}), { scroll: false }));
  const replay = async () => {
    const body = { since: new Date(`${since}T00:00:00Z`).toISOString() };
    const { count } = await api.post<ReplayedDto>(`/organisation/webhooks/${webhookId}/replay`, body);
    notifications.show({ message: count === 1 ? "One message is sent again." : `${count} messages are sent again.` });
    refresh();
  };
  return (
    <Group gap="xs" mb="md" align="flex-end" aria-busy={pending}>
      <Select
        label="State"
        placeholder="All"
        data={MESSAGE_STATES.map((value) => ({ value, label: MESSAGE_LOOKS[value].word }))}
        value={state || null}
        onChange={show}
        clearable
        maw={200}
      />
      <DateField label="Everything since" value={since} onChange={setSince} size="sm" clearable maw={190} />
      <Button variant="default" disabled={!since || !isOn} onClick={() => setAsking(true)}>
        Send again
      </Button>
      {isOn ? null : (
        <Text size="sm" c="dimmed">
          This webhook is off. Switch it on to send again.
        </Text>
      )}
      <ConfirmAct
        opened={asking}
        onClose={() => setAsking(false)}
        title="Send everything again?"
        confirm="Send again"
        onConfirm={replay}
      >
        Everything that happened since {since ? dayInWords(since) : ""} (UTC) and is still kept goes out again, in its
        order, also what was delivered. Each message keeps its webhook-id, by which your program knows it.
      </ConfirmAct>
    </Group>
  );
}
