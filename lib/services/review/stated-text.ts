import type { FrozenRevision } from "@/lib/data/revisions";
import type { ScopedTx } from "@/lib/db/kinds";
import { reviewDueOf } from "@/lib/domain/records/review";
import type { SignOffKind } from "@/lib/domain/sign-off/statement";
import type { EvidenceLink, RevisionContent, WorksheetHeader } from "@/lib/domain/worksheet/model";
import { contentNow, type WorksheetMaterial } from "@/lib/services/worksheet/material";
import { readIfSealed, readSealed, seal } from "@/lib/services/worksheet/seal";

/** What a statement takes from the text that it is about. */
export interface StatedText extends Pick<RevisionContent, "kind" | "catalogueVersion"> {
  readonly header: Pick<WorksheetHeader, "standardVersion" | "requirementNumber" | "entityName">;
  readonly evidence: readonly Pick<EvidenceLink, "id" | "title" | "url" | "collectedOn" | "validUntil" | "files">[];
  /** The day by which the text itself wants to be reviewed; null where it names none. */
  readonly reviewDue: string | null;
}

/** What follows an earlier statement and judges no text: it can be made where the text was changed in the database. */
const FOLLOWING: readonly SignOffKind[] = ["revoked", "reopened"];

/**
 * The text that a statement on a revision speaks of. Who takes back a signature, or reopens, says it of the digest: where
 * the text behind it was changed, the rows stand for it as far as they have that digest. Failing that the statement names
 * no evidence, for nothing vouches for any.
 * @throws Failure text_damaged for what judges the text
 */
export function statedText(
  tx: ScopedTx,
  material: WorksheetMaterial,
  revision: FrozenRevision,
  kind: SignOffKind,
): StatedText {
  if (!FOLLOWING.includes(kind)) return ofContent(readSealed(revision, material.worksheet));
  const content = readIfSealed(revision, material.worksheet.kind);
  if (content) return ofContent(content);
  const rows = contentNow(material, tx.engagement.catalogueVersion);
  const now = ofContent(rows);
  return seal(rows).digest === revision.digest ? now : { ...now, evidence: [] };
}

function ofContent(content: RevisionContent): StatedText {
  const { kind, catalogueVersion, header, evidence, sections } = content;
  return { ...(kind ? { kind } : {}), catalogueVersion, header, evidence, reviewDue: reviewDueOf(sections) };
}
