"use client";

import { Alert, Button, CopyButton, Group, Text, TextInput } from "@mantine/core";
import { IconCheck, IconCopy, IconLink } from "@tabler/icons-react";
import type { ReactNode } from "react";

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
        <CopyButton value={link} timeout={2500}>
          {({ copied, copy }) => (
            <Button
              onClick={copy}
              flex="none"
              leftSection={
                copied ? <IconCheck size={16} aria-hidden="true" /> : <IconCopy size={16} aria-hidden="true" />
              }
            >
              {copied ? "Copied" : "Copy"}
            </Button>
          )}
        </CopyButton>
      </Group>
    </Alert>
  );
}
