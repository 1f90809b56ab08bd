"use client";

import { Button, Stack, Text } from "@mantine/core";
import { IconBuilding } from "@tabler/icons-react";
import { useState } from "react";
import type { SsoWay } from "@/components/door/sso-way";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useAction } from "@/components/kit/use-action";
import { findProvider, goToProvider, openProviderWindow } from "@/lib/client/single-sign-on";

/** Goes to the identity provider that an e-mail address leads to. */
export function SsoButton(props: {
  readonly email: string;
  readonly way: Extract<SsoWay, { kind: "page" }>;
  readonly disabled: boolean;
}) {
  const { run, busy, error } = useAction();
  const [asked, setAsked] = useState(false);
  const missing = asked && props.email.trim() === "";
  const go = () => {
    setAsked(true);
    if (props.email.trim() === "") return;
    void run(async () => goToProvider(await findProvider(props.email), "sign_in", props.way));
  };
  return (
    <Stack gap="sm" mt="sm">
      <Button
        variant="default"
        fullWidth
        loading={busy}
        disabled={props.disabled}
        onClick={go}
        leftSection={<IconBuilding size={18} aria-hidden="true" />}
      >
        Use single sign-on
      </Button>
      {missing ? (
        <Text size="sm" c="red" role="alert">
          Enter your e-mail address above: it says where you sign in.
        </Text>
      ) : null}
      <ProblemAlert error={error} />
    </Stack>
  );
}

/** Opens a window to sign in at one's identity provider; the page hears when a session is there. */
export function SsoWindowButton({ connectionId }: { readonly connectionId: string }) {
  const { run, error } = useAction();
  const open = () => run(async () => openProviderWindow(connectionId, "sign_in_again"));
  return (
    <Stack gap="sm">
      <ProblemAlert error={error} />
      <Button onClick={open} leftSection={<IconBuilding size={18} aria-hidden="true" />}>
        Use single sign-on
      </Button>
      <Text size="sm" c="dimmed">
        A window opens, and this page goes on once you have signed in there.
      </Text>
    </Stack>
  );
}
