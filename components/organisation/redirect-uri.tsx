"use client";

import { Group, TextInput } from "@mantine/core";
import { CopyTextButton } from "@/components/kit/copy-text-button";

/** The address that an identity provider sends people back to, with a button that copies it. */
export function RedirectUri({ value }: { readonly value: string }) {
  return (
    <Group gap="xs" align="flex-end" maw={640}>
      <TextInput
        label="Redirect URI"
        value={value}
        readOnly
        flex="1 1 16rem"
        onFocus={(event) => event.currentTarget.select()}
      />
      <CopyTextButton value={value} variant="default" />
    </Group>
  );
}
