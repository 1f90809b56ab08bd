import { Box, Group, Text, Title } from "@mantine/core";
import classes from "@/components/catalogue/catalogue.module.css";
import { DisputeNote, SourcesNote } from "@/components/catalogue/provenance-note";
import { SuitabilityBadge } from "@/components/catalogue/suitability-badge";
import { TodayBadge } from "@/components/kit/status-badge";
import type { KeyOption } from "@/lib/domain/catalogue/key-option";

/** The scenarios of the article's row 3.5, which the catalogue keeps under short names. */
const SCENARIOS: Readonly<Record<string, string>> = {
  "3.5-KEK": "3.5 for supplied key-encrypting keys",
  "3.5-DEK": "3.5 for data keys handed out in clear text",
  "3.5-AWSGEN": "3.5 for material that AWS generates",
};

const inWords = (trigger: string) => SCENARIOS[trigger] ?? trigger;

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
        <dd>{option.settles.map(inWords).join("; ")}</dd>
      </dl>
      <DisputeNote disputed={option.disputed} disputeReason={option.disputeReason} />
      <SourcesNote asOf={option.asOf} sources={option.sources} definition={option.definition} />
    </Box>
  );
}
