import { Anchor, Group, List, Stack, Text } from "@mantine/core";
import { ClaimToday } from "@/components/catalogue/claim-line";
import { DisputeNote, SourcesNote } from "@/components/catalogue/provenance-note";
import { RequirementMarks, StandingBadge } from "@/components/catalogue/standing-badges";
import { Link } from "@/components/kit/link";
import { TodayBadge } from "@/components/kit/status-badge";
import classes from "@/components/worksheet/worksheet.module.css";
import type { ArticleRowDto, RequirementDetailDto } from "@/lib/contracts/catalogue";
import type { OwedRequirement } from "@/lib/domain/rigour/knowledge";

/** What the catalogue knows of the requirement that the worksheet is for, and what is owed for the same item anyway. */
export function CatalogueFacts(props: {
  readonly facts: RequirementDetailDto;
  /** Requirements that are owed for the same item; empty where the checks are not asked. */
  readonly owed: readonly OwedRequirement[];
}) {
  const { facts, owed } = props;
  const href = `/catalogue/${facts.version}/${encodeURIComponent(facts.number)}`;
  return (
    <section>
      <Group gap={6} mb={4}>
        <Text component="h3" fw={640} size="lg" m={0}>
          Requirement {facts.number}
        </Text>
        <StandingBadge standing={facts.status} />
      </Group>
      <RequirementMarks requirement={facts} />
      {facts.frequencyBound && (
        <Text size="sm" mt={6}>
          It asks for something at intervals. A compensating control cannot make up for a time that was missed.
        </Text>
      )}
      {facts.worksheet.kind === "ok" && facts.worksheet.warning && (
        <Text size="sm" mt={6}>
          {facts.worksheet.warning}
        </Text>
      )}
      {facts.articleRows.map((row) => (
        <Row key={row.id} row={row} />
      ))}
      <Owed owed={owed} />
      <Claims claims={facts.claims} />
      <Anchor component={Link} href={href} size="sm" mt="xs" display="inline-block">
        Everything the catalogue knows of {facts.number}
      </Anchor>
    </section>
  );
}

function Row({ row }: { readonly row: ArticleRowDto }) {
  return (
    <div>
      {row.v4Objective && (
        <Text size="sm" mt={6}>
          <strong>Aim.</strong> {row.v4Objective}
        </Text>
      )}
      <Group gap={6} mt={8}>
        <Text size="sm" fw={600}>
          AWS and this item, today
        </Text>
        <TodayBadge status={row.statusToday} size="sm" />
      </Group>
      <Text size="sm" mt={2}>
        {row.statusNote}
      </Text>
      <DisputeNote disputed={row.disputed} disputeReason={row.disputeReason} />
      <SourcesNote asOf={row.asOf} sources={row.sources} definition={row.definition} />
    </div>
  );
}

/** What counts for nothing by itself, since it is owed for this very item. */
function Owed({ owed }: { readonly owed: readonly OwedRequirement[] }) {
  if (owed.length === 0) return null;
  return (
    <details className={classes.more}>
      <summary>Owed for this item already ({owed.length})</summary>
      <Text size="sm" mt={4}>
        A control that any of these asks for is not above and beyond by itself.
      </Text>
      <List size="sm" mt={4} spacing={2}>
        {owed.map(({ number, title }) => (
          <List.Item key={number}>
            {number} {title}
          </List.Item>
        ))}
      </List>
    </details>
  );
}

function Claims({ claims }: { readonly claims: RequirementDetailDto["claims"] }) {
  if (claims.length === 0) return null;
  return (
    <details className={classes.more}>
      <summary>What else is said about it, and what is true today ({claims.length})</summary>
      <Stack gap="sm" mt={6}>
        {claims.map((claim) => (
          <div key={claim.id}>
            <Text size="sm" fw={600}>
              {claim.articleReading}
            </Text>
            <ClaimToday claim={claim} />
          </div>
        ))}
      </Stack>
    </details>
  );
}
