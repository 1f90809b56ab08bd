import { IconAlertTriangle, IconEye, IconRefresh, IconShield, type TablerIcon } from "@tabler/icons-react";
import type { Tone } from "@/components/frame/palette";
import type { ControlRecordDto } from "@/lib/contracts/controls";
import { NATURE_WORDS } from "@/lib/domain/worksheet/item-words";
import { CONTROL_NATURES, type ControlNature } from "@/lib/domain/worksheet/model";

/** How a control works, with the icon that stands beside the word. */
export const NATURE_LOOKS: Readonly<
  Record<ControlNature, { readonly word: string; readonly tone: Tone; readonly icon: TablerIcon }>
> = {
  preventive: { word: NATURE_WORDS.preventive, tone: "petrol", icon: IconShield },
  detective: { word: NATURE_WORDS.detective, tone: "blue", icon: IconEye },
  corrective: { word: NATURE_WORDS.corrective, tone: "violet", icon: IconRefresh },
};

/** Natures as choices of a filter. */
export const NATURE_OPTIONS = CONTROL_NATURES.map((value) => ({ value, label: NATURE_WORDS[value] }));

/** How a worksheet's use looks that says something else than the register. */
export const BEHIND_LOOK = { word: "As it was", tone: "yellow", icon: IconAlertTriangle } as const;

/** The register's filters as the address keeps them; `control` is the one that is open. */
export const REGISTER_FILTERS = { q: "", nature: "", use: "", sort: "" };
type RegisterFilters = typeof REGISTER_FILTERS;

/** Choices of the filter by use. */
export const USE_OPTIONS = [
  { value: "shared", label: "In several worksheets" },
  { value: "single", label: "In one worksheet" },
  { value: "unused", label: "In none" },
  { value: "behind", label: "Said otherwise somewhere" },
  { value: "retired", label: "Retired" },
] as const;

/** The controls that fit all filters; retired ones only where they are asked for or still used. */
export function selectControls(items: readonly ControlRecordDto[], filters: RegisterFilters): ControlRecordDto[] {
  const words = filters.q.trim().toLowerCase().split(/\s+/).filter(Boolean);
  return items.filter(
    (item) =>
      words.every((word) => textOf(item).includes(word)) &&
      (filters.nature === "" || item.nature === filters.nature) &&
      (filters.use === "" ? !item.retired || item.uses.length > 0 : isUsed(item, filters.use)),
  );
}

function textOf({ title, description, owner, uses }: ControlRecordDto): string {
  return `${title} ${description} ${owner} ${uses.map((use) => use.requirementNumber).join(" ")}`.toLowerCase();
}

function isUsed({ uses, retired }: ControlRecordDto, use: string): boolean {
  switch (use) {
    case "shared":
      return uses.length > 1;
    case "single":
      return uses.length === 1;
    case "unused":
      return uses.length === 0;
    case "behind":
      return uses.some(({ upToDate }) => !upToDate);
    default:
      return retired;
  }
}
