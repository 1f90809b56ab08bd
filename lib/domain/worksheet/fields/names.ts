import type {
  Control,
  ControlTest,
  MaintenanceTask,
  Risk,
  ScopeItem,
  SectionItems,
} from "@/lib/domain/worksheet/model";
import type { SectionKey } from "@/lib/domain/worksheet/sections";

/** What helps to fill one field. All words and examples are ours; the company in them is invented. */
export interface FieldGuidance {
  readonly asks: string;
  readonly criticised: string;
  readonly good: string;
  readonly poor: string;
  /** Keys of `FIELD_SOURCES`. */
  readonly sources: readonly FieldSource[];
}

/** What the guidance of fields is after. */
export const FIELD_SOURCES = {
  appendixC: "PCI DSS v4.0.1 and v3.2.1, Appendix C",
  appendixB: "PCI DSS v4.0.1, Appendix B",
  criticism: "https://www.compassitc.com/blog/pci-dss-compensating-controls-when-how-to-use-them",
  boilerplate: "https://new.mastcgroup.com/insights/pci-dss-v4-customised-approach",
  practice: "Assessors' practice; no single authority",
} as const;
export type FieldSource = keyof typeof FIELD_SOURCES;

/** Kinds of items, by the words of their fields' names. */
interface ItemKinds {
  readonly scope: ScopeItem;
  readonly control: Control;
  readonly risk: Risk;
  readonly test: ControlTest;
  readonly task: MaintenanceTask;
}

/** What people do not fill: it is made with the item, or names the shared control that it is. */
type Made = "id" | "label" | "recordId";
type ListOf<K extends SectionKey> = {
  [F in keyof SectionItems[K]]: SectionItems[K][F] extends string ? never : F;
}[keyof SectionItems[K]];
type FieldsOf<Kind extends keyof ItemKinds> = `${Kind}.${Exclude<keyof ItemKinds[Kind], Made> & string}`;
type SingleFieldsOf<K extends SectionKey> = `${K}.${Exclude<keyof SectionItems[K], ListOf<K>> & string}`;

/** The fields of one kind of item. */
export type ItemField<Kind extends keyof ItemKinds> = { [K in Kind]: FieldsOf<K> }[Kind];
/** The fields of a section that belong to no item. */
export type SingleField<Key extends SectionKey> = { [K in Key]: SingleFieldsOf<K> }[Key];
/** Every field of a worksheet beside its narratives and its answers to the criteria. */
export type FieldName = ItemField<keyof ItemKinds> | SingleField<SectionKey>;

/** The last part of a field's name: what the model calls it. */
export function modelField(name: FieldName): string {
  return name.slice(name.indexOf(".") + 1);
}
