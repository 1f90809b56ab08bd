import { Accordion, List, Stack, Text } from "@mantine/core";
import { Example } from "@/components/worksheet/panel/example";
import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";
import { criteriaOf } from "@/lib/domain/worksheet/criteria";
import { CRITERIA_GUIDANCE, CRITERIA_SOURCES } from "@/lib/domain/worksheet/criteria-guidance";

/** What helps to answer the criteria: what an assessor looks for in each, what is criticised, and both ways to write it. */
export function CriteriaGuidance({ version }: { readonly version: StandardVersion }) {
  const criteria = criteriaOf(version);
  return (
    <Stack gap="sm">
      <Text size="sm">
        The decider answers the same criteria, one by one, and signs once each is met. Say here why they should be.
      </Text>
      <Accordion
        multiple
        defaultValue={criteria.slice(0, 1).map(({ id }) => id as string)}
        variant="separated"
        order={3}
      >
        {criteria.map(({ id, number, title }) => {
          const { looksFor, criticised, good, poor, poorBecause } = CRITERIA_GUIDANCE[id];
          return (
            <Accordion.Item key={id} value={id}>
              <Accordion.Control>
                {number}. {title}
              </Accordion.Control>
              <Accordion.Panel>
                <Stack gap="xs">
                  <Lines title="What an assessor looks for" lines={looksFor} />
                  <Lines title="What assessors criticise" lines={criticised} />
                  <div>
                    <Example kind="good" text={good} />
                    <Example kind="poor" text={poor} because={poorBecause} />
                  </div>
                </Stack>
              </Accordion.Panel>
            </Accordion.Item>
          );
        })}
      </Accordion>
      <Text size="xs" c="dimmed" style={{ overflowWrap: "anywhere" }}>
        In our own words, after: {CRITERIA_SOURCES.join("; ")}.
      </Text>
    </Stack>
  );
}

function Lines({ title, lines }: { readonly title: string; readonly lines: readonly string[] }) {
  return (
    <div>
      <Text size="sm" fw={600}>
        {title}
      </Text>
      <List size="sm" spacing={4}>
        {lines.map((line) => (
          <List.Item key={line}>{line}</List.Item>
        ))}
      </List>
    </div>
  );
}
