import type { ServiceContext } from "@/lib/auth/context";
import { readScope } from "@/lib/auth/scope";
import type { EstimateQuery, ExportEstimateDto } from "@/lib/contracts/export";
import { listDispositions } from "@/lib/data/dispositions";
import { countPacked, countPrinted } from "@/lib/data/export-facts";
import { findLogoFacts } from "@/lib/data/organisation-logos";
import { estimateExport } from "@/lib/domain/export/estimate";
import { plannedSheets } from "@/lib/services/export/plan-workbook";

/** About how large an export would be for this person, and how long it would take, before it is asked for. */
export function estimate(
  context: ServiceContext,
  engagementId: string,
  { kind, paper, conformance }: EstimateQuery,
): Promise<ExportEstimateDto> {
  return readScope(context, "workbook.export", { engagementId }, async (tx, grant) => {
    const ids = (await plannedSheets(tx, grant)).map(({ id }) => id);
    const printed = await countPrinted(tx, ids);
    const { logo } = await findLogoFacts(tx, tx.engagement.organisationId);
    const packed = kind === "pack" ? await countPacked(tx, ids) : null;
    const share = packed ? packed.revisions / Math.max(1, ids.length) : 1;
    const facts = {
      ...printed,
      // Of worksheets without a decision a pack has nothing, and of others each revision that was decided on.
      characters: Math.round(printed.characters * share),
      rows: (await listDispositions(tx)).length,
      worksheets: packed ? packed.revisions : ids.length,
      decisions: packed ? packed.decisions : printed.decisions,
      packedFiles: packed?.files ?? 0,
      fileBytes: packed?.fileBytes ?? 0,
      logoBytes: logo?.size ?? 0,
    };
    const made = estimateExport(facts, { kind, paper, carries: conformance === "PDF/A-3a" });
    return { ...made, worksheets: facts.worksheets };
  });
}
