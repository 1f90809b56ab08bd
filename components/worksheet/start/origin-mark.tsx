"use client";

import { Alert, Anchor, List, Text } from "@mantine/core";
import { IconCopy } from "@tabler/icons-react";
import { DateText } from "@/components/kit/date-text";
import { TextLink } from "@/components/kit/text-link";
import { goToPlace } from "@/components/worksheet/panel/go-to-place";
import { passageOf } from "@/components/worksheet/panel/passage-of";
import { stillAlike } from "@/components/worksheet/start/still-alike";
import type { OriginDto } from "@/lib/contracts/start";
import type { Outcome } from "@/lib/domain/rigour/finding";
import type { WorksheetSections } from "@/lib/domain/worksheet/model";
import { ORIGIN_WORDS } from "@/lib/domain/worksheet/origin";
import { SECTION_LABELS } from "@/lib/domain/worksheet/sections";

/** Says what the draft began as, and for those who write it what of it still reads as it did there. */
export function OriginMark(props: {
  readonly origin: OriginDto;
  /** What the rules say; null where they are not asked. */
  readonly outcomes: readonly Outcome[] | null;
  /** The text as it stands in the page; null where it is not shown. */
  readonly sections: WorksheetSections | null;
}) {
  const { origin, outcomes, sections } = props;
  const { kind, title, takenAt, takenBy, source } = origin;
  const what = kind === "sample" ? `the sample “${title}”` : title;
  return (
    <Alert
      color="gray"
      icon={<IconCopy size={18} aria-hidden />}
      mb="md"
      py="xs"
      role="region"
      aria-label="What this draft began as"
    >
      <Text size="sm">
        <strong>{ORIGIN_WORDS[kind]}.</strong> {takenBy.name} took {what}, <DateText value={takenAt} plain />.{" "}
        {source && <SourceLink kind={kind} source={source} />}
      </Text>
      {sections && <Standing outcomes={outcomes} sections={sections} />}
      {source && source.evidence.length > 0 && <Left evidence={source.evidence} />}
    </Alert>
  );
}

function SourceLink(props: Pick<OriginDto, "kind"> & { readonly source: NonNullable<OriginDto["source"]> }) {
  const { sampleId, worksheetId } = props.source;
  if (sampleId !== null) return <TextLink href={`/catalogue/samples/${sampleId}`}>Read the sample</TextLink>;
  return worksheetId && <TextLink href={`/worksheets/${worksheetId}/review`}>Open that worksheet</TextLink>;
}

function Standing(props: { readonly outcomes: readonly Outcome[] | null; readonly sections: WorksheetSections }) {
  const alike = stillAlike(props.outcomes);
  if (!alike) return null;
  if (alike.untouched) {
    return (
      <Text size="sm" mt={4}>
        Nothing of it is changed yet, so it cannot be submitted.
      </Text>
    );
  }
  if (alike.sections.length === 0) {
    return (
      <Text size="sm" mt={4}>
        Every section reads differently by now.
      </Text>
    );
  }
  return (
    <Text size="sm" mt={4} component="div">
      Still nearly as it came:{" "}
      {alike.sections.map(({ section, finding }, at) => (
        <span key={section}>
          {at > 0 && ", "}
          <Anchor
            component="button"
            type="button"
            inherit
            onClick={() => goToPlace(finding.place, passageOf(finding, props.sections))}
          >
            {SECTION_LABELS[section]}
          </Anchor>
        </span>
      ))}
      .
    </Text>
  );
}

function Left({ evidence }: { readonly evidence: NonNullable<OriginDto["source"]>["evidence"] }) {
  const lines = [...new Set(evidence.map(({ section, title }) => `${title} (${SECTION_LABELS[section]})`))];
  return (
    <Text size="sm" mt={4} component="details">
      <summary>
        {evidence.length === 1 ? "1 piece of evidence" : `${evidence.length} pieces of evidence`} did not come along
      </summary>
      <List size="sm" mt={4}>
        {lines.map((line) => (
          <List.Item key={line}>{line}</List.Item>
        ))}
      </List>
    </Text>
  );
}
