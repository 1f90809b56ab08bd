"use client";

import { Alert, Group, Text, TextInput } from "@mantine/core";
import { IconLink } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { CopyTextButton } from "@/components/kit/copy-text-button";

/** A link that is shown once and handed over by the person: with a button that copies it. */
export function CopyLink({
  title,
  link,
  children,
}: {
  readonly title: string;
  readonly link: string;
  readonly children: ReactNode;
}) {
  return (
    <Alert color="green" icon={<IconLink size={18} aria-hidden="true" />} title={title} role="status">
      <Text size="sm">{children}</Text>
      <Group gap="xs" mt="sm" wrap="nowrap">
        <TextInput aria-label="Link" value={link} readOnly flex={1} onFocus={(event) => event.currentTarget.select()} />
        <CopyTextButton value={link} flex="none" />
      </Group>
    </Alert>
  );
}
