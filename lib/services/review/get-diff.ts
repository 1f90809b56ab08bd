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
import { recordView } from "@/lib/services/review/record-view";
import { contentNow, requireMaterial, type WorksheetMaterial } from "@/lib/services/worksheet/material";
import { openRevisions, revisionContent, seesDraft } from "@/lib/services/worksheet/shown-content";

/** A difference and the texts that it is between; `draft` is what the entity is writing now. */
export interface WorksheetDiffDto extends RevisionDiff {
  readonly from: number;
  readonly to: number | "draft";
}

/** Words that may differ until a text counts as written anew: looking for what two unlike texts share is quadratic. */
const MOST_EDITS = 400;
/** How long the word-by-word comparisons of one difference may take together (milliseconds). */
const PATIENCE = 1_000;

/** Compares word by word while there is patience; what is too unlike is shown as the old text and then the new one. */
function patientWords(): WordDiffer {
  const end = performance.now() + PATIENCE;
  return (before, after) => {
    const timeout = Math.max(0, end - performance.now());
    const parts = timeout > 0 ? diffWordsWithSpace(before, after, { maxEditLength: MOST_EDITS, timeout }) : undefined;
    if (!parts)
      return [{ kind: "removed", text: before } as const, { kind: "added", text: after } as const].filter(
        ({ text }) => text !== "",
      );
    return parts.map(({ value, added, removed }) => ({
      kind: added ? "added" : removed ? "removed" : "same",
      text: value,
    }));
  };
}

/**
 * What changed between two texts of a worksheet that the person may see, by default since the revision that was
 * reviewed last. Reading a submitted revision as the other company is an event, in a difference too. @throws Failure not_found when there is no such text, or nothing earlier to compare with
 */
export async function getDiff(
  context: ServiceContext,
  worksheetId: string,
  query: DiffQuery,
): Promise<WorksheetDiffDto> {
  const { from, to, before, after } = await readScope(context, "worksheet.read", { worksheetId }, async (tx, grant) => {
    const { view } = grant.permission;
    const material = await requireMaterial(tx, worksheetId);
    const open = openRevisions(view, material);
    const to = query.to ?? open.at(-1)?.number ?? "draft";
    const from =
      query.from ?? open.filter((one) => one.reviewedAt !== null && (to === "draft" || one.number < to)).at(-1)?.number;
    if (from === undefined) throw notFound();
    const before = await contentOf(tx, view, material, from);
    const after = await contentOf(tx, view, material, to);
    return { from, to, before, after };
  });
  for (const shown of [from, to]) if (shown !== "draft") await recordView(context, worksheetId, shown);
  return { from, to, ...diffRevisions(before, after, patientWords()) };
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
