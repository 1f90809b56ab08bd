import type { ServiceContext } from "@/lib/auth/context";
import { readScope } from "@/lib/auth/scope";
import { notFound } from "@/lib/contracts/failure";
import type { RevisionDto } from "@/lib/contracts/review";
import { namesOf } from "@/lib/data/people";
import { recordView } from "@/lib/services/review/record-view";
import { revisionSummaryDto } from "@/lib/services/worksheet/history-dto";
import { requireMaterial } from "@/lib/services/worksheet/material";
import { openRevisions, revisionContent } from "@/lib/services/worksheet/shown-content";

/** A frozen revision with its content. Seeing it as the other company is an event. @throws Failure not_found */
export async function getRevision(context: ServiceContext, worksheetId: string, number: number): Promise<RevisionDto> {
  const revision = await readScope(context, "worksheet.read", { worksheetId }, async (tx, grant) => {
    const material = await requireMaterial(tx, worksheetId);
    const row = openRevisions(grant.permission.view, material).find((one) => one.number === number);
    const shown = row && (await revisionContent(tx, material, number));
    if (!row || !shown) throw notFound();
    const names = await namesOf(tx, [row.submittedById]);
    return { ...revisionSummaryDto(row, names), content: shown.content };
  });
  await recordView(context, worksheetId, number);
  return revision;
}
