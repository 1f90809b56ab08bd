import type { CarriedOverDto } from "@/lib/contracts/carry-over";
import { findOrigin } from "@/lib/data/origins";
import { catalogueOf } from "@/lib/data/requirements";
import type { ScopedTx } from "@/lib/db/kinds";
import { successorsOf } from "@/lib/domain/catalogue/successors";
import { addedParts } from "@/lib/domain/worksheet/added-parts";
import type { CarriedFrom } from "@/lib/domain/worksheet/legacy-reading";

/** Where a worksheet was carried over from, with what became of references; null for all others. */
export async function carriedFrom(tx: ScopedTx, worksheetId: string): Promise<CarriedFrom | null> {
  const origin = await findOrigin(tx, worksheetId);
  return origin?.kind === "carried_over" ? origin.source : null;
}

/** Where a draft was carried over from and what that calls for, for those who write it; null for all others. */
export async function carriedOverDto(
  tx: ScopedTx,
  { id, requirementNumber }: { readonly id: string; readonly requirementNumber: string },
): Promise<CarriedOverDto | null> {
  const origin = await findOrigin(tx, id);
  if (origin?.kind !== "carried_over") return null;
  const { references, standardVersion: _version, ...from } = origin.source;
  const places = successorsOf(await catalogueOf(tx, tx.engagement.catalogueVersion), from.requirementNumber);
  const changed = places.find(({ number }) => number === requirementNumber)?.changed ?? "";
  const target = { standardVersion: "4.0.1", requirementNumber, changed } as const;
  return {
    from,
    added: addedParts(from, target, references),
    references,
    answers: origin.answers,
  };
}
