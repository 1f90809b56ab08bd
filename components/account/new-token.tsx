"use client";

import { Text } from "@mantine/core";
import { ShownOnce } from "@/components/kit/shown-once";
import type { TokenMadeDto } from "@/lib/contracts/api-tokens";

/** A token that was just made. */
export function NewToken({ made, onClose }: { readonly made: TokenMadeDto; readonly onClose: () => void }) {
  return (
    <ShownOnce
      title={`The token “${made.name}”`}
      label="Token"
      value={made.token}
      where="Put it where the program reads its secrets: not into its source, and not into a mail."
      onClose={onClose}
    >
      <Text size="sm" c="dimmed">
        The program sends it with each request, as <code>Authorization: Bearer …</code>.
      </Text>
    </ShownOnce>
  );
}
