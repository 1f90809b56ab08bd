"use client";

import { Stack } from "@mantine/core";
import { useMemo } from "react";
import { ADDRESS, DayField, LineField, LongField } from "@/components/worksheet/items/fields";
import type { ItemKind } from "@/components/worksheet/items/item-kinds";
import { ItemList } from "@/components/worksheet/items/item-list";
import { useSaver, useSectionContent } from "@/components/worksheet/saving/saver-context";
import type { RecordPartKey } from "@/lib/domain/records/keys";
import { type RecordEntry, type RecordItems, recordField } from "@/lib/domain/records/model";
import { RECORD_SHAPES } from "@/lib/domain/records/parts";
import type { RecordFieldShape, RecordListShape } from "@/lib/domain/records/shape";
import { nextLabel } from "@/lib/domain/worksheet/labels";

/** What a part of a record holds beside its text, as its shape gives it: single fields, and a list. */
export function RecordItemsEditor({ part }: { readonly part: RecordPartKey }) {
  const saver = useSaver();
  const { items } = useSectionContent(part);
  const { fields, list } = RECORD_SHAPES[part];
  const kind = useMemo(() => list && entryKind(part, list), [part, list]);
  const set = (name: string, value: string) =>
    saver.edit(part, (content) => ({ ...content, items: { ...content.items, [name]: value } }));
  return (
    <>
      {fields.length > 0 && (
        <Stack gap="sm" mt="md">
          {fields.map((field) => (
            <RecordField
              key={field.name}
              field={field}
              value={recordField(items, field.name)}
              onChange={(value) => set(field.name, value)}
            />
          ))}
        </Stack>
      )}
      {kind && <ItemList kind={kind} />}
    </>
  );
}

function entryKind(part: RecordPartKey, list: RecordListShape): ItemKind<RecordPartKey, RecordEntry> {
  const { word, heading, empty, prefix, nameField, fields } = list;
  return {
    ...{ section: part, word, heading, empty },
    list: ({ items }) => items.entries,
    withList: (content, entries) => ({ ...content, items: { ...(content.items as RecordItems), entries } }),
    make: (id, all) => ({
      ...Object.fromEntries(fields.map(({ name }) => [name, ""])),
      id,
      label: nextLabel(
        prefix,
        all.map(({ label }) => label),
      ),
    }),
    label: ({ label }) => label,
    title: (entry) => entry[nameField]?.trim().split("\n", 1)[0] || `Unnamed ${word}`,
    traits: () => [],
    fields: (entry, onChange) => (
      <Stack gap="sm">
        {fields.map((field) => (
          <RecordField
            key={field.name}
            field={field}
            value={entry[field.name] ?? ""}
            onChange={(value) => onChange({ ...entry, [field.name]: value })}
          />
        ))}
      </Stack>
    ),
  };
}

function RecordField(props: {
  readonly field: RecordFieldShape;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const { field, value, onChange } = props;
  const given = { label: field.label, topic: { record: field }, value, onChange };
  switch (field.input) {
    case "text":
      return <LongField {...given} />;
    case "day":
      return <DayField {...given} />;
    case "link":
      return <LineField {...given} most={ADDRESS} placeholder="https://" />;
    case "line":
      return <LineField {...given} />;
  }
}
