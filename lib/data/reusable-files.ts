import { type StoredFile, toFile } from "@/lib/data/evidence-files";
import type { ScopedTx } from "@/lib/db/kinds";

/** A file of other evidence, with where it is used. */
export interface OtherFile extends StoredFile {
  readonly evidenceTitle: string;
  readonly requirementNumber: string;
}

/** No page shows more, and one finds what was used lately. */
const MOST = 500;

/** The files of an engagement's other evidence that were not taken out, the newest first. */
export async function listOtherFiles(tx: ScopedTx, evidenceId: string): Promise<OtherFile[]> {
  const rows = await tx.db.evidenceFile.findMany({
    where: {
      engagementId: tx.engagement.id,
      evidenceId: { not: evidenceId },
      removedAt: null,
      evidence: { removedAt: null },
    },
    orderBy: [{ uploadedAt: "desc" }, { id: "desc" }],
    take: MOST,
    include: { blob: true, evidence: { select: { title: true, worksheet: { select: { requirementNumber: true } } } } },
  });
  return rows.map((row) => ({
    ...toFile(row),
    evidenceTitle: row.evidence.title,
    requirementNumber: row.evidence.worksheet.requirementNumber,
  }));
}
