import type { SaveState } from "@/components/worksheet/saving/save-state";
import { isSame } from "@/lib/domain/same";

/** How saving stands, for one section or the whole page, the most pressing first. */
export const SAVE_STATUSES = [
  "clash",
  "closed",
  "refused",
  "offline",
  "unavailable",
  "saving",
  "unsaved",
  "saved",
] as const;
export type SaveStatus = (typeof SAVE_STATUSES)[number];

/** How one section stands. */
export function saveStatus<C>(state: SaveState<C>): SaveStatus {
  if (state.trouble) return state.trouble.kind;
  if (state.flying) return "saving";
  return state.attempt || !isSame(state.content, state.base.content) ? "unsaved" : "saved";
}

/** How the page stands: the most pressing of its sections, and the ISO instant of the newest save. */
export function summariseSaves<C>(states: readonly SaveState<C>[]): {
  readonly status: SaveStatus;
  readonly savedAt: string | null;
} {
  const found = new Set(states.map(saveStatus));
  const written = states.filter(({ base }) => base.version > 0).map(({ base }) => base.savedAt);
  return {
    status: SAVE_STATUSES.find((status) => found.has(status)) ?? "saved",
    savedAt: written.toSorted().at(-1) ?? null,
  };
}
