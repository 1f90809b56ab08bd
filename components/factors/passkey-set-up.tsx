"use client";

import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { IconFingerprint } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { browserWords } from "@/components/kit/browser-words";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useAction } from "@/components/kit/use-action";
import { api } from "@/lib/client/api";
import { makePasskey } from "@/lib/client/passkey";
import type { SendOptions } from "@/lib/client/send";
import type { FactorAddedDto } from "@/lib/contracts/factors";

/** Has the browser make a passkey, under a name of one's own. */
export function PasskeySetUp(props: {
  readonly options: SendOptions;
  readonly onAdded: (added: FactorAddedDto) => void;
  /** Stands beside the button. */
  readonly aside?: ReactNode;
}) {
  const { options, onAdded } = props;
  const [name, setName] = useState(() => browserWords(navigator.userAgent));
  const { run, busy, error } = useAction();
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    if (name.trim() === "") return;
    const added = await run(async () => {
      const passkey = await makePasskey(options);
      return api.post<FactorAddedDto>("/me/factors/passkeys", { name, passkey }, { ...options, retries: 0 });
    });
    if (added) onAdded(added);
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Text>
          Your browser now asks for your fingerprint, your face, the PIN of this device or a security key. Nothing of
          that leaves the device.
        </Text>
        <TextInput
          label="Name of the passkey"
          description="So that you know it again in your account."
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={name.trim() === "" ? "Please give it a name." : null}
        />
        <ProblemAlert error={error} />
        <Group gap="xs" justify="space-between">
          <Button type="submit" loading={busy} leftSection={<IconFingerprint size={18} aria-hidden="true" />}>
            Make the passkey
          </Button>
          {props.aside}
        </Group>
      </Stack>
    </form>
  );
}
