import type { ValidityDto } from "@/lib/contracts/review";
import { toDay } from "@/lib/data/days";
import type { ScopedTx } from "@/lib/db/kinds";
import { reviewDueOf } from "@/lib/domain/records/review";
import type { SignOffStatement } from "@/lib/domain/sign-off/signed-statement";
import { judgeValidity } from "@/lib/domain/sign-off/validity";
import { contentNow, type DecisionRow, frozenNow, type WorksheetMaterial } from "@/lib/services/worksheet/material";
import { asJson, digestOf, readIfSealed, seal } from "@/lib/services/worksheet/seal";

/** Whether the latest signature on a worksheet still holds today; null when nobody ever signed it. */
export function validityOf(material: WorksheetMaterial, tx: ScopedTx): ValidityDto | null {
  const { signed, signOffs, worksheet } = material;
  const content = signed && readIfSealed(signed, worksheet.kind);
  const signedEvidence = content?.evidence ?? [];
  const judged = judgeValidity({
    decisions: signOffs.map(({ kind, revision, digest, at }) => ({ kind, revision, digest, day: toDay(at) })),
    currentRevision: worksheet.revisionNumber,
    recomputedDigest: content && statementHolds(signOffs) ? digestToday(material, tx) : null,
    evidence: signedEvidence,
    files: signedEvidence
      .flatMap(({ files = [] }) => files)
      .map(({ name, sha256 }) => ({ name, state: material.blobs.get(sha256) ?? "removed" })),
    reviewDue: content ? reviewDueOf(content.sections) : null,
    today: toDay(tx.now),
  });
  const elsewhere = signOffs.findLast(({ kind }) => kind === "signed")?.elsewhere ?? false;
  if (!judged || !elsewhere) return judged && { ...judged, elsewhere };
  return { ...judged, reason: `${judged.reason} It was made on another service.`, elsewhere };
}

/** Whether the statement of the latest signature still is the one that was signed, over that revision. */
function statementHolds(signOffs: readonly DecisionRow[]): boolean {
  const latest = signOffs.findLast(({ kind }) => kind === "signed");
  if (!latest?.statement) return true;
  if (digestOf(latest.statement) !== latest.statementSha256) return false;
  const statement = asJson(latest.statement) as Partial<SignOffStatement> | null;
  return statement?.worksheet?.sha256 === latest.digest;
}

/**
 * The digest of what is stored for the signed revision. While it is the newest, the rows that the page shows count
 * too: a change behind the application's back shows on the signature, whichever copy it hit.
 */
function digestToday(material: WorksheetMaterial, tx: ScopedTx): string {
  const { signed } = material;
  if (!signed) return "";
  // Of the text as it stands: what was changed need not be anything that could be written again.
  const frozen = digestOf(signed.content);
  if (frozen !== signed.digest || frozenNow(material)?.id !== signed.id) return frozen;
  return seal(contentNow(material, tx.engagement.catalogueVersion)).digest;
}
