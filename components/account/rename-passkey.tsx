"use client";

import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useAction } from "@/components/kit/use-action";
import { useReturnFocus } from "@/components/kit/use-return-focus";
import { api } from "@/lib/client/api";
import type { PasskeyDto } from "@/lib/contracts/factors";

/** Gives a passkey another name; mounted while it is open. */
export function RenamePasskey(props: {
  readonly passkey: PasskeyDto;
  readonly onRenamed: () => void;
  readonly onClose: () => void;
}) {
  const { passkey, onRenamed, onClose } = props;
  const [name, setName] = useState(passkey.name);
  const { run, busy, error } = useAction();
  useReturnFocus();
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    if (name.trim() === "") return;
    const done = await run(async () => {
      await api.patch(`/me/factors/passkeys/${passkey.id}`, { name });
      return true;
    });
    if (!done) return;
    onRenamed();
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title="Rename the passkey" size="sm">
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <TextInput
            label="Name"
            maxLength={60}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={name.trim() === "" ? "Please give it a name." : null}
            data-autofocus
          />
          <ProblemAlert error={error} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={busy}>
              Rename
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
