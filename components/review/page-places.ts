import { SECTION_KEYS, type SectionKey } from "@/lib/domain/worksheet/sections";

/** Attribute of an element that shows a difference. */
export const CHANGE_ATTRIBUTE = "data-change";
/** Attribute of an element that shows a section; its value is the section's key. */
export const SECTION_ATTRIBUTE = "data-section";

/** Height at the top of the window that the frame covers, in pixels, with some air. */
const TOP = 96;

/** Moves keyboard focus to the next or previous shown difference, beginning anew at the ends. Returns its place, or null when there is none. */
export function focusChange(direction: 1 | -1): { readonly index: number; readonly total: number } | null {
  const changes = [...document.querySelectorAll<HTMLElement>(`[${CHANGE_ATTRIBUTE}]`)].filter(
    (one) => one.offsetParent !== null,
  );
  if (changes.length === 0) return null;
  const current = changes.indexOf(document.activeElement as HTMLElement);
  const from = current === -1 ? (direction === 1 ? -1 : 0) : current;
  const index = (from + direction + changes.length) % changes.length;
  const next = changes[index];
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: "center" });
  return { index, total: changes.length };
}

/** The section that holds the keyboard focus, else the one that stands at the top of the window. */
export function currentSection(): SectionKey | null {
  const focused = document.activeElement?.closest(`[${SECTION_ATTRIBUTE}]`);
  if (focused) return keyOf(focused);
  const sections = [...document.querySelectorAll(`[${SECTION_ATTRIBUTE}]`)];
  const visible = sections.find((one) => one.getBoundingClientRect().bottom > TOP);
  return visible ? keyOf(visible) : null;
}

function keyOf(element: Element): SectionKey | null {
  const value = element.getAttribute(SECTION_ATTRIBUTE);
  return SECTION_KEYS.find((key) => key === value) ?? null;
}
