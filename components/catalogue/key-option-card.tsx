import { Box, Group, Text, Title } from "@mantine/core";
import classes from "@/components/catalogue/catalogue.module.css";
import { DisputeNote, SourcesNote } from "@/components/catalogue/provenance-note";
import { SuitabilityBadge } from "@/components/catalogue/suitability-badge";
import { TodayBadge } from "@/components/kit/status-badge";
import type { KeyOption } from "@/lib/domain/catalogue/key-option";

/** One key option: the article's reading, today's, what it settles, and the sources. */
export function KeyOptionCard({ option }: { readonly option: KeyOption }) {
  return (
    <Box className={classes.block} id={option.id}>
      <Group justify="space-between" gap="xs" mb="xs">
        <Title order={3}>{option.name}</Title>
        <SuitabilityBadge suitability={option.verdict.suitability} />
      </Group>
      <dl className={classes.facts}>
        <dt>The article</dt>
        <dd>
          {option.articleReading}
          {option.basis ? ` (Here: ${option.basis}.)` : null}
        </dd>
        <dt>Today</dt>
        <dd>
          <TodayBadge status={option.statusToday} />
          <Text mt={4}>{option.statusNote}</Text>
        </dd>
        <dt>Settles</dt>
        <dd>{option.settles.join("; ")}</dd>
      </dl>
      <DisputeNote disputed={option.disputed} disputeReason={option.disputeReason} />
      <SourcesNote asOf={option.asOf} sources={option.sources} definition={option.definition} />
    </Box>
  );
}
