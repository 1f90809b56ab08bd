import type { ServiceContext } from "@/lib/auth/context";
import { changeScope, type Grant, readOneInstant } from "@/lib/auth/scope";
import type { ReferenceOf } from "@/lib/auth/targets";
import type { ScopedTx } from "@/lib/db/kinds";

/**
 * Reads what goes into one file, all of one instant, and has it recorded that somebody takes it out: before the file is
 * made, since an export that nobody knows of cannot happen, and in a transaction of its own, since events are appended to
 * what the trail has come to meanwhile.
 * @throws Failure not_found, forbidden; as the reading does
 */
export async function takeOut<A extends "worksheet.export" | "workbook.export", T>(
  context: ServiceContext,
  action: A,
  reference: ReferenceOf<A>,
  read: (tx: ScopedTx, grant: Grant) => Promise<T>,
  record: (tx: ScopedTx, found: T) => void,
): Promise<T> {
  const found = await readOneInstant(context, action, reference, read);
  await changeScope(context, action, reference, "none", async (tx) => record(tx, found));
  return found;
}
