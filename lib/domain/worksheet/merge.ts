import { isSame } from "@/lib/domain/same";
import { mergeOrder } from "@/lib/domain/worksheet/merge-order";
import type { SectionContent } from "@/lib/domain/worksheet/model";
import type { Narrative } from "@/lib/domain/worksheet/narrative";
import { putTogether, type SectionItem, type SectionShape, takeApart } from "@/lib/domain/worksheet/section-shape";
import type { PartKey } from "@/lib/domain/worksheet/sections";

/** Who changed a part since the version that both began with; `both` is the same change made twice. */
export type ChangedBy = "mine" | "theirs" | "both" | "conflict";

/** Whose version of a part is taken. */
export type Side = "mine" | "theirs";

/**
 * A part of a section that was changed: the text, a single field, or an item. An item changed by both is split into
 * its fields; one that a side added or removed stays whole. Absent values (not yet there, or removed) are null.
 */
export interface MergePart {
  /** Stable within one merge; `narrative`, `field:<name>`, `item:<id>` or `item:<id>:<field>`. */
  readonly id: string;
  readonly kind: "narrative" | "field" | "item" | "item_field";
  /** The field's name, for fields and items' fields. */
  readonly field: string | null;
  /** The item as either side has it, for items and their fields. */
  readonly item: SectionItem | null;
  readonly base: unknown;
  readonly mine: unknown;
  readonly theirs: unknown;
  readonly changedBy: ChangedBy;
}

/** The parts that differ from the base, in the order in which a section shows them. */
export function mergeParts<K extends PartKey>(
  key: K,
  base: SectionContent<K>,
  mine: SectionContent<K>,
  theirs: SectionContent<K>,
): readonly MergePart[] {
  return partsOf(takeApart(key, base), takeApart(key, mine), takeApart(key, theirs));
}

/**
 * Merges two edits of the same base. Parts that one side changed come from that side; parts that both changed
 * differently come from the side that `choices` names by part id, and from `theirs` without a choice.
 * Nothing is chosen silently as long as every conflict of `mergeParts` has a choice.
 */
export function mergeWithChoices<K extends PartKey>(
  key: K,
  base: SectionContent<K>,
  mine: SectionContent<K>,
  theirs: SectionContent<K>,
  choices: Readonly<Record<string, Side>>,
): SectionContent<K> {
  const [was, my, their] = [takeApart(key, base), takeApart(key, mine), takeApart(key, theirs)];
  const sides = new Map<string, Side>(
    partsOf(was, my, their).map((part) => [
      part.id,
      part.changedBy === "conflict" ? (choices[part.id] ?? "theirs") : part.changedBy === "mine" ? "mine" : "theirs",
    ]),
  );
  const pick = <T>(id: string, before: T, mineValue: T, theirValue: T): T => {
    const side = sides.get(id);
    return side === undefined ? before : side === "mine" ? mineValue : theirValue;
  };
  const fields = Object.fromEntries(
    Object.keys(was.fields).map((name) => [
      name,
      pick(`field:${name}`, was.fields[name] ?? "", my.fields[name] ?? "", their.fields[name] ?? ""),
    ]),
  );
  const items = mergeOrder(ids(was), ids(my), ids(their)).flatMap((id) => {
    const [before, mineItem, theirItem] = [find(was, id), find(my, id), find(their, id)];
    const whole = pick(`item:${id}`, before, mineItem, theirItem);
    if (!whole) return [];
    if (!before || !mineItem || !theirItem) return [whole];
    const merged = fieldsOf(before, mineItem, theirItem)
      .map((field) => [
        field,
        pick(`item:${id}:${field}`, fieldOf(before, field), fieldOf(mineItem, field), fieldOf(theirItem, field)),
      ])
      .filter(([, value]) => value !== undefined);
    return [Object.fromEntries(merged) as SectionItem];
  });
  const narrative: Narrative = pick("narrative", was.narrative, my.narrative, their.narrative);
  return putTogether(key, { narrative, fields, items });
}

/** Merges two edits of the same base when no part was changed by both in different ways; null otherwise. */
export function mergeSection<K extends PartKey>(
  key: K,
  base: SectionContent<K>,
  mine: SectionContent<K>,
  theirs: SectionContent<K>,
): SectionContent<K> | null {
  if (mergeParts(key, base, mine, theirs).some((part) => part.changedBy === "conflict")) return null;
  return mergeWithChoices(key, base, mine, theirs, {});
}

function partsOf(base: SectionShape, mine: SectionShape, theirs: SectionShape): readonly MergePart[] {
  const parts: MergePart[] = [];
  const compare = (part: Omit<MergePart, "changedBy">) => {
    const changedBy = whoChanged(part.base, part.mine, part.theirs);
    if (changedBy) parts.push({ ...part, changedBy });
  };
  compare({
    id: "narrative",
    kind: "narrative",
    field: null,
    item: null,
    base: base.narrative,
    mine: mine.narrative,
    theirs: theirs.narrative,
  });
  for (const field of Object.keys(base.fields)) {
    const [was, my, their] = [base.fields[field], mine.fields[field], theirs.fields[field]];
    compare({ id: `field:${field}`, kind: "field", field, item: null, base: was, mine: my, theirs: their });
  }
  for (const id of mergeOrder(ids(base), ids(mine), ids(theirs))) {
    const [was, my, their] = [find(base, id), find(mine, id), find(theirs, id)];
    const item = my ?? their;
    if (was && my && their) {
      for (const field of fieldsOf(was, my, their)) {
        compare({
          id: `item:${id}:${field}`,
          kind: "item_field",
          field,
          item,
          base: fieldOf(was, field),
          mine: fieldOf(my, field),
          theirs: fieldOf(their, field),
        });
      }
    } else {
      compare({ id: `item:${id}`, kind: "item", field: null, item: item ?? was, base: was, mine: my, theirs: their });
    }
  }
  return parts;
}

function whoChanged(base: unknown, mine: unknown, theirs: unknown): ChangedBy | null {
  const mineSame = isSame(base, mine);
  const theirsSame = isSame(base, theirs);
  if (mineSame && theirsSame) return null;
  if (mineSame) return "theirs";
  if (theirsSame) return "mine";
  return isSame(mine, theirs) ? "both" : "conflict";
}

function ids(shape: SectionShape): readonly string[] {
  return shape.items.map((item) => item.id);
}

function find(shape: SectionShape, id: string): SectionItem | null {
  return shape.items.find((item) => item.id === id) ?? null;
}

/** The fields that any of them has: some are left out while they are empty. */
function fieldsOf(...items: readonly SectionItem[]): readonly string[] {
  return [...new Set(items.flatMap((item) => Object.keys(item)))];
}

function fieldOf(item: SectionItem, field: string): unknown {
  return (item as unknown as Readonly<Record<string, unknown>>)[field];
}
