import { stableJson } from "@/lib/domain/oscal/stable-json";
import { isSame } from "@/lib/domain/same";
import type {
  CcwRevision,
  Control,
  ControlTest,
  EvidenceLink,
  MaintenanceTask,
  Risk,
  ScopeItem,
  SectionContent,
  WorksheetSections,
} from "@/lib/domain/worksheet/model";
import { putTogether, takeApart } from "@/lib/domain/worksheet/section-shape";
import { SECTION_KEYS, type SectionKey } from "@/lib/domain/worksheet/sections";

/** The sections that a plan's worksheet is held against. */
type Standing = { readonly [K in SectionKey]: { readonly content: SectionContent<K> } };
/** A structured item of a worksheet. */
export type CcwItem = ScopeItem | Control | Risk | ControlTest | MaintenanceTask;
/** The ids of items in the plan that are called otherwise where it is taken in. */
type Names = ReadonlyMap<string, string>;

/** Controls first: risks and tests name them. */
const ORDER = ["definition", ...SECTION_KEYS.filter((key) => key !== "definition")] as const;

/**
 * Gives the items of a plan's worksheet the ids of those that stand and are the same ones: by their id, otherwise by what
 * they say, otherwise by what people call them where they also agree in what they are about (the title or description of a
 * control, the threat of a risk, the method of a test, the task, the kind of what is in scope), in order. So a control that was
 * written anew elsewhere is shown as a changed one, and evidence never passes to another that is merely called the same. What
 * came from the register is found by its id or its words alone.
 */
export function alignItems(brought: CcwRevision, standing: Standing): CcwRevision {
  const taken = new Set(SECTION_KEYS.flatMap((key) => itemsOf(key, brought.sections).map(({ id }) => id as string)));
  const names = new Map<string, string>();
  for (const key of ORDER) {
    const there = itemsIn(key, standing[key].content as SectionContent<typeof key>);
    for (const [id, other] of pairs(itemsOf(key, brought.sections), there, names, taken)) names.set(id, other);
  }
  return names.size === 0 ? brought : renamed(brought, names);
}

/** Whether two contents say the same, whatever the order of their items. */
export function saysTheSame<K extends SectionKey>(key: K, a: SectionContent<K>, b: SectionContent<K>): boolean {
  return isSame(inOneOrder(key, a), inOneOrder(key, b));
}

function inOneOrder<K extends SectionKey>(key: K, content: SectionContent<K>) {
  const { items: _, ...rest } = takeApart(key, content);
  const sorted = itemsIn(key, content).map((item) =>
    "controlIds" in item ? { ...item, controlIds: [...item.controlIds].sort() } : item,
  );
  return { ...rest, items: sorted.sort((a, b) => (a.id < b.id ? -1 : 1)) };
}

function itemsOf(key: SectionKey, sections: WorksheetSections): readonly CcwItem[] {
  return itemsIn(key, sections[key] as SectionContent<typeof key>);
}

/** The items of a section; a worksheet's hold none of records. */
export function itemsIn<K extends SectionKey>(key: K, content: SectionContent<K>): readonly CcwItem[] {
  return takeApart(key, content).items as readonly CcwItem[];
}

function pairs(brought: readonly CcwItem[], there: readonly CcwItem[], names: Names, taken: ReadonlySet<string>) {
  const known = new Set<string>(there.map(({ id }) => id));
  const wanting = brought.filter(({ id }) => !known.has(id));
  const left = there.filter(({ id }) => !taken.has(id));
  const found = new Map<string, string>();
  const used = new Set<string>();
  for (const way of WAYS) {
    const standing = waiting(left, way);
    for (const item of wanting) {
      const key = found.has(item.id) ? null : way.brought(item, names);
      const other = key === null ? undefined : nextFree(standing.get(key), used);
      if (other === undefined) continue;
      used.add(other);
      found.set(item.id, other);
    }
  }
  return found;
}

