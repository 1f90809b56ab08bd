import type { CarriedOverDto } from "@/lib/contracts/carry-over";
import { findOrigin, type StoredOrigin } from "@/lib/data/origins";
import { catalogueOf } from "@/lib/data/requirements";
import type { ScopedTx } from "@/lib/db/kinds";
import type { View } from "@/lib/domain/access/policy";
import { successorsOf } from "@/lib/domain/catalogue/successors";
import { addedParts } from "@/lib/domain/worksheet/added-parts";
import type { CarriedFrom } from "@/lib/domain/worksheet/legacy-reading";

/** Where a worksheet was carried over from, with what became of references; null for all others. */
export async function carriedFrom(tx: ScopedTx, worksheetId: string): Promise<CarriedFrom | null> {
  const origin = await findOrigin(tx, worksheetId);
  return origin?.kind === "carried_over" ? origin.source : null;
}

/** What carrying a draft over calls for, for those who write it; null for all others. */
export async function carriedOverDto(
  tx: ScopedTx,
  view: View,
  { requirementNumber }: { readonly requirementNumber: string },
  origin: StoredOrigin | null,
): Promise<CarriedOverDto | null> {
  if (origin?.kind !== "carried_over" || view !== "all") return null;
  const { references, requirementNumber: before } = origin.source;
  const places = successorsOf(await catalogueOf(tx, tx.engagement.catalogueVersion), before);
  const changed = places.find(({ number }) => number === requirementNumber)?.changed ?? "";
  const target = { standardVersion: "4.0.1", requirementNumber, changed } as const;
  return { added: addedParts(origin.source, target, references), references };
}
