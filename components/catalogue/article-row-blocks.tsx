import { Group, Text, Title } from "@mantine/core";
import classes from "@/components/catalogue/catalogue.module.css";
import { DisputeNote, SourcesNote } from "@/components/catalogue/provenance-note";
import { RequirementLink } from "@/components/catalogue/requirement-link";
import { TodayBadge } from "@/components/kit/status-badge";
import type { ArticleRowDto, RequirementDetailDto } from "@/lib/contracts/catalogue";

/** A row of the article as three blocks side by side: what it said, what is true today, what 4.0.1 asks now. */
export function ArticleRowBlocks(props: {
  readonly row: ArticleRowDto;
  readonly titles: RequirementDetailDto["titles"];
}) {
  const { row, titles } = props;
  return (
    <div className={classes.blocks}>
      <div className={classes.block}>
        <Title order={3} mb="xs">
          What the article said
        </Title>
        <Text>{row.articleReading}</Text>
        <Text mt="sm" size="sm">
          <strong>Worksheet called for:</strong> {row.triggerInWords.article}
        </Text>
        {row.numberingNote ? (
          <Text mt="sm" size="sm" c="dimmed">
            {row.numberingNote}
          </Text>
        ) : null}
        <Text mt="sm" size="sm" c="dimmed">
          {placeOf(row)}
        </Text>
      </div>
      <div className={classes.block} data-now="">
        <Group justify="space-between" mb="xs" gap="xs">
          <Title order={3}>What is true today</Title>
          <TodayBadge status={row.statusToday} />
        </Group>
        <Text>{row.statusNote}</Text>
        <Text mt="sm" size="sm">
          <strong>Worksheet called for:</strong> {row.triggerInWords.today}
        </Text>
        <DisputeNote disputed={row.disputed} disputeReason={row.disputeReason} />
        <SourcesNote asOf={row.asOf} sources={row.sources} definition={row.definition} />
      </div>
      <div className={classes.block}>
        <Title order={3} mb="xs">
          What PCI DSS 4.0.1 asks now
        </Title>
        {row.v4Objective ? <Text>{row.v4Objective}</Text> : null}
        <Text mt={row.v4Objective ? "sm" : 0} size="sm">
          <strong>What changed:</strong> {row.v4Change}
        </Text>
        <ul className={classes.plain} style={{ marginTop: "0.75rem" }}>
          {row.v4Numbers.map((number) => (
            <li key={number}>
              <RequirementLink version="4.0.1" number={number} /> {titles["4.0.1"][number]}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

function placeOf(row: ArticleRowDto): string {
  const place = row.inArticleTable
    ? "In the article's table"
    : row.articlePlace === "text"
      ? "In the article's text"
      : "Named in row 2.3 of the article's table";
  const services = `AWS services: ${row.services.join(", ")}.`;
  return `${place}. ${services}`;
}
