import type { ScopedTx } from "@/lib/db/kinds";
import type { ExportFacts } from "@/lib/domain/export/estimate";
import { LARGEST_FILE } from "@/lib/domain/pack/limits";

type Counted = Omit<ExportFacts, "rows" | "worksheets" | "packedFiles" | "fileBytes" | "logoBytes">;

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

/** What a pack has in it of some worksheets. */
export interface PackedCounts {
  /** Revisions that were decided on, and the signed decisions. */
  readonly revisions: number;
  readonly decisions: number;
  /** Files of evidence that these revisions name, each once, as far as they are stored, and their bytes. */
  readonly files: number;
  readonly fileBytes: number;
}

/**
 * Counts what a pack has in it by the revisions themselves, as packs are made: of drafts there is nothing in it. A text that
 * was changed in the database may be no JSON any more, and no pack is made of it.
 */
export async function countPacked(tx: ScopedTx, ids: readonly string[]): Promise<PackedCounts> {
  const engagementId = tx.engagement.id;
  const wanted = [...ids];
  const [row] = await tx.db.$queryRaw<Record<keyof PackedCounts, bigint | null>[]>`
    WITH decided AS (SELECT revision_id FROM sign_off WHERE engagement_id = ${engagementId}::uuid
        AND worksheet_id = ANY (${wanted}::uuid[]) AND statement_sha256 IS NOT NULL),
      named AS (SELECT DISTINCT file->>'sha256' AS sha256 FROM revision,
          jsonb_path_query(CASE WHEN encode(sha256(convert_to(content, 'UTF8')), 'hex') = digest THEN content::jsonb END,
            '$.evidence[*].files[*]') AS file
        WHERE engagement_id = ${engagementId}::uuid AND id IN (SELECT revision_id FROM decided)),
      packed AS (SELECT size FROM blob JOIN named USING (sha256)
        WHERE engagement_id = ${engagementId}::uuid AND removed_at IS NULL AND size <= ${LARGEST_FILE})
    SELECT (SELECT count(DISTINCT revision_id) FROM decided) AS revisions, (SELECT count(*) FROM decided) AS decisions,
      (SELECT count(*) FROM packed) AS files, (SELECT sum(size) FROM packed) AS "fileBytes"`;
  const of = (name: keyof PackedCounts) => Number(row?.[name] ?? 0);
  return { revisions: of("revisions"), decisions: of("decisions"), files: of("files"), fileBytes: of("fileBytes") };
}