/** A way in which two items are the same one: by equal keys. Null is no key. */
interface Way {
  readonly brought: (item: CcwItem, names: Names) => string | null;
  readonly standing: (item: CcwItem) => string | null;
}

/** A label alone is no sign: everybody begins at C1. */
const WAYS: readonly Way[] = [
  { brought: (item, names) => stableJson(words(item, names)), standing: itemWords },
  named(tellingWords),
  // A control whose title was changed still does what it did.
  named((item) => ("description" in item ? item.description : "")),
];

function named(telling: (item: CcwItem) => string): Way {
  const key = (item: CcwItem) => {
    const [label, told] = [called(item).trim(), normal(telling(item))];
    return label === "" || told === "" ? null : stableJson([label, told]);
  };
  return { brought: key, standing: (item) => ("recordId" in item && item.recordId !== undefined ? null : key(item)) };
}

/** The ids of items by their keys, the last one first, so that each look takes one off. */
function waiting(items: readonly CcwItem[], { standing }: Way): ReadonlyMap<string, string[]> {
  const byKey = new Map<string, string[]>();
  for (const item of items.toReversed()) {
    const key = standing(item);
    if (key === null) continue;
    const ids = byKey.get(key);
    if (ids) ids.push(item.id);
    else byKey.set(key, [item.id]);
  }
  return byKey;
}

function nextFree(ids: string[] | undefined, used: ReadonlySet<string>): string | undefined {
  for (let id = ids?.pop(); id !== undefined; id = ids?.pop()) if (!used.has(id)) return id;
  return undefined;
}

/** What an item says: neither its id nor where it came from. */
function words(item: CcwItem, names: Names): object {
  const { id: _, recordId: __, ...said } = item as CcwItem & { readonly recordId?: string };
  if (!("controlIds" in said)) return said;
  return { ...said, controlIds: said.controlIds.map((id) => names.get(id) ?? id).sort() };
}

/** What an item of a worksheet says, as a text that is the same for items that say the same under other ids. */
export function itemWords(item: CcwItem): string {
  return stableJson(words(item, new Map()));
}

function called(item: CcwItem): string {
  if ("label" in item) return item.label;
  return "name" in item ? item.name : "";
}

/** What an item is told from others by, beside what it is called. */
function tellingWords(item: CcwItem): string {
  if ("title" in item) return item.title;
  if ("threat" in item) return item.threat;
  if ("method" in item) return item.method;
  return "task" in item ? item.task : item.kind;
}

/** Words as they count, whatever their case and the space between them. */
function normal(text: string): string {
  return text.normalize("NFKC").toLowerCase().replace(/\s+/gu, " ").trim();
}

function renamed(brought: CcwRevision, names: Names): CcwRevision {
  const nameOf = (id: string) => names.get(id) ?? id;
  const section = <K extends SectionKey>(key: K): SectionContent<K> => {
    const shape = takeApart(key, brought.sections[key] as SectionContent<K>);
    const items = itemsIn(key, brought.sections[key] as SectionContent<K>).map((item): CcwItem => {
      const named = { ...item, id: nameOf(item.id) } as CcwItem;
      return "controlIds" in named ? { ...named, controlIds: named.controlIds.map(nameOf) } : named;
    });
    return putTogether(key, { ...shape, items });
  };
  const { warningReasons, ...rest } = brought;
  return {
    ...rest,
    // Each key was given the content of its own kind.
    sections: Object.fromEntries(SECTION_KEYS.map((key) => [key, section(key)])) as unknown as WorksheetSections,
    evidence: brought.evidence.map((one: EvidenceLink<SectionKey>) => ({
      ...one,
      itemId: one.itemId === null ? null : nameOf(one.itemId),
    })),
    // The key of a warning names the item that it is about.
    ...(warningReasons && {
      warningReasons: warningReasons.map((one) => ({ ...one, key: one.key.split(":").map(nameOf).join(":") })),
    }),
  };
}
