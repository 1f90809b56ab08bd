-- As 0049 has it, but what is stored of an engagement's bytes is looked at once and not for each document, and a value that is
-- missing stays a place in what the marks are made of, so that two standings never have one mark.
CREATE OR REPLACE FUNCTION workbook_figures(p_ids uuid[])
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
          'mark', encode(sha256(convert_to(jsonb_build_array(to_jsonb(w),
            -- Asked once for the engagement, as nothing in it is of the document's own row.
            (SELECT encode(sha256(convert_to(
                jsonb_agg(jsonb_build_array(b.sha256, b.scan, b.damaged_at, b.removed_at) ORDER BY b.sha256)::text, 'UTF8')), 'hex')
              FROM blob b WHERE b.engagement_id = wanted),
            (SELECT jsonb_agg(to_jsonb(s) ORDER BY s.id) FROM section s WHERE s.engagement_id = wanted AND s.worksheet_id = w.id),
            (SELECT jsonb_agg(to_jsonb(e) ORDER BY e.id) FROM evidence e WHERE e.engagement_id = wanted AND e.worksheet_id = w.id),
            (SELECT jsonb_agg(to_jsonb(f) ORDER BY f.id) FROM evidence_file f WHERE f.engagement_id = wanted AND f.worksheet_id = w.id),
            (SELECT jsonb_agg(to_jsonb(r) ORDER BY r.id) FROM revision r WHERE r.engagement_id = wanted AND r.worksheet_id = w.id),
            (SELECT jsonb_agg(to_jsonb(o) ORDER BY o.id) FROM sign_off o WHERE o.engagement_id = wanted AND o.worksheet_id = w.id)
          )::text, 'UTF8')), 'hex'))), '[]')
        FROM worksheet w
        WHERE w.engagement_id = wanted AND EXISTS (
          SELECT FROM sign_off o WHERE o.engagement_id = wanted AND o.worksheet_id = w.id AND o.kind = 'signed'));
  END LOOP;
  PERFORM set_config('countervail.engagement_id', coalesce(before, ''), true);
END $$;
