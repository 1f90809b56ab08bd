"use client";

import { ActionIcon, CopyButton, Group, Text, Tooltip } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";

/** A digest for reading: its first characters, or all of it with `whole`, and a button that copies it. */
export function DigestText({ digest, whole = false }: { readonly digest: string; readonly whole?: boolean }) {
  return (
    <Group gap={4} wrap="nowrap" component="span" display="inline-flex" miw={0}>
      <Text
        span
        inherit
        ff="monospace"
        title={digest}
        style={whole ? { overflowWrap: "anywhere" } : { whiteSpace: "nowrap" }}
      >
        {whole ? digest : `${digest.slice(0, 12)}…`}
      </Text>
      <CopyButton value={digest}>
        {({ copied, copy }) => (
          <Tooltip label={copied ? "Copied" : "Copy the digest"}>
            <ActionIcon size="sm" onClick={copy} aria-label={copied ? "Digest copied" : "Copy the digest"}>
              {copied ? <IconCheck size={14} aria-hidden="true" /> : <IconCopy size={14} aria-hidden="true" />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </Group>
  );
}
