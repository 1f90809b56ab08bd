"use client";

import { Text } from "@mantine/core";
import { ShownOnce } from "@/components/kit/shown-once";
import type { WebhookSecretDto } from "@/lib/contracts/webhooks";

/** A secret that was just made. */
export function WebhookSecret({ made, onClose }: { readonly made: WebhookSecretDto; readonly onClose: () => void }) {
  return (
    <ShownOnce
      title="The secret that signs its messages"
      label="Secret"
      value={made.secret}
      where="Put it where your program reads its secrets: with it, the program tells our messages from anybody else’s."
      onClose={onClose}
    >
      {made.formerSecretUntil ? (
        <Text size="sm" c="dimmed">
          The former secret signs beside it for 24 hours, so that nothing is lost while you change it.
        </Text>
      ) : null}
    </ShownOnce>
  );
}
