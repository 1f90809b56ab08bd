import { Anchor, List, Stack, Text, Title } from "@mantine/core";
import Link from "next/link";
import type { RequirementDetailDto } from "@/lib/contracts/catalogue";
import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";
import { SECTION_HINTS } from "@/lib/domain/worksheet/section-hints";
import { SECTION_LABELS, type SectionKey } from "@/lib/domain/worksheet/sections";

/** What helps to write a section: what belongs there, what it will be measured by, what the catalogue knows. */
export function GuidanceTab(props: {
  readonly section: SectionKey;
  readonly version: StandardVersion;
  readonly facts: RequirementDetailDto | null;
}) {
  return (
    <Stack gap="md">
      <section aria-label="What belongs here">
        <Title order={3} mb={4}>
          {SECTION_LABELS[props.section]}
        </Title>
        <Text size="sm">{SECTION_HINTS[props.section]}</Text>
      </section>
      {props.facts && <Facts facts={props.facts} />}
    </Stack>
  );
}

function Facts({ facts }: { readonly facts: RequirementDetailDto }) {
  return (
    <section aria-label="From the catalogue">
      <Title order={3} mb={4}>
        Requirement {facts.number}
      </Title>
      <Text size="sm">{facts.title}</Text>
      <List size="sm" mt="xs" spacing={4}>
        {facts.frequencyBound && (
          <List.Item>
            It asks for something to be done at intervals. A compensating control cannot make up for a time that was
            missed.
          </List.Item>
        )}
        {facts.articleRows.map((row) => (
          <List.Item key={row.id}>
            {row.v4Objective && <>Aim in our words: {row.v4Objective} </>}
            {row.statusNote}
          </List.Item>
        ))}
      </List>
      <Anchor
        component={Link}
        href={`/catalogue/${facts.version}/${facts.number}`}
        size="sm"
        mt="xs"
        display="inline-block"
      >
        Everything the catalogue knows
      </Anchor>
    </section>
  );
}
