"use client";

import { Anchor, Badge, Button, Center, Group, Paper, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { IconBriefcase } from "@tabler/icons-react";
import { EngagementFacts } from "@/components/engagement/engagement-facts";
import type { EngagementFilters } from "@/components/engagement/found-list";
import { ProgressStrip } from "@/components/engagement/progress-strip";
import { useEngagements } from "@/components/engagement/use-engagements";
import { ROLE_WORDS } from "@/components/engagement/words";
import { EmptyState } from "@/components/kit/empty-state";
import { FilterBar } from "@/components/kit/filter-bar";
import { Link } from "@/components/kit/link";
import { LinkButton } from "@/components/kit/link-button";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { TextLink } from "@/components/kit/text-link";
import type { EngagementSummaryDto } from "@/lib/contracts/engagement";
import type { Page } from "@/lib/contracts/paging";
import { STANDARD_VERSIONS } from "@/lib/domain/catalogue/standard-version";

const VERSIONS = STANDARD_VERSIONS.map((value) => ({ value, label: `PCI DSS ${value}` }));

/**
 * The engagements of a person, with what is left in each; older ones come on demand, and what is searched for from the
 * server. `mayCreate` is false for assessor companies.
 */
export function EngagementList(props: {
  /** The first page, by the filters of the address. */
  readonly first: Page<EngagementSummaryDto>;
  /** Those filters. */
  readonly foundBy: EngagementFilters;
  readonly mayCreate: boolean;
}) {
  const { filters, items, older, busy, searching, error } = useEngagements(props.first, props.foundBy);
  if (items.length === 0 && filters.active === 0 && !searching) return <NoEngagements mayCreate={props.mayCreate} />;
  return (
    <>
      <FilterBar
        filters={filters}
        search="Search engagements"
        choices={[{ name: "version", label: "Version", options: VERSIONS }]}
        shown={items.length}
        total={older ? null : items.length}
        noun={items.length === 1 ? "engagement" : "engagements"}
      />
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md" aria-busy={searching}>
        {items.map((one) => (
          <EngagementCard key={one.id} engagement={one} />
        ))}
      </SimpleGrid>
      <ProblemAlert error={error} mt="md" />
      {items.length === 0 && !error ? (
        <Text c="dimmed">{searching ? "Searching…" : "No engagement fits these filters."}</Text>
      ) : null}
      {older ? (
        <Center mt="md">
          <Button variant="default" onClick={older} loading={busy} disabled={searching}>
            Show older engagements
          </Button>
        </Center>
      ) : null}
    </>
  );
}

function EngagementCard({ engagement }: { readonly engagement: EngagementSummaryDto }) {
  const { id, name, myRoles, progress, permissions } = engagement;
  return (
    <Paper component="article" withBorder p="md">
      <Stack gap="sm">
        <div>
          <Group justify="space-between" wrap="nowrap" align="flex-start" gap="sm">
            <Title order={2}>
              <Anchor
                component={Link}
                href={myRoles.length > 0 ? `/engagements/${id}` : `/engagements/${id}/people`}
                inherit
                c="inherit"
              >
                {name}
              </Anchor>
            </Title>
            <Group gap={4} wrap="nowrap">
              {permissions.acceptAsAssessor ? <Badge color="yellow">Waits for your answer</Badge> : null}
              {myRoles.map((role) => (
                <Badge key={role} color="gray">
                  {ROLE_WORDS[role]}
                </Badge>
              ))}
            </Group>
          </Group>
          <Text size="sm" c="dimmed" component="div">
            <EngagementFacts engagement={engagement} />
          </Text>
        </div>
        {progress.total > 0 ? (
          <ProgressStrip
            progress={progress}
            roles={myRoles}
            hasAssessor={engagement.assessor !== null}
            href={`/engagements/${id}`}
          />
        ) : permissions.acceptAsAssessor ? (
          <Text size="sm">
            {engagement.entity.name} asks your company to assess them.{" "}
            <TextLink href={`/engagements/${id}/people`}>Accept it and name your QSAs</TextLink>
          </Text>
        ) : (
          <Text size="sm" c="dimmed">
            {myRoles.length > 0
              ? "Nothing in the workbook yet. Begin with the scope."
              : "You administer it, and take no part in its workbook."}
          </Text>
        )}
      </Stack>
    </Paper>
  );
}

function NoEngagements({ mayCreate }: { readonly mayCreate: boolean }) {
  return (
    <EmptyState
      icon={IconBriefcase}
      title="No engagement yet"
      action={mayCreate ? <LinkButton href="/engagements/new">Create an engagement</LinkButton> : undefined}
    >
      {mayCreate
        ? "An engagement is one assessment: of your organisation, against one version of PCI DSS, over one period. Its workbook holds every requirement that needs an answer."
        : "Engagements appear here once an entity invites your company and an admin of yours gives you a role."}
    </EmptyState>
  );
}
