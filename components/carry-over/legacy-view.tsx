import { Alert, Badge, Box, Group, Text } from "@mantine/core";
import { IconHistory } from "@tabler/icons-react";
import { Place } from "@/components/frame/place";
import { LinkButton } from "@/components/kit/link-button";
import { PageTitle } from "@/components/kit/page-title";
import { plainSection } from "@/components/review/display";
import { plainCriteria } from "@/components/review/display-criteria";
import { SectionView } from "@/components/review/section-view";
import { SectionFrame } from "@/components/worksheet/section-heading";
import type { LegacyReadingDto } from "@/lib/contracts/carry-over";
import { CRITERION_TITLES } from "@/lib/domain/worksheet/criteria";
import { CRITERIA_PART, sectionOrder } from "@/lib/domain/worksheet/sections";

/** A worksheet in the order and by the criteria of 3.2.1, with what differs from how it is written told above. */
export function LegacyView({ reading }: { readonly reading: LegacyReadingDto }) {
  const { worksheetId, header, revision, sections } = reading;
  return (
    <>
      <Place
        engagementId={reading.engagementId}
        crumbs={[
          { label: "Workbook", href: `/engagements/${reading.engagementId}` },
          { label: header.requirementNumber, href: pageOf(reading) },
          { label: "As 3.2.1" },
        ]}
      />
      <PageTitle
        before={
          <Group gap="xs">
            <Badge variant="outline" color="gray">
              Read as PCI DSS 3.2.1
            </Badge>
            <Badge color="orange">Legacy, not reportable</Badge>
            <Badge variant="outline" color="gray">
              {revision === null ? "Draft" : `Revision ${revision}`}
            </Badge>
          </Group>
        }
        title={titleOf(reading)}
        lead={`${header.entityName} · ${header.engagementName}`}
        actions={
          <LinkButton href={pageOf(reading)} variant="default">
            Show as 4.0.1
          </LinkButton>
        }
      />
      <Box maw="48rem">
        <HowItDiffers reading={reading} />
        {sectionOrder("3.2.1").map((key, at) => (
          <SectionFrame key={key} section={key} number={at + 1}>
            <SectionView worksheetId={worksheetId} section={plainSection(sections, key)} evidence={[]} talk={null} />
          </SectionFrame>
        ))}
        <SectionFrame section={CRITERIA_PART} number="B">
          <SectionView
            worksheetId={worksheetId}
            section={plainCriteria(reading.answers, "3.2.1")}
            evidence={[]}
            talk={null}
          />
          {reading.notAsked.map(({ id, number, answer }) => (
            <Box key={id} mt="md">
              <Text size="sm" c="dimmed">
                Asked by 4.0.1 alone: {number}. {CRITERION_TITLES[id]}
              </Text>
              <Text style={{ whiteSpace: "pre-wrap" }}>{answer}</Text>
            </Box>
          ))}
        </SectionFrame>
      </Box>
    </>
  );
}

function HowItDiffers({ reading }: { readonly reading: LegacyReadingDto }) {
  const { header, references, added } = reading;
  return (
    <Alert color="gray" icon={<IconHistory size={18} aria-hidden />} mb="lg" title="For reading beside old reports">
      <Text size="sm">
        PCI DSS 3.2.1 was retired on 31 March 2024. This shows the worksheet for {header.requirementNumber} of 4.0.1 in
        the order and by the criteria of 3.2.1; its words are unchanged. Evidence, history and signatures stand with the
        worksheet itself.
      </Text>
      <Text size="sm" component="ul" pl="md" mt={6} mb={0}>
        {added.map(({ id, title, text }) => (
          <li key={id}>
            {title}. {text}
          </li>
        ))}
        {references
          .filter(({ choose }) => !choose)
          .map(({ itemId, label, before, after }) => (
            <li key={itemId}>
              {label.trim() || "A control"} names “{before}” in 4.0.1, shown as “{after}”.
            </li>
          ))}
      </Text>
    </Alert>
  );
}

/** The page on which the worksheet, or the same revision of it, stands as it is. */
function pageOf({ worksheetId, revision }: LegacyReadingDto): string {
  return revision === null
    ? `/worksheets/${worksheetId}`
    : `/worksheets/${worksheetId}/review?show=${revision}&since=off`;
}

function titleOf({ numbers, header }: LegacyReadingDto): string {
  const [only, ...more] = numbers;
  if (!only) return `${header.requirementNumber} of 4.0.1, which 3.2.1 did not have`;
  return more.length === 0
    ? `${only.number} ${only.title}`
    : `${numbers.map(({ number }) => number).join(", ")}: now ${header.requirementNumber}`;
}
