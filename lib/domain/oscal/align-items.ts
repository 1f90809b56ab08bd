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
type CcwItem = ScopeItem | Control | Risk | ControlTest | MaintenanceTask;
/** The ids of items in the plan that are called otherwise where it is taken in. */
type Names = ReadonlyMap<string, string>;

/** Controls first: risks and tests name them. */
const ORDER = ["definition", ...SECTION_KEYS.filter((key) => key !== "definition")] as const;

/**
 * Gives the items of a plan's worksheet the ids of those that stand and are the same ones: by their id, otherwise by what
 * they say, otherwise by what people call them, in order. So a control that was written anew elsewhere is shown as a changed
 * one, and evidence stays with what it shows. What came from the register is found by its id or its words alone.
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

/** A worksheet's sections hold no items of records. */
function itemsIn<K extends SectionKey>(key: K, content: SectionContent<K>): readonly CcwItem[] {
  return takeApart(key, content).items as readonly CcwItem[];
}

function pairs(brought: readonly CcwItem[], there: readonly CcwItem[], names: Names, taken: ReadonlySet<string>) {
  const known = new Set<string>(there.map(({ id }) => id));
  const left = there.filter(({ id }) => !taken.has(id));
  const ways: readonly ((item: CcwItem, other: CcwItem) => boolean)[] = [
    (item, other) => isSame(words(item, names), words(other, new Map())),
    (item, other) => !("recordId" in other && other.recordId !== undefined) && called(item) === called(other),
  ];
  const found = new Map<string, string>();
  for (const isOne of ways) {
    for (const item of brought) {
      if (known.has(item.id) || found.has(item.id)) continue;
      const index = left.findIndex((other) => isOne(item, other));
      const [other] = index < 0 ? [] : left.splice(index, 1);
      if (other) found.set(item.id, other.id);
    }
  }
  return found;
}

/** What an item says: neither its id nor where it came from. */
function words(item: CcwItem, names: Names): object {
  const { id: _, recordId: __, ...said } = item as CcwItem & { readonly recordId?: string };
  if (!("controlIds" in said)) return said;
  return { ...said, controlIds: said.controlIds.map((id) => names.get(id) ?? id).sort() };
}

function called(item: CcwItem): string {
  if ("label" in item) return item.label;
  return "name" in item ? item.name : "";
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
