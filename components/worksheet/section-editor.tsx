"use client";

import { Box, Text } from "@mantine/core";
import { useMounted } from "@mantine/hooks";
import { memo, useCallback } from "react";
import { WrittenAnew } from "@/components/carry-over/written-anew";
import { DateText } from "@/components/kit/date-text";
import { LazyRecordItems } from "@/components/records/lazy-record-parts";
import { SectionItemsEditor } from "@/components/worksheet/items/section-items";
import { LazyNarrativeEditor } from "@/components/worksheet/narrative/lazy-narrative-editor";
import { useSaver, useSaveState } from "@/components/worksheet/saving/saver-context";
import { SectionFrame } from "@/components/worksheet/section-heading";
import { SectionTrouble } from "@/components/worksheet/section-trouble";
import type { Narrative } from "@/lib/domain/worksheet/narrative";
import { isRecordPart, isSection, PART_LABELS, type TextPartKey } from "@/lib/domain/worksheet/sections";

/** A section to write: its text, then its items; what went wrong with saving it stands above. */
export const SectionEditor = memo(function SectionEditor(props: {
  readonly section: TextPartKey;
  readonly number: number;
  /** What belongs here, shown while nothing is typed. */
  readonly placeholder: string;
  readonly onMerge: (section: TextPartKey) => void;
}) {
  const { section } = props;
  const saver = useSaver();
  const { content, base, trouble } = useSaveState(section);
  const mounted = useMounted();
  const change = useCallback(
    (narrative: Narrative) => saver.edit(section, (now) => ({ ...now, narrative })),
    [saver, section],
  );
  const flush = () => saver.flush(section);
  return (
    <SectionFrame
      section={section}
      number={props.number}
      aside={
        base.version > 0 &&
        mounted && (
          <Text size="xs" c="dimmed">
            {base.savedBy ?? "Somebody"}, <DateText value={base.savedAt} />
          </Text>
        )
      }
    >
      {/* Leaving the section saves it without waiting for the pause. */}
      <Box onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && flush()}>
        {isSection(section) && <WrittenAnew section={section} />}
        <SectionTrouble section={section} trouble={trouble} onMerge={() => props.onMerge(section)} />
        <LazyNarrativeEditor
          label={PART_LABELS[section]}
          value={content.narrative}
          onChange={change}
          placeholder={props.placeholder}
        />
        {isRecordPart(section) ? <LazyRecordItems part={section} /> : <SectionItemsEditor section={section} />}
      </Box>
    </SectionFrame>
  );
});
