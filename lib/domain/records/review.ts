import { daysBetween } from "@/lib/domain/dates";
import { APPROVAL_PART } from "@/lib/domain/records/keys";
import { recordField } from "@/lib/domain/records/model";
import type { PartContents } from "@/lib/domain/worksheet/model";

/** The day by which a record is to be judged anew; null while none is set, and for a worksheet, which has no such part. */
export function reviewDueOf(sections: PartContents): string | null {
  return recordField(sections[APPROVAL_PART]?.items, "nextReview") || null;
}

/** Within how many days before its review a record asks for it. */
const SOON = 30;

/** How a day of review stands to today: `near` within a month before it, `past` once it has gone by. */
export function reviewStanding(day: string, today: string): "far" | "near" | "past" {
  if (day < today) return "past";
  return daysBetween(today, day) <= SOON ? "near" : "far";
}
