import { diffWordsWithSpace } from "diff";
import type { ServiceContext } from "@/lib/auth/context";
import { readScope } from "@/lib/auth/scope";
import { notFound } from "@/lib/contracts/failure";
import type { DiffQuery } from "@/lib/contracts/review";
import type { ScopedTx } from "@/lib/db/kinds";
import type { View } from "@/lib/domain/access/policy";
import { diffRevisions, type RevisionDiff } from "@/lib/domain/worksheet/diff";
import type { WordDiffer } from "@/lib/domain/worksheet/diff-narrative";
import type { RevisionContent } from "@/lib/domain/worksheet/model";
import { contentNow, requireMaterial, type WorksheetMaterial } from "@/lib/services/worksheet/material";
import { openRevisions, revisionContent, seesDraft } from "@/lib/services/worksheet/shown-content";

/** A difference and the texts that it is between; `draft` is what the entity is writing now. */
export interface WorksheetDiffDto extends RevisionDiff {
  readonly from: number;
  readonly to: number | "draft";
}

const words: WordDiffer = (before, after) =>
  diffWordsWithSpace(before, after).map(({ value, added, removed }) => ({
    kind: added ? "added" : removed ? "removed" : "same",
    text: value,
  }));

/**
 * What changed between two texts of a worksheet that the person may see, by default since the revision that was
 * reviewed last. @throws Failure not_found when there is no such text, or nothing earlier to compare with
 */
export function getDiff(context: ServiceContext, worksheetId: string, query: DiffQuery): Promise<WorksheetDiffDto> {
  return readScope(context, "worksheet.read", { worksheetId }, async (tx, grant) => {
    const { view } = grant.permission;
    const material = await requireMaterial(tx, worksheetId);
    const open = openRevisions(view, material);
    const to = query.to ?? open.at(-1)?.number ?? "draft";
    const from =
      query.from ?? open.filter((one) => one.reviewedAt !== null && (to === "draft" || one.number < to)).at(-1)?.number;
    if (from === undefined) throw notFound();
    const before = await contentOf(tx, view, material, from);
    const after = await contentOf(tx, view, material, to);
    return { from, to, ...diffRevisions(before, after, words) };
  });
}

async function contentOf(
  tx: ScopedTx,
  view: View,
  material: WorksheetMaterial,
  which: number | "draft",
): Promise<RevisionContent> {
  if (which === "draft") {
    if (!seesDraft(view, material)) throw notFound();
    return contentNow(material, tx.engagement.catalogueVersion);
  }
  const allowed = openRevisions(view, material).some((one) => one.number === which);
  const shown = allowed ? await revisionContent(tx, material, which) : null;
  if (!shown) throw notFound();
  return shown.content;
}
