"use client";

import { Anchor, Badge, Group, Paper, Stack, Text } from "@mantine/core";
import { IconExternalLink, IconFile } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { DateText } from "@/components/kit/date-text";
import type { RecordEvidence } from "@/lib/domain/controls/record";

/** The evidence of a shared control, with what can be done with each. */
export function EvidenceList<E extends RecordEvidence>(props: {
  readonly evidence: readonly E[];
  readonly empty?: string;
  readonly actionsOf?: (evidence: E) => ReactNode;
}) {
  if (props.evidence.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {props.empty ?? "No evidence yet."}
      </Text>
    );
  }
  return (
    <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: "none" }} aria-label="Evidence">
      {props.evidence.map((one) => (
        <li key={one.id}>
          <Paper withBorder p="xs">
            {one.url === "" ? (
              <Text size="sm" fw={550}>
                {one.title}
              </Text>
            ) : (
              <Anchor href={one.url} target="_blank" rel="noopener noreferrer nofollow" size="sm" fw={550}>
                {one.title} <IconExternalLink size={13} aria-label="opens in a new tab" />
              </Anchor>
            )}
            {one.shows ? (
              <Text size="sm" style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
                {one.shows}
              </Text>
            ) : null}
            <Text size="xs" c="dimmed" component="div">
              collected <DateText value={one.collectedOn} plain />
              {one.validUntil ? (
                <>
                  , valid until <DateText value={one.validUntil} plain />
                </>
              ) : null}
            </Text>
            <Group gap={6} mt={one.files.length > 0 ? 4 : 0}>
              {one.files.map(({ name, sha256 }) => (
                <Badge
                  key={`${name} ${sha256}`}
                  color="gray"
                  leftSection={<IconFile size={12} aria-hidden="true" />}
                  title={`SHA-256 ${sha256}`}
                  tt="none"
                >
                  {name}
                </Badge>
              ))}
            </Group>
            {props.actionsOf ? (
              <Group gap={6} mt={6}>
                {props.actionsOf(one)}
              </Group>
            ) : null}
          </Paper>
        </li>
      ))}
    </Stack>
  );
}
