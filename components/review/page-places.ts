import type { Part, ThreadAnchor } from "@/components/review/anchors";
import { PART_KEYS, type PartKey } from "@/lib/domain/worksheet/sections";

/*
 * The page names its places by attributes: `data-change` on what shows a difference, `data-section` with a section's
 * key, `data-item` with an item's id, `data-thread` on a thread's card with `open` or `resolved`, and
 * `data-comment-on` with the part's name on the button that begins a comment.
 */

/** Height at the top of the window that the frame covers, in pixels, with some air. */
const TOP = 96;

/** A part of the page as attributes name it: a section's key, or `header`. */
export function partName(part: Part): string {
  return part ?? "header";
}

/** One of several places on the page, counted from 0. */
export interface PlaceAmong {
  readonly index: number;
  readonly total: number;
}

/** Moves keyboard focus to the next or previous shown difference, beginning anew at the ends. Null when there is none. */
export function focusChange(direction: 1 | -1): PlaceAmong | null {
  return focusNext("[data-change]", direction);
}

/** Moves keyboard focus to the next or previous open thread in the margin, as `focusChange` does. */
export function focusOpenThread(direction: 1 | -1): PlaceAmong | null {
  return focusNext("[data-thread=open]", direction);
}

/** Moves keyboard focus to an element and shows it in the middle of the window. */
function focusOn(element: HTMLElement): void {
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: "center" });
}

function focusNext(selector: string, direction: 1 | -1): PlaceAmong | null {
  const places = [...document.querySelectorAll<HTMLElement>(selector)].filter((one) => one.offsetParent !== null);
  if (places.length === 0) return null;
  const current = places.findIndex((one) => one.contains(document.activeElement));
  // Without the focus on one of them, the way begins where one reads.
  const above = places.filter((one) => one.getBoundingClientRect().top < TOP).length;
  const from = current === -1 ? (direction === 1 ? above - 1 : above) : current;
  const index = (from + direction + places.length) % places.length;
  const next = places[index];
  if (next) focusOn(next);
  return { index, total: places.length };
}

/** What holds the keyboard focus, item or section; else the section that stands at the top of the window. */
export function currentAnchor(): ThreadAnchor {
  const focused = document.activeElement;
  const item = focused?.closest("[data-item]")?.getAttribute("data-item") ?? null;
  const around = focused?.closest("[data-section]");
  if (around) return { section: keyOf(around), itemId: item };
  const sections = [...document.querySelectorAll("[data-section]")];
  const visible = sections.find((one) => one.getBoundingClientRect().bottom > TOP);
  return { section: visible ? keyOf(visible) : null, itemId: null };
}

function keyOf(element: Element): PartKey | null {
  const value = element.getAttribute("data-section");
  return PART_KEYS.find((key) => key === value) ?? null;
}

/** Gives the focus back after a comment: to where it was begun, or to the button that begins another on the part. */
export function focusAfterComment(begunAt: Element | null, part: Part): void {
  const button = `[data-comment-on=${partName(part)}]`;
  const inSheet = document.querySelector<HTMLElement>(`[role=dialog] ${button}`);
  const before = begunAt instanceof HTMLElement && begunAt.isConnected && begunAt !== document.body ? begunAt : null;
  (inSheet ?? before ?? document.querySelector<HTMLElement>(button))?.focus({ preventScroll: true });
}

/** Leads to the first thread of an item in the margin. */
export function focusThreadOf(itemId: string): void {
  const card = document.querySelector<HTMLElement>(`[data-about="${CSS.escape(itemId)}"] [data-thread]`);
  if (card) focusOn(card);
}
