import { Failure } from "@/lib/contracts/failure";

/** A cursor of the trail is the number of the event after which the page begins. @throws Failure malformed */
export function readCursor(cursor: string | undefined): bigint | null {
  if (cursor === undefined) return null;
  if (!/^\d{1,18}$/.test(cursor)) throw new Failure("malformed", "The cursor is not one that a page gave.");
  return BigInt(cursor);
}
