"use client";

import { Stack } from "@mantine/core";
import { ChoiceField, ControlsField, DayField, LineField, LongField } from "@/components/worksheet/items/fields";
import classes from "@/components/worksheet/items/items.module.css";
import { useSectionContent } from "@/components/worksheet/saving/saver-context";
import { OUTCOME_WORDS } from "@/lib/domain/worksheet/item-words";
import type { ControlTest } from "@/lib/domain/worksheet/model";

/** The fields of a test. */
export function TestFields({
  item,
  onChange,
}: {
  readonly item: ControlTest;
  readonly onChange: (item: ControlTest) => void;
}) {
  const { controls } = useSectionContent("definition").items;
  const set = (change: Partial<ControlTest>) => onChange({ ...item, ...change });
  return (
    <Stack gap="sm">
      <LongField label="Method" topic="test.method" value={item.method} onChange={(method) => set({ method })} />
      <div className={classes.two}>
        <LineField label="Tester" topic="test.tester" value={item.tester} onChange={(tester) => set({ tester })} />
        <DayField
          label="Tested on"
          topic="test.testedOn"
          value={item.testedOn}
          onChange={(testedOn) => set({ testedOn })}
        />
      </div>
      <ControlsField
        label="Controls it covers"
        topic="test.controlIds"
        controls={controls}
        value={item.controlIds}
        onChange={(controlIds) => set({ controlIds })}
      />
      <LongField label="Sample" topic="test.sample" value={item.sample} onChange={(sample) => set({ sample })} />
      <ChoiceField
        label="Outcome"
        topic="test.outcome"
        words={OUTCOME_WORDS}
        value={item.outcome}
        onChange={(outcome) => outcome && set({ outcome })}
      />
      <LongField label="Result" topic="test.result" value={item.result} onChange={(result) => set({ result })} />
    </Stack>
  );
}
