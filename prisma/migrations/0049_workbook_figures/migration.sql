-- How far the workbooks of several engagements are, for the list of them, by one call instead of one workbook after the
-- other. The function runs as whoever calls it and goes from engagement to engagement: within each, row-level security
-- shows what it shows inside that engagement alone, and one in which the acting person has no role is passed over.
--
-- `lines` counts the rows of the workbook that are alike: what was chosen, and how the documents of the row stand, by kind.
-- `loose` names the requirement of a row that the scope brought and nobody has touched, which counts while it is triggered.
-- `signed` names the documents that were ever signed. `mark` is a digest over all rows that the validity of a signature
-- is derived from: as long as it is the same, on the same day, so is the validity.
CREATE FUNCTION workbook_figures(p_ids uuid[])
RETURNS TABLE (engagement_id uuid, answers jsonb, lines jsonb, signed jsonb) LANGUAGE plpgsql AS $$
DECLARE
  before text := current_setting('countervail.engagement_id', true);
  wanted uuid;
BEGIN
  FOREACH wanted IN ARRAY p_ids LOOP
    PERFORM set_config('countervail.engagement_id', wanted::text, true);
    CONTINUE WHEN NOT EXISTS (SELECT FROM engagement_member m WHERE m.engagement_id = wanted AND m.user_id = acting_user());
    RETURN QUERY SELECT wanted,
      (SELECT a.answers FROM scope_answer a WHERE a.engagement_id = wanted),
      (SELECT coalesce(jsonb_agg(to_jsonb(alike)), '[]') FROM (
        SELECT one.disposition, one.documents, one.loose, count(*) AS count FROM (
          SELECT d.disposition, coalesce(w.documents, '{}') AS documents,
            CASE WHEN d.source <> 'added' AND d.version = 1 AND w.documents IS NULL THEN d.requirement_number END AS loose
          FROM disposition d LEFT JOIN (
            SELECT s.disposition_id, jsonb_object_agg(s.kind, s.state) AS documents FROM worksheet s
            WHERE s.engagement_id = wanted GROUP BY s.disposition_id) w ON w.disposition_id = d.id
          WHERE d.engagement_id = wanted) one
        GROUP BY one.disposition, one.documents, one.loose) alike),
      (SELECT coalesce(jsonb_agg(jsonb_build_object('worksheetId', w.id, 'rowId', w.disposition_id,
          'mark', encode(sha256(convert_to(concat_ws('/', to_jsonb(w)::text, blobs.states,
            (SELECT string_agg(to_jsonb(s)::text, ',' ORDER BY s.id) FROM section s WHERE s.engagement_id = wanted AND s.worksheet_id = w.id),
            (SELECT string_agg(to_jsonb(e)::text, ',' ORDER BY e.id) FROM evidence e WHERE e.engagement_id = wanted AND e.worksheet_id = w.id),
            (SELECT string_agg(to_jsonb(f)::text, ',' ORDER BY f.id) FROM evidence_file f WHERE f.engagement_id = wanted AND f.worksheet_id = w.id),
            (SELECT string_agg(to_jsonb(r)::text, ',' ORDER BY r.id) FROM revision r WHERE r.engagement_id = wanted AND r.worksheet_id = w.id),
            (SELECT string_agg(to_jsonb(o)::text, ',' ORDER BY o.id) FROM sign_off o WHERE o.engagement_id = wanted AND o.worksheet_id = w.id)
          ), 'UTF8')), 'hex'))), '[]')
        FROM worksheet w CROSS JOIN (
          SELECT string_agg(concat_ws(' ', b.sha256, b.scan, b.damaged_at, b.removed_at), ',' ORDER BY b.sha256) AS states
          FROM blob b WHERE b.engagement_id = wanted) blobs
        WHERE w.engagement_id = wanted AND EXISTS (
          SELECT FROM sign_off o WHERE o.engagement_id = wanted AND o.worksheet_id = w.id AND o.kind = 'signed'));
  END LOOP;
  PERFORM set_config('countervail.engagement_id', coalesce(before, ''), true);
END $$;
REVOKE ALL ON FUNCTION workbook_figures(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION workbook_figures(uuid[]) TO countervail_scoped;
