"use client";

import { Stack } from "@mantine/core";
import { ChoiceField, LineField, LongField } from "@/components/worksheet/items/fields";
import classes from "@/components/worksheet/items/items.module.css";
import { SCOPE_KIND_WORDS } from "@/lib/domain/worksheet/item-words";
import type { ScopeItem } from "@/lib/domain/worksheet/model";

/** The fields of a thing that the worksheet covers. */
export function ScopeFields({
  item,
  onChange,
}: {
  readonly item: ScopeItem;
  readonly onChange: (item: ScopeItem) => void;
}) {
  const set = (change: Partial<ScopeItem>) => onChange({ ...item, ...change });
  return (
    <Stack gap="sm">
      <div className={classes.two}>
        <ChoiceField
          label="Kind"
          topic="scope.kind"
          words={SCOPE_KIND_WORDS}
          value={item.kind}
          onChange={(kind) => kind && set({ kind })}
        />
        <LineField
          label="Name"
          topic="scope.name"
          placeholder="For example an account id"
          value={item.name}
          onChange={(name) => set({ name })}
        />
      </div>
      <LongField label="Detail" topic="scope.detail" value={item.detail} onChange={(detail) => set({ detail })} />
    </Stack>
  );
}
