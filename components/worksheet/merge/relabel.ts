import { type LabelPrefix, nextLabel } from "@/lib/domain/worksheet/labels";
import type { SectionContent } from "@/lib/domain/worksheet/model";
import { putTogether, type SectionItem, takeApart } from "@/lib/domain/worksheet/section-shape";
import type { PartKey } from "@/lib/domain/worksheet/sections";

/**
 * Two people who add an item at the same time both call it C3. What is saved already keeps its label; an
 * item that only the merged text has, with a label that is taken, gets the next free one.
 */
export function relabelNewItems(key: PartKey, saved: SectionContent, merged: SectionContent): SectionContent {
  const savedIds = new Set(takeApart(key, saved).items.map(({ id }) => id));
  const shape = takeApart(key, merged);
  const taken = new Set(shape.items.filter(({ id }) => savedIds.has(id)).map(labelOf));
  const labels = shape.items.map(labelOf);
  const items = shape.items.map((item) => {
    const label = labelOf(item);
    if (savedIds.has(item.id) || label === "" || !taken.has(label)) {
      taken.add(label);
      return item;
    }
    const prefix = /^[CRTM](?=\d)/u.exec(label)?.[0] as LabelPrefix | undefined;
    if (!prefix) return item;
    const free = nextLabel(prefix, labels);
    labels.push(free);
    taken.add(free);
    return { ...item, label: free };
  });
  return items.some((item, at) => item !== shape.items[at]) ? putTogether(key, { ...shape, items }) : merged;
}

function labelOf(item: SectionItem): string {
  return "label" in item ? item.label : "";
}
