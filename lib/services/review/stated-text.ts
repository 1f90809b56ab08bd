import type { FrozenRevision } from "@/lib/data/revisions";
import type { ScopedTx } from "@/lib/db/kinds";
import { utf8 } from "@/lib/domain/proof/bytes";
import { reviewDueOf } from "@/lib/domain/records/review";
import { parseSignOff, type SignOffStatement } from "@/lib/domain/sign-off/signed-statement";
import type { SignOffKind } from "@/lib/domain/sign-off/statement";
import type { EvidenceLink, RevisionContent, WorksheetHeader } from "@/lib/domain/worksheet/model";
import { contentNow, type WorksheetMaterial } from "@/lib/services/worksheet/material";
import { digestOf, readIfSealed, readSealed } from "@/lib/services/worksheet/seal";

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
 * the text behind it was changed, what the statement before says of it counts, and failing that what the rows hold.
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
  const now = ofContent(contentNow(material, tx.engagement.catalogueVersion));
  const before = statementBefore(material, revision);
  if (!before) return now;
  const { worksheet, catalogue, evidence } = before;
  return {
    ...now,
    header: { ...now.header, standardVersion: worksheet.standardVersion, requirementNumber: worksheet.requirement },
    catalogueVersion: catalogue.version,
    evidence: evidence.map(({ url = "", collectedOn, ...one }) => ({ ...one, url, collectedOn: collectedOn ?? "" })),
  };
}

function ofContent(content: RevisionContent): StatedText {
  const { kind, catalogueVersion, header, evidence, sections } = content;
  return { ...(kind ? { kind } : {}), catalogueVersion, header, evidence, reviewDue: reviewDueOf(sections) };
}

/** The latest statement over the revision, where it is as it was signed; null for decisions of versions that signed nothing. */
function statementBefore({ signOffs }: WorksheetMaterial, revision: FrozenRevision): SignOffStatement | null {
  const row = signOffs.findLast((one) => one.revisionId === revision.id);
  if (!row?.statement || digestOf(row.statement) !== row.statementSha256) return null;
  const read = parseSignOff(utf8(row.statement));
  return read.ok && read.value.worksheet.sha256 === revision.digest ? read.value : null;
}
