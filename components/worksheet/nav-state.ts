import type { PartProgress } from "@/components/carry-over/carried-parts";
import type { Blocker } from "@/lib/contracts/problem";
import type { PartContents } from "@/lib/domain/worksheet/model";
import { hasContent } from "@/lib/domain/worksheet/section-content";
import { hasText, type PartKey } from "@/lib/domain/worksheet/sections";

/** How a part of the worksheet stands in the list of its parts. Only `filled` has a tick. */
export type NavState = "empty" | "open" | "anew" | "unchecked" | "filled" | "blocked";

/** What was carried over has content from the beginning, so that content alone says nothing. */
const AS_CARRIED: Readonly<Record<PartProgress, NavState>> = { open: "anew", unknown: "unchecked", done: "filled" };

/**
 * How a part stands: an empty section stops a submission too, but says no more than that it is empty.
 * @param progress how far the part is in what carrying over asks of it
 */
export function navState(
  worksheet: {
    readonly sections: PartContents;
    readonly criteriaAnswered: boolean;
    readonly blockers: readonly Blocker[];
  },
  key: PartKey,
  progress: PartProgress,
): NavState {
  if (!hasText(key)) return worksheet.criteriaAnswered ? AS_CARRIED[progress] : "open";
  if (!hasContent(worksheet.sections, key)) return "empty";
  return worksheet.blockers.some(({ section }) => section === key) ? "blocked" : AS_CARRIED[progress];
}
