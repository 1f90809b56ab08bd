import { Alert, Group, Text } from "@mantine/core";
import { IconArrowsExchange, IconHistory } from "@tabler/icons-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ArticleRowBlocks } from "@/components/catalogue/article-row-blocks";
import classes from "@/components/catalogue/catalogue.module.css";
import { ClaimReading, ClaimToday } from "@/components/catalogue/claim-line";
import { RequirementFacts } from "@/components/catalogue/requirement-facts";
import { RequirementLink } from "@/components/catalogue/requirement-link";
import { SampleLinks } from "@/components/catalogue/sample-links";
import { RequirementMarks, StandingBadge } from "@/components/catalogue/standing-badges";
import { TriggeringOptions } from "@/components/catalogue/triggering-options";
import { WorksheetUses } from "@/components/catalogue/worksheet-uses";
import { Place } from "@/components/frame/place";
import { PageTitle } from "@/components/kit/page-title";
import { SectionCard } from "@/components/kit/section-card";
import { type RequirementDetailDto, requirementParams } from "@/lib/contracts/catalogue";
import { orNotFound, publicPage } from "@/lib/server/page";
import { readRequirement } from "@/lib/services/catalogue/read-requirement";
import { worksheetsOn } from "@/lib/services/worksheet/worksheets-on";

interface Props {
  readonly params: Promise<{ readonly version: string; readonly number: string }>;
}

/** The page's title. */
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { version, number } = await params;
  return { title: `${number} of PCI DSS ${version}` };
}

/** One requirement: what the article said, what is true today, what 4.0.1 asks now, and which key options trigger it. */
export default async function RequirementPage({ params }: Props) {
  const parsed = requirementParams.safeParse(await params);
  if (!parsed.success) notFound();
  const context = await publicPage();
  const requirement = await orNotFound(readRequirement(context, parsed.data));
  const uses = context.actor ? await worksheetsOn({ ...context, actor: context.actor }, parsed.data) : [];
  return (
    <>
      <Place crumbs={[{ label: `${requirement.number} of ${requirement.version}` }]} />
      <PageTitle
        before={
          <Group gap={6}>
            <Text c="dimmed">PCI DSS {requirement.version}</Text>
            {requirement.status === "superseded" ? null : <StandingBadge standing={requirement.status} />}
            <RequirementMarks requirement={requirement} />
          </Group>
        }
        title={`${requirement.number} ${requirement.title}`}
      />
      {requirement.version === "3.2.1" ? (
        <Alert color="gray" icon={<IconHistory size={18} aria-hidden="true" />} mb="md" py="xs">
          3.2.1 was retired on 31 March 2024 and may no longer be reported against.
        </Alert>
      ) : null}
      <NumberingSlips requirement={requirement} />
      <ArticleRows requirement={requirement} />
      <WorksheetUses uses={uses} number={requirement.number} />
      <SectionCard title="The number itself">
        <RequirementFacts requirement={requirement} />
      </SectionCard>
      <Claims requirement={requirement} />
      <SampleLinks samples={requirement.samples} />
      <Text size="sm" c="dimmed">
        Catalogue {requirement.catalogueVersion}. Numbers are facts; every word here is ours, not the standard's. Not
        published or endorsed by PCI SSC; have your QSA confirm it.
      </Text>
    </>
  );
}

/** Sends on who came by the article's own number. */
function NumberingSlips({ requirement }: { readonly requirement: RequirementDetailDto }) {
  return requirement.numberingSlips.map(({ row, number, note }) => (
    <Alert key={row} color="yellow" icon={<IconArrowsExchange size={18} aria-hidden="true" />} mb="md" py="xs">
      {note} The article's row {row} is at <RequirementLink version="3.2.1" number={number} />{" "}
      {requirement.titles["3.2.1"][number]}.
    </Alert>
  ));
}

function ArticleRows({ requirement }: { readonly requirement: RequirementDetailDto }) {
  return requirement.articleRows.map((row) => (
    <SectionCard key={row.id} title={`The article's row ${row.id}`} description={row.title}>
      <ArticleRowBlocks row={row} titles={requirement.titles} />
      <Text fw={600} mt="md" mb="xs" component="h3" size="md">
        Key options that trigger it
      </Text>
      <TriggeringOptions label={`Key options that trigger row ${row.id}`} options={row.triggeredBy} />
    </SectionCard>
  ));
}

function Claims({ requirement }: { readonly requirement: RequirementDetailDto }) {
  if (requirement.claims.length === 0) return null;
  return (
    <SectionCard title="What else the article says about it">
      <ul className={classes.pairs}>
        {requirement.claims.map((claim) => (
          <li key={claim.id}>
            <ClaimReading claim={claim} />
            <ClaimToday claim={claim} />
          </li>
        ))}
      </ul>
    </SectionCard>
  );
}
