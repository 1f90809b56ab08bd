"use client";

import { Button, Checkbox, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useEffect, useState } from "react";
import { CopyTextButton } from "@/components/kit/copy-text-button";
import type { TokenMadeDto } from "@/lib/contracts/api-tokens";

/** A token that was just made, the one time that it is shown: it closes once the person says to have kept it. */
export function NewToken({ made, onClose }: { readonly made: TokenMadeDto; readonly onClose: () => void }) {
  const [kept, setKept] = useState(false);
  // It cannot be shown again, so leaving asks first.
  useEffect(() => {
    if (kept) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [kept]);
  return (
    <Modal
      opened
      onClose={onClose}
      title={`The token “${made.name}”`}
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
    >
      <Stack gap="md">
        <Text>
          It is shown this one time. Put it where the program reads its secrets: not into its source, and not into a
          mail.
        </Text>
        <Group gap="xs" wrap="nowrap">
          <TextInput
            aria-label="Token"
            value={made.token}
            readOnly
            flex={1}
            onFocus={(event) => event.currentTarget.select()}
            data-autofocus
          />
          <CopyTextButton value={made.token} flex="none" />
        </Group>
        <Text size="sm" c="dimmed">
          The program sends it with each request, as <code>Authorization: Bearer …</code>.
        </Text>
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
