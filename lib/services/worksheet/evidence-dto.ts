import type { EvidenceDto } from "@/lib/contracts/evidence";
import type { PersonRef } from "@/lib/contracts/section";
import { linkOf, type StoredEvidence } from "@/lib/data/evidence";
import { namesOf, personRef } from "@/lib/data/people";
import type { ScopedTx } from "@/lib/db/kinds";
import { daysBetween } from "@/lib/domain/dates";

/** A link of evidence for the page; `now` decides how fresh it is. */
export function evidenceDto(stored: StoredEvidence, names: ReadonlyMap<string, PersonRef>, now: Date): EvidenceDto {
  return {
    ...linkOf(stored),
    version: stored.version,
    addedBy: personRef(names, stored.addedById),
    addedAt: stored.addedAt.toISOString(),
    freshness: freshnessOf(stored.validUntil, now.toISOString().slice(0, 10)),
  };
}

/** The same with its people's names read. */
export async function readEvidenceDto(tx: ScopedTx, stored: StoredEvidence): Promise<EvidenceDto> {
  return evidenceDto(stored, await namesOf(tx, [stored.addedById]), tx.now);
}

function freshnessOf(validUntil: string | null, today: string): EvidenceDto["freshness"] {
  if (validUntil === null) return "fresh";
  const left = daysBetween(today, validUntil);
  return left < 0 ? "expired" : left <= 30 ? "expiring" : "fresh";
}
