"use client";

import { Stack } from "@mantine/core";
import { useRef } from "react";
import { ChoiceField, DayField, LineField, LongField } from "@/components/worksheet/items/fields";
import classes from "@/components/worksheet/items/items.module.css";
import { withOptional } from "@/components/worksheet/items/list-edits";
import { ShareControl, SharedControl } from "@/components/worksheet/register/shared-control";
import { NATURE_WORDS, ORIGIN_WORDS } from "@/lib/domain/worksheet/item-words";
import type { Control, ControlOrigin } from "@/lib/domain/worksheet/model";

/** The fields of a control; what a shared one has from the register is there to read. */
export function ControlFields({
  item,
  onChange,
}: {
  readonly item: Control;
  readonly onChange: (item: Control) => void;
}) {
  const set = (change: Partial<Control>) => onChange({ ...item, ...change });
  const shared = item.recordId !== undefined;
  // A new control is owed nowhere else; what was typed comes back with a change of mind.
  const reference = useRef("");
  const setOrigin = (origin: ControlOrigin) => {
    if (origin === "new") reference.current = item.requirementRef || reference.current;
    set({ origin, requirementRef: origin === "new" ? "" : item.requirementRef || reference.current });
  };
  return (
    <Stack gap="sm">
      {shared ? (
        <SharedControl item={item} onChange={onChange} />
      ) : (
        <>
          <LineField label="Title" topic="control.title" value={item.title} onChange={(title) => set({ title })} />
          <LongField
            label="What it does"
            topic="control.description"
            value={item.description}
            onChange={(description) => set({ description })}
          />
        </>
      )}
      <div className={classes.two}>
        <ChoiceField
          label="Where it comes from"
          topic="control.origin"
          words={ORIGIN_WORDS}
          value={item.origin}
          onChange={(origin) => origin && setOrigin(origin)}
        />
        {!shared && (
          <ChoiceField
            label="How it works"
            topic="control.nature"
            words={NATURE_WORDS}
            value={item.nature}
            onChange={(nature) => nature && set({ nature })}
          />
        )}
      </div>
      {item.origin !== "new" && (
        <LineField
          label="Requirement it is owed for elsewhere"
          topic="control.requirementRef"
          placeholder="For example 10.2.1"
          most={200}
          value={item.requirementRef}
          onChange={(requirementRef) => set({ requirementRef })}
        />
      )}
      <LongField
        label="Why it goes above and beyond"
        topic="control.aboveAndBeyond"
        value={item.aboveAndBeyond}
        onChange={(aboveAndBeyond) => set({ aboveAndBeyond })}
      />
      {!shared && (
        <>
          <div className={classes.two}>
            <LineField label="Owner" topic="control.owner" value={item.owner} onChange={(owner) => set({ owner })} />
            <DayField
              label="Last changed on"
              topic="control.changedOn"
              value={item.changedOn ?? ""}
              onChange={(day) => onChange(withOptional(item, "changedOn", day))}
            />
          </div>
          <ShareControl item={item} />
        </>
      )}
    </Stack>
  );
}
