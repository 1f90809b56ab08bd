import type { ScopeItem } from "@/lib/domain/worksheet/model";

/** As many names as one line of a printed head takes. */
const MOST = 6;

/** One line on what a worksheet covers, such as `bg-01, bg-02 and 3 more`; empty when nothing was listed. */
export function scopeLine(items: readonly ScopeItem[]): string {
  const names = items.map((item) => item.name.trim()).filter((name) => name !== "");
  const rest = names.length - MOST;
  return rest > 1 ? `${names.slice(0, MOST).join(", ")} and ${rest} more` : names.join(", ");
}
