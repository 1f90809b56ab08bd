"use client";

import { Button, Checkbox, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { CopyTextButton } from "@/components/kit/copy-text-button";
import type { WebhookSecretDto } from "@/lib/contracts/webhooks";

/** A secret that was just made, the one time that it is shown: it closes once the person says to have kept it. */
export function WebhookSecret({ made, onClose }: { readonly made: WebhookSecretDto; readonly onClose: () => void }) {
  const [kept, setKept] = useState(false);
  return (
    <Modal
      opened
      onClose={onClose}
      title="The secret that signs its messages"
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
    >
      <Stack gap="md">
        <Text>
          It is shown this one time. Put it where your program reads its secrets: with it, the program tells our
          messages from anybody else’s.
        </Text>
        <Group gap="xs" wrap="nowrap">
          <TextInput
            aria-label="Secret"
            value={made.secret}
            readOnly
            flex={1}
            onFocus={(event) => event.currentTarget.select()}
            data-autofocus
          />
          <CopyTextButton value={made.secret} flex="none" />
        </Group>
        {made.formerSecretUntil ? (
          <Text size="sm" c="dimmed">
            The former secret signs beside it for 24 hours, so that nothing is lost while you change it.
          </Text>
        ) : null}
        <Checkbox label="I have kept it" checked={kept} onChange={(event) => setKept(event.currentTarget.checked)} />
        <Group justify="flex-end">
          <Button onClick={onClose} disabled={!kept}>
            Done
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
