"use client";

import { Anchor, Box, Group, List, Stack, Text } from "@mantine/core";
import { IconFlag, IconFlagOff } from "@tabler/icons-react";
import { DisputeNote } from "@/components/catalogue/provenance-note";
import { DateText } from "@/components/kit/date-text";
import { Link } from "@/components/kit/link";
import { SourceLinks } from "@/components/workbook/source-links";
import type { TriggerDto } from "@/lib/contracts/disposition";
import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";

/** Why a requirement is triggered: the article's reading, today's, and the sources. */
export function TriggerDetails(props: {
  readonly trigger: TriggerDto;
  readonly version: StandardVersion;
  readonly number: string;
}) {
  const { trigger, version, number } = props;
  // Together the rows are as old as the oldest.
  const [asOf] = trigger.weights.map((weight) => weight.asOf).sort();
  return (
    <Stack gap="sm">
      <ReadingBlock title="In the article’s reading" holds={trigger.article} reasons={reasonsOf(trigger, "article")} />
      <ReadingBlock title="Today" holds={trigger.today} reasons={reasonsOf(trigger, "today")} />
      {trigger.weights.map(({ row, disputed, disputeReason }) => (
        <DisputeNote key={row} disputed={disputed} disputeReason={disputeReason} row={row} />
      ))}
      {trigger.undetermined ? (
        <Text size="sm" c="dimmed">
          Some questions of the scope are open, so part of this counts until they are answered.
        </Text>
      ) : null}
      {asOf ? (
        <Text size="sm" c="dimmed" component="div">
          As of <DateText value={asOf} plain />
        </Text>
      ) : null}
      {trigger.sources.length > 0 ? <SourceLinks sources={trigger.sources} /> : null}
      <Anchor component={Link} href={`/catalogue/${version}/${encodeURIComponent(number)}`} size="sm">
        All about {number} in the catalogue
      </Anchor>
    </Stack>
  );
}

function reasonsOf(trigger: TriggerDto, reading: "article" | "today"): readonly string[] {
  return trigger.reasons.filter((reason) => reason.reading === reading).map(({ text }) => text);
}

function ReadingBlock(props: { readonly title: string; readonly holds: boolean; readonly reasons: readonly string[] }) {
  const Icon = props.holds ? IconFlag : IconFlagOff;
  return (
    <Box>
      <Group gap={6}>
        <Icon size={15} aria-hidden="true" />
        <Text fw={600} size="sm">
          {props.title}: {props.holds ? "triggered" : "not triggered"}
        </Text>
      </Group>
      {props.reasons.length > 0 ? (
        <List size="sm" mt={2}>
          {props.reasons.map((reason) => (
            <List.Item key={reason}>{reason}</List.Item>
          ))}
        </List>
      ) : null}
    </Box>
  );
}
