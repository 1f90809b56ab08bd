import { Anchor, Group, Text } from "@mantine/core";
import Link from "next/link";
import { DisputeNote } from "@/components/catalogue/provenance-note";
import { RequirementMarks, StandingBadge } from "@/components/catalogue/standing-badges";
import { DateText } from "@/components/kit/date-text";
import type { ArticleRowDto, RequirementDetailDto } from "@/lib/contracts/catalogue";

/** What the catalogue knows of the requirement that the worksheet is for. */
export function CatalogueFacts({ facts }: { readonly facts: RequirementDetailDto }) {
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
      <Text size="sm" mt={6}>
        <strong>AWS and this item, today.</strong> {row.statusNote}
      </Text>
      <Text size="xs" c="dimmed" mt={2} component="div">
        As of <DateText value={row.asOf} plain />
      </Text>
      <DisputeNote disputed={row.disputed} disputeReason={row.disputeReason} />
    </div>
  );
}
