import { findRevision } from "@/lib/data/revisions";
import type { ScopedTx } from "@/lib/db/kinds";
import type { View } from "@/lib/domain/access/policy";
import type { CcwRevision, RevisionContent } from "@/lib/domain/worksheet/model";
import { contentNow, type DecisionRow, frozenNow, type WorksheetMaterial } from "@/lib/services/worksheet/material";
import { readSealed, seal } from "@/lib/services/worksheet/seal";

/** The content that somebody gets to see, with its digest (SHA-256, hex). */
export interface ShownContent {
  readonly content: RevisionContent;
  readonly digest: string;
  /** Whether it is a frozen revision, and not a draft. */
  readonly frozen: boolean;
}

/** The same of a compensating controls worksheet. */
export interface ShownCcw extends ShownContent {
  readonly content: CcwRevision;
}

/** True for a text of a compensating controls worksheet, and of no record. */
export function isCcwText(shown: ShownContent): shown is ShownCcw {
  return shown.content.kind === undefined;
}

/** The numbers of the revisions whose signature was not taken back. */
export function signedRevisions(signOffs: readonly DecisionRow[]): ReadonlySet<number> {
  const numbers = new Set<number>();
  for (const { kind, revision } of signOffs) {
    if (kind === "signed") numbers.add(revision);
    if (kind === "revoked") numbers.delete(revision);
  }
  return numbers;
}

/** The revisions that a view may open: all that were submitted, or only those whose signature stands. */
export function openRevisions(
  view: View,
  material: Pick<WorksheetMaterial, "revisions" | "signOffs">,
): WorksheetMaterial["revisions"] {
  if (view !== "signed") return material.revisions;
  const signed = signedRevisions(material.signOffs);
  return material.revisions.filter((one) => signed.has(one.number));
}

/** Whether a view may see the stored draft: always, or only while it is what the view's newest revision holds. */
export function seesDraft(view: View, material: WorksheetMaterial): boolean {
  if (view === "all") return true;
  const frozen = frozenNow(material);
  return frozen !== null && openRevisions(view, material).some((one) => one.number === frozen.number);
}

/** Which text of a worksheet a view sees: the draft of a revision, or one that is frozen. */
interface ShownText {
  readonly revision: number;
  readonly frozen: boolean;
}

/** The newest text that a view may see, by its number alone; null when there is none. */
export function shownText(
  view: View,
  material: Pick<WorksheetMaterial, "worksheet" | "revisions" | "signOffs">,
): ShownText | null {
  const { revisionNumber } = material.worksheet;
  const isFrozen = material.revisions.some(({ number }) => number === revisionNumber);
  if (view === "all" && !isFrozen) return { revision: revisionNumber, frozen: false };
  const newest = openRevisions(view, material).at(-1);
  return newest ? { revision: newest.number, frozen: true } : null;
}

/** The newest content that a view may see; null when there is none. @throws Failure text_damaged */
export async function shownContent(
  tx: ScopedTx,
  view: View,
  material: WorksheetMaterial,
): Promise<ShownContent | null> {
  const text = shownText(view, material);
  if (!text) return null;
  if (text.frozen) return revisionContent(tx, material, text.revision);
  const content = contentNow(material, tx.engagement.catalogueVersion);
  return { content, digest: seal(content).digest, frozen: false };
}

/** The revision with the number, as far as the view may open it, or without a number the newest content; null when there is none. @throws Failure text_damaged */
export async function chosenContent(
  tx: ScopedTx,
  view: View,
  material: WorksheetMaterial,
  number: number | undefined,
): Promise<ShownContent | null> {
  if (number === undefined) return shownContent(tx, view, material);
  const allowed = openRevisions(view, material).some((one) => one.number === number);
  return allowed ? revisionContent(tx, material, number) : null;
}

/** A frozen revision's content, or null. @throws Failure text_damaged */
export async function revisionContent(
  tx: ScopedTx,
  material: WorksheetMaterial,
  number: number,
): Promise<ShownContent | null> {
  const { latest, worksheet } = material;
  const row = latest?.number === number ? latest : await findRevision(tx, worksheet.id, number);
  return row && { content: readSealed(row, worksheet), digest: row.digest, frozen: true };
}
