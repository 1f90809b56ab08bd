import type { EvidenceDto } from "@/lib/contracts/evidence";
import type { PersonRef } from "@/lib/contracts/section";
import { toDay } from "@/lib/data/days";
import { linkOf, type StoredEvidence } from "@/lib/data/evidence";
import { namesOf, personRef } from "@/lib/data/people";
import type { ScopedTx } from "@/lib/db/kinds";
import { freshnessOf } from "@/lib/domain/evidence/freshness";

/** Everybody whom a piece of evidence names. */
export function peopleOfEvidence({ addedById, files }: StoredEvidence): string[] {
  return [addedById, ...files.map(({ uploadedById }) => uploadedById)];
}

/** A piece of evidence for the page; `now` decides how fresh it is. */
export function evidenceDto(stored: StoredEvidence, names: ReadonlyMap<string, PersonRef>, now: Date): EvidenceDto {
  return {
    ...linkOf(stored),
    files: stored.files.map(({ id, name, size, type, sha256, blob, uploadedById, uploadedAt }) => ({
      ...{ id, name, size, type, sha256, state: blob.state },
      uploadedBy: personRef(names, uploadedById),
      uploadedAt: uploadedAt.toISOString(),
    })),
    controlRecordId: stored.controlRecordId,
    linkCheck: stored.link && { at: stored.link.at.toISOString(), outcome: stored.link.outcome },
    version: stored.version,
    addedBy: personRef(names, stored.addedById),
    addedAt: stored.addedAt.toISOString(),
    freshness: freshnessOf(stored.validUntil, toDay(now)),
  };
}

/** The same with its people's names read. */
export async function readEvidenceDto(tx: ScopedTx, stored: StoredEvidence): Promise<EvidenceDto> {
  return evidenceDto(stored, await namesOf(tx, peopleOfEvidence(stored)), tx.now);
}
