import { Badge, Group, List, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { CriterionWords } from "@/components/worksheet/criteria/criterion-words";
import { CatalogueFacts } from "@/components/worksheet/panel/catalogue-facts";
import { Example } from "@/components/worksheet/panel/example";
import classes from "@/components/worksheet/worksheet.module.css";
import type { RequirementDetailDto } from "@/lib/contracts/catalogue";
import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";
import type { OwedRequirement } from "@/lib/domain/rigour/knowledge";
import type { AcceptanceCriterion } from "@/lib/domain/worksheet/criteria";
import { guidanceFor } from "@/lib/domain/worksheet/guidance";
import { SECTION_LABELS, type SectionKey } from "@/lib/domain/worksheet/sections";

/** What helps to write a section: what belongs there, what it is measured by, what the catalogue knows. */
export function GuidanceTab(props: {
  readonly section: SectionKey;
  readonly version: StandardVersion;
  readonly facts: RequirementDetailDto | null;
  /** Requirements that are owed for the same item; empty where the checks are not asked. */
  readonly owed: readonly OwedRequirement[];
}) {
  const { section, version, facts } = props;
  const guidance = guidanceFor(section, version);
  return (
    <Stack gap="lg">
      <Part title={SECTION_LABELS[section]}>
        <Text size="sm">{guidance.asks}</Text>
        {guidance.inThisVersion && (
          <Text size="sm" mt={6}>
            {guidance.inThisVersion}
          </Text>
        )}
      </Part>
      {guidance.criteria.length > 0 && (
        <Part title="Measured by">
          <Stack gap={8}>
            {guidance.criteria.map((criterion) => (
              <Criterion key={criterion.id} criterion={criterion} version={version} />
            ))}
          </Stack>
        </Part>
      )}
      <Part title="What assessors criticise">
        <List size="sm" spacing={4}>
          {guidance.criticised.map((line) => (
            <List.Item key={line}>{line}</List.Item>
          ))}
        </List>
      </Part>
      <Part title="Examples">
        <Example kind="good" text={guidance.good} />
        <Example kind="poor" text={guidance.poor} because={guidance.poorBecause} />
      </Part>
      {facts && <CatalogueFacts facts={facts} owed={props.owed} />}
      <Text size="xs" c="dimmed" style={{ overflowWrap: "anywhere" }}>
        In our own words, after: {guidance.sources.join("; ")}.
      </Text>
    </Stack>
  );
}

/** A titled part of the panel. */
export function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section>
      <Title order={3} mb={4}>
        {title}
      </Title>
      {children}
    </section>
  );
}

function Criterion({
  criterion,
  version,
}: {
  readonly criterion: AcceptanceCriterion;
  readonly version: StandardVersion;
}) {
  return (
    <Group gap={8} wrap="nowrap" align="flex-start">
      <Badge size="sm" color="gray" className={classes.criterion}>
        B {criterion.numberIn[version]}
      </Badge>
      <div>
        <CriterionWords criterion={criterion} />
      </div>
    </Group>
  );
}
