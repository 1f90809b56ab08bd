import { dayInWords } from "@/lib/domain/format-date";
import type { RecordPartKey } from "@/lib/domain/records/keys";
import { type RecordItems, recordField } from "@/lib/domain/records/model";
import { RECORD_SHAPES } from "@/lib/domain/records/parts";
import type { RecordFieldShape } from "@/lib/domain/records/shape";
import type { Fact, SectionSummary } from "@/lib/domain/worksheet/summary-shape";

/** What a part of a record holds beside its text, in words. */
export function summariseRecordPart(key: RecordPartKey, items: RecordItems): SectionSummary {
  const { fields, list } = RECORD_SHAPES[key];
  return {
    before: facts(fields, (name) => recordField(items, name)),
    items: items.entries.map((entry) => ({
      id: entry.id,
      label: entry.label,
      title: isTitle(list?.fields, list?.nameField) ? (entry[list?.nameField ?? ""] ?? "") : "",
      traits: [],
      body: isTitle(list?.fields, list?.nameField) ? "" : (entry[list?.nameField ?? ""] ?? ""),
      facts: facts(
        (list?.fields ?? []).filter(({ name }) => name !== list?.nameField),
        (name) => entry[name] ?? "",
      ),
    })),
    after: [],
  };
}

/** A name of one line is a title; a name of several is what the entry says. */
function isTitle(fields: readonly RecordFieldShape[] | undefined, nameField: string | undefined): boolean {
  return fields?.find(({ name }) => name === nameField)?.input === "line";
}

function facts(fields: readonly RecordFieldShape[], read: (name: string) => string): readonly Fact[] {
  return fields
    .map(({ name, label, input }) => {
      const value = read(name);
      return { term: label, text: input === "day" ? dayInWords(value) : value };
    })
    .filter(({ text }) => text.trim() !== "");
}
