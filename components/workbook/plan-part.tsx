"use client";

import { Anchor, Box, Text } from "@mantine/core";
import { useState } from "react";
import { markedSection } from "@/components/review/display-diff";
import { SectionView } from "@/components/review/section-view";
import { diffRuns } from "@/components/workbook/diff-runs";
import { CRITERION_TITLES } from "@/lib/domain/worksheet/criteria";
import { diffSection, itemNames } from "@/lib/domain/worksheet/diff";
import type { PartContents, SectionContent } from "@/lib/domain/worksheet/model";
import { type CcwPartKey, CRITERIA_PART, PART_LABELS, type SectionKey } from "@/lib/domain/worksheet/sections";

/** A part that a plan changes, with the differences once somebody asks for them. */
export function PlanPart(props: {
  readonly partKey: CcwPartKey;
  /** Null where the preview became too large to tell it. */
  readonly before: SectionContent<CcwPartKey> | null;
  readonly after: SectionContent<CcwPartKey>;
}) {
  const { partKey, before, after } = props;
  const [opened, setOpened] = useState(false);
  return (
    <div>
      <Anchor component="button" type="button" size="sm" aria-expanded={opened} onClick={() => setOpened(!opened)}>
        {PART_LABELS[partKey]}
      </Anchor>
      {opened && before === null ? (
        <Text size="sm">
          What stands now is not shown, because this preview became too large. Open the worksheet to read it.
        </Text>
      ) : null}
      {opened && before !== null ? (
        <Box mt={4} pl="sm" style={{ borderInlineStart: "2px solid var(--mantine-color-default-border)" }}>
          {partKey === CRITERIA_PART ? (
            <Answers before={before as SectionContent<"criteria">} after={after as SectionContent<"criteria">} />
          ) : (
            <Section partKey={partKey} before={before} after={after} />
          )}
        </Box>
      ) : null}
    </div>
  );
}

function Section({ partKey, before, after }: { partKey: SectionKey; before: SectionContent; after: SectionContent }) {
  // The key says what kind of content both are.
  const [was, is] = [{ [partKey]: before } as PartContents, { [partKey]: after } as PartContents];
  const [nameBefore, nameAfter] = [itemNames({ sections: was }), itemNames({ sections: is })];
  const names = { before: nameBefore, after: nameAfter };
  const diff = diffSection(partKey, was[partKey] as never, is[partKey] as never, names, diffRuns);
  const section = markedSection(diff, was, is);
  return <SectionView worksheetId="" section={section} evidence={[]} talk={null} />;
}

function Answers(props: { readonly before: SectionContent<"criteria">; readonly after: SectionContent<"criteria"> }) {
  const was = new Map(props.before.items.answers.map(({ id, answer }) => [id, answer]));
  const changed = props.after.items.answers.filter(({ id, answer }) => (was.get(id) ?? "") !== answer);
  if (changed.length === 0) return <Text size="sm">The answers are stored as they are, empty.</Text>;
  return changed.map(({ id, answer }) => (
    <Text key={id} size="sm" mb={6} style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
      <Text span size="xs" c="dimmed" display="block">
        {CRITERION_TITLES[id]}
      </Text>
      {was.get(id) ? (
        <>
          <del>{was.get(id)}</del>{" "}
        </>
      ) : null}
      <ins>{answer || "Taken back."}</ins>
    </Text>
  ));
}
