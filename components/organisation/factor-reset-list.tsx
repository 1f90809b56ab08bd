"use client";

import { Button, Group, List, ListItem, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { ConfirmAct } from "@/components/kit/confirm-act";
import { DateText } from "@/components/kit/date-text";
import { useRefresh } from "@/components/kit/refresh";
import { api } from "@/lib/client/api";
import type { FactorResetDto } from "@/lib/contracts/people";

interface Asked {
  readonly reset: FactorResetDto;
  readonly decision: "approved" | "declined";
}

/** Requests to remove somebody's second factors, which wait for a second administrator. `me` is who reads. */
export function FactorResetList(props: { readonly resets: readonly FactorResetDto[]; readonly me: string }) {
  const refresh = useRefresh();
  const [asked, setAsked] = useState<Asked | null>(null);
  const decide = async () => {
    if (!asked) return;
    await api.post(`/organisation/factor-resets/${asked.reset.id}/decision`, { decision: asked.decision });
    refresh();
  };
  const name = asked?.reset.person.name ?? "";
  return (
    <>
      <List listStyleType="none" spacing="md" aria-label="Requests that wait">
        {props.resets.map((reset) => (
          <ListItem key={reset.id}>
            <Request reset={reset} me={props.me} onDecide={(decision) => setAsked({ reset, decision })} />
          </ListItem>
        ))}
      </List>
      <ConfirmAct
        opened={asked !== null}
        onClose={() => setAsked(null)}
        title={asked?.decision === "approved" ? `Remove the second factors of ${name}?` : "Decline the request?"}
        confirm={asked?.decision === "approved" ? "Remove them" : "Decline"}
        danger={asked?.decision === "approved"}
        onConfirm={decide}
      >
        {asked?.decision === "approved"
          ? "App, passkeys and recovery codes are gone at once, all sessions end, and API tokens are revoked. Agree only if you have made sure, by another way than the one who asks, that the person has lost them."
          : "The second factors stay as they are."}
      </ConfirmAct>
    </>
  );
}

function Request(props: {
  readonly reset: FactorResetDto;
  readonly me: string;
  readonly onDecide: (decision: Asked["decision"]) => void;
}) {
  const { reset, me, onDecide } = props;
  const own = reset.requestedBy.id === me;
  return (
    <Group justify="space-between" gap="sm" align="flex-start">
      <Stack gap={2} miw={0} flex="1 1 20rem">
        <Text>
          <b>{reset.person.name}</b>: “{reset.reason}”
        </Text>
        <Text size="sm" c="dimmed">
          Asked for by {own ? "you" : reset.requestedBy.name}; open until <DateText value={reset.expiresAt} />.
          {own ? " Another administrator has to agree." : ""}
        </Text>
      </Stack>
      {reset.person.id === me ? (
        <Text size="sm">This is about you: other administrators decide.</Text>
      ) : (
        <Group gap="xs">
          <Button variant="default" size="compact-sm" onClick={() => onDecide("declined")}>
            {own ? "Take it back" : "Decline"}
          </Button>
          {own ? null : (
            <Button size="compact-sm" color="red" onClick={() => onDecide("approved")}>
              Agree
            </Button>
          )}
        </Group>
      )}
    </Group>
  );
}
