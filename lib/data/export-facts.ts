import type { ScopedTx } from "@/lib/db/kinds";
import type { ExportFacts } from "@/lib/domain/export/estimate";

type Counted = Omit<ExportFacts, "rows" | "worksheets" | "fileBytes" | "logoBytes">;

/** Counts and lengths of what is printed of some worksheets of the engagement, by one query; drafts are taken as they stand. */
export async function countPrinted(tx: ScopedTx, ids: readonly string[]): Promise<Counted> {
  const engagementId = tx.engagement.id;
  const wanted = [...ids];
  const [row] = await tx.db.$queryRaw<Record<keyof Counted, bigint | number | null>[]>`
    SELECT
      (SELECT sum(length(narrative::text) + length(items::text)) FROM section
        WHERE engagement_id = ${engagementId}::uuid AND worksheet_id = ANY (${wanted}::uuid[])) AS characters,
      (SELECT count(*) FROM evidence WHERE engagement_id = ${engagementId}::uuid
        AND worksheet_id = ANY (${wanted}::uuid[]) AND removed_at IS NULL) AS evidence,
      c.comments, c."commentCharacters",
      (SELECT count(*) FROM sign_off WHERE engagement_id = ${engagementId}::uuid
        AND worksheet_id = ANY (${wanted}::uuid[])) AS decisions,
      (SELECT count(*) FROM worksheet_transition WHERE engagement_id = ${engagementId}::uuid
        AND worksheet_id = ANY (${wanted}::uuid[])) AS moves
    FROM (SELECT count(*) AS comments, sum(length(comment.body)) AS "commentCharacters"
      FROM comment JOIN thread ON thread.id = comment.thread_id
      WHERE thread.engagement_id = ${engagementId}::uuid AND thread.worksheet_id = ANY (${wanted}::uuid[])
        AND thread.visibility = 'shared') c`;
  const of = (name: keyof Counted) => Number(row?.[name] ?? 0);
  return {
    characters: of("characters"),
    evidence: of("evidence"),
    comments: of("comments"),
    commentCharacters: of("commentCharacters"),
    decisions: of("decisions"),
    moves: of("moves"),
  };
}

/** How many revisions of the engagement were decided on, and the bytes of the files of evidence that worksheets have. */
export async function countPacked(
  tx: ScopedTx,
  ids: readonly string[],
): Promise<{ readonly revisions: number; readonly fileBytes: number }> {
  const engagementId = tx.engagement.id;
  const wanted = [...ids];
  const [row] = await tx.db.$queryRaw<{ revisions: bigint | null; bytes: bigint | null }[]>`
    SELECT
      (SELECT count(DISTINCT revision_id) FROM sign_off WHERE engagement_id = ${engagementId}::uuid
        AND worksheet_id = ANY (${wanted}::uuid[])) AS revisions,
      (SELECT sum(size) FROM blob WHERE engagement_id = ${engagementId}::uuid AND removed_at IS NULL AND id IN (
        SELECT blob_id FROM evidence_file WHERE engagement_id = ${engagementId}::uuid
          AND worksheet_id = ANY (${wanted}::uuid[]) AND removed_at IS NULL)) AS bytes`;
  return { revisions: Number(row?.revisions ?? 0), fileBytes: Number(row?.bytes ?? 0) };
}
