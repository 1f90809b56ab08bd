import type { ExportDto } from "@/lib/contracts/export";
import type { ExportRow } from "@/lib/data/exports";

/** An export as whoever asked for it sees it. */
export function exportDto(row: ExportRow, now: Date): ExportDto {
  const { id, engagementId, kind, paper, conformance, state, step, partsDone, partsTotal, note } = row;
  return {
    ...{ id, engagementId, kind, paper, conformance, state, step, partsDone, partsTotal, note },
    requestedAt: row.requestedAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    file: fileOfExport(row, now),
  };
}

/** The finished file, while there is one to be had. */
export function fileOfExport(row: ExportRow, now: Date): ExportDto["file"] {
  const { state, size, sha256, removesAt, fileName: name } = row;
  if (state !== "done" || size === null || sha256 === null || removesAt === null || removesAt <= now) return null;
  return { name, size, sha256, removesAt: removesAt.toISOString() };
}
