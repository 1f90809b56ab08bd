import { Failure } from "@/lib/contracts/failure";
import { uuid } from "@/lib/contracts/text";
import type { ListPlace } from "@/lib/data/engagement-list";

/** The cursor of a list of engagements names its last one: the instant that it is sorted by in milliseconds, and its id. */
export function cursorAfter({ at, id }: ListPlace): string {
  return `${at.getTime()}.${id}`;
}

/** Reads a cursor; null without one. @throws Failure malformed */
export function readListCursor(cursor: string | undefined): ListPlace | null {
  if (cursor === undefined) return null;
  const [, at, id] = /^(\d{1,15})\.(.+)$/.exec(cursor) ?? [];
  const parsed = uuid.safeParse(id);
  if (!parsed.success) throw new Failure("malformed", "The cursor is not one that a page gave.");
  return { at: new Date(Number(at)), id: parsed.data };
}
