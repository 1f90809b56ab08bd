import type { ValidityDto } from "@/lib/contracts/review";
import { toDay } from "@/lib/data/days";
import type { ScopedTx } from "@/lib/db/kinds";
import { judgeValidity } from "@/lib/domain/sign-off/validity";
import { contentNow, frozenNow, type WorksheetMaterial } from "@/lib/services/worksheet/material";
import { readSealed, seal } from "@/lib/services/worksheet/seal";

/** Whether the latest signature on a worksheet still holds today; null when nobody ever signed it. */
export function validityOf(material: WorksheetMaterial, tx: ScopedTx): ValidityDto | null {
  const { signed, signOffs, worksheet } = material;
  const signedEvidence = signed ? readSealed(signed.content).evidence : [];
  return judgeValidity({
    decisions: signOffs.map(({ kind, revision, digest, at }) => ({ kind, revision, digest, day: toDay(at) })),
    currentRevision: worksheet.revisionNumber,
    recomputedDigest: signed && digestToday(material, tx),
    evidence: signedEvidence,
    files: signedEvidence
      .flatMap(({ files = [] }) => files)
      .map(({ name, sha256 }) => ({ name, state: material.blobs.get(sha256) ?? "removed" })),
    today: toDay(tx.now),
  });
}

/**
 * The digest of what is stored for the signed revision. While it is the newest, the rows that the page shows count
 * too: a change behind the application's back shows on the signature, whichever copy it hit.
 */
function digestToday(material: WorksheetMaterial, tx: ScopedTx): string {
  const { signed } = material;
  if (!signed) return "";
  const frozen = seal(readSealed(signed.content)).digest;
  if (frozen !== signed.digest || frozenNow(material)?.id !== signed.id) return frozen;
  return seal(contentNow(material, tx.engagement.catalogueVersion)).digest;
}
