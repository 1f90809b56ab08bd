import type { PublicTx } from "@/lib/db/kinds";

/** The id of the newest catalogue version, or null while none is loaded. */
export async function currentVersionId(tx: PublicTx): Promise<string | null> {
  const row = await tx.db.catalogueVersion.findFirst({ orderBy: { id: "desc" }, select: { id: true } });
  return row?.id ?? null;
}
