-- What the verifier of the trail could not hold against anything (docs/decisions/0021-older-events-are-archived-chain-by-chain.md).

-- ---------------------------------------------------------------- segments

-- When a segment was archived says its signed document, and when it was given up the event about it: beside those a time
-- here could be any. What counts is whether.
DROP TRIGGER audit_segment_only_grows ON audit_segment;
ALTER TABLE audit_segment DROP COLUMN archived_at;
ALTER TABLE audit_segment ALTER COLUMN expired_at TYPE BOOLEAN USING expired_at IS NOT NULL;
ALTER TABLE audit_segment RENAME COLUMN expired_at TO expired;
ALTER TABLE audit_segment ALTER COLUMN expired SET NOT NULL;

CREATE OR REPLACE FUNCTION segment_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NOT OLD.expired AND NEW.expired AND to_jsonb(OLD) - 'expired' = to_jsonb(NEW) - 'expired' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION '% only grows', TG_TABLE_NAME USING ERRCODE = '42501';
END $$;
CREATE TRIGGER audit_segment_only_grows BEFORE UPDATE OR DELETE ON audit_segment FOR EACH ROW EXECUTE FUNCTION segment_stays();

CREATE OR REPLACE FUNCTION audit_archived(p_log text) RETURNS TABLE (archived bigint, expired bigint, at_hand_since timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF audit_may_verify(p_log) IS NOT TRUE THEN
    RAISE EXCEPTION 'this transaction does not verify the chain %', p_log USING ERRCODE = '42501';
  END IF;
  RETURN QUERY SELECT coalesce(max(s.to_seq), 0), coalesce(max(s.to_seq) FILTER (WHERE s.expired), 0),
      (SELECT e.at FROM audit_event e WHERE e.log_id = p_log ORDER BY e.seq LIMIT 1)
    FROM audit_segment s WHERE s.log_id = p_log;
END $$;

-- Which events stay at hand, whole, when their stretch is archived: those that packs of later years prove decisions by,
-- and those that say which segments were given up, and what was lost when data were put back.
CREATE FUNCTION audit_stays_at_hand(p_action text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT p_action IN ('worksheet.signed', 'worksheet.refused', 'worksheet.revoked', 'worksheet.reopened', 'pack.sealed',
    'trail.expired', 'service.gap_recorded')
$$;

-- As before; the signed document says besides which events stay at hand, and when the last of all happened.
CREATE OR REPLACE FUNCTION keeper_archive(p_log text, p_envelope text, p_event text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  told jsonb := convert_from(decode(p_envelope::jsonb->>'payload', 'base64'), 'UTF8')::jsonb;
  event jsonb := p_event::jsonb;
  begins bigint := (told->>'from')::bigint;
  ends bigint := (told->>'to')::bigint;
  rows_of record;
  before bytea;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('countervail-audit:' || p_log, 0));
  SELECT s.last_hash INTO before FROM audit_segment s WHERE s.log_id = p_log AND s.to_seq = begins;
  IF begins = 0 THEN before := sha256(convert_to('COUNTERVAIL-AUDIT-GENESIS:' || p_log, 'UTF8')); END IF;
  IF before IS NULL OR ends <= begins OR ends > begins + 10000
    OR EXISTS (SELECT FROM audit_segment s WHERE s.log_id = p_log AND s.to_seq > begins)
    OR NOT EXISTS (SELECT FROM audit_head h WHERE h.log_id = p_log AND h.size > ends)
    OR NOT EXISTS (SELECT FROM audit_checkpoint c WHERE c.log_id = p_log AND c.size = (told->>'checkpoint')::bigint AND c.size >= ends) THEN
    RAISE EXCEPTION 'the stretch % to % of % cannot be archived', begins, ends, p_log USING ERRCODE = 'CV006';
  END IF;
  SELECT count(*) AS events, max(e.at) AS last_at, min(e.seq) AS lowest, max(e.seq) AS highest,
    bool_and(e.payload !~ E'\n') AS in_lines, string_agg(e.payload || E'\n', '' ORDER BY e.seq) AS content,
    string_agg(e.entry_hash, ''::bytea ORDER BY e.seq) AS entries,
    string_agg(sha256(convert_to(e.payload, 'UTF8')), ''::bytea ORDER BY e.seq) AS payloads,
    coalesce(jsonb_agg(e.seq ORDER BY e.seq) FILTER (WHERE audit_stays_at_hand(e.action)), '[]') AS kept,
    bool_and(e.prev_hash = e.previous AND e.entry_hash = sha256('\x00'::bytea || int8send(e.seq) || e.previous || sha256(convert_to(e.payload, 'UTF8')))) AS chained
  INTO rows_of FROM (
    SELECT y.*, coalesce(lag(y.entry_hash) OVER (ORDER BY y.seq), before) AS previous
    FROM audit_event y WHERE y.log_id = p_log AND y.seq >= begins AND y.seq < ends) AS e;
  IF rows_of.events <> ends - begins OR rows_of.lowest <> begins OR rows_of.highest <> ends - 1 OR NOT rows_of.chained OR NOT rows_of.in_lines
    OR rows_of.last_at >= keeper_cutoff(3)
    OR told->>'chain' IS DISTINCT FROM p_log
    OR told->>'count' IS DISTINCT FROM rows_of.events::text
    OR told->>'prevHash' IS DISTINCT FROM encode(before, 'hex')
    OR told->>'lastHash' IS DISTINCT FROM encode(substring(rows_of.entries FROM length(rows_of.entries) - 31), 'hex')
    OR told->>'sha256' IS DISTINCT FROM encode(sha256(convert_to(rows_of.content, 'UTF8')), 'hex')
    OR told->>'rowsSha256' IS DISTINCT FROM audit_rows_digest(p_log, begins, ends)
    OR told->'kept' IS DISTINCT FROM rows_of.kept
    OR (told->>'lastAt')::timestamptz IS DISTINCT FROM rows_of.last_at THEN
    RAISE EXCEPTION 'the segment % to % of % is not what is stored', begins, ends, p_log USING ERRCODE = 'CV006';
  END IF;
  IF event->>'action' IS DISTINCT FROM 'trail.archived' OR event->'detail'->>'from' IS DISTINCT FROM told->>'from'
    OR event->'detail'->>'to' IS DISTINCT FROM told->>'to' OR event->'detail'->>'sha256' IS DISTINCT FROM told->>'sha256' THEN
    RAISE EXCEPTION 'the event is not about this segment' USING ERRCODE = 'CV006';
  END IF;
  INSERT INTO audit_segment (log_id, from_seq, to_seq, prev_hash, last_hash, entry_hashes, payload_hashes, sha256, rows_sha256, envelope, last_at, expired)
  VALUES (p_log, begins, ends, before, decode(told->>'lastHash', 'hex'), rows_of.entries, rows_of.payloads, told->>'sha256',
    told->>'rowsSha256', p_envelope, rows_of.last_at, false);
  INSERT INTO audit_kept SELECT e.* FROM audit_event e WHERE e.log_id = p_log AND e.seq >= begins AND e.seq < ends
    AND audit_stays_at_hand(e.action);
  DELETE FROM audit_event e WHERE e.log_id = p_log AND e.seq >= begins AND e.seq < ends;
  PERFORM set_config('countervail.tx_token', event->>'tx', true);
  PERFORM audit_append(p_log, p_event);
END $$;

CREATE OR REPLACE FUNCTION keeper_segments() RETURNS TABLE (log_id text, from_seq bigint, to_seq bigint, last_at timestamptz, expired boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT s.log_id, s.from_seq, s.to_seq, s.last_at, s.expired FROM audit_segment s ORDER BY s.log_id, s.from_seq
$$;

CREATE OR REPLACE FUNCTION keeper_expire(p_log text, p_to bigint, p_years integer, p_event text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  event jsonb := p_event::jsonb;
  begins bigint;
  youngest timestamptz;
  ends bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('countervail-audit:' || p_log, 0));
  IF p_years IS NULL OR p_years < 1 THEN
    RAISE EXCEPTION 'events are kept for a year at least' USING ERRCODE = '22023';
  END IF;
  SELECT min(s.from_seq), max(s.last_at), max(s.to_seq) INTO begins, youngest, ends
  FROM audit_segment s WHERE s.log_id = p_log AND s.to_seq <= p_to AND NOT s.expired;
  IF ends IS DISTINCT FROM p_to OR (youngest < now() - make_interval(years => p_years)) IS NOT TRUE THEN
    RAISE EXCEPTION 'the segments of % up to % cannot be given up', p_log, p_to USING ERRCODE = 'CV006';
  END IF;
  IF event->>'action' IS DISTINCT FROM 'trail.expired' OR event->'detail'->>'from' IS DISTINCT FROM begins::text
    OR event->'detail'->>'to' IS DISTINCT FROM p_to::text THEN
    RAISE EXCEPTION 'the event is not about these segments' USING ERRCODE = 'CV006';
  END IF;
  UPDATE audit_segment s SET expired = true WHERE s.log_id = p_log AND s.to_seq <= p_to AND NOT s.expired;
  PERFORM set_config('countervail.tx_token', event->>'tx', true);
  PERFORM audit_append(p_log, p_event);
END $$;

ALTER FUNCTION audit_stays_at_hand(text) OWNER TO countervail_audit;
REVOKE ALL ON FUNCTION audit_stays_at_hand(text) FROM PUBLIC;

-- ---------------------------------------------------------------- gaps

-- Gaps that are said to be recorded, for the operator's verifier: it looks who signed their records.
CREATE FUNCTION audit_gaps() RETURNS TABLE (id uuid, record text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT g.id, g.record FROM service_gap g WHERE g.recorded_at IS NOT NULL ORDER BY g.opened_at, g.id
$$;
ALTER FUNCTION audit_gaps() OWNER TO countervail_audit;
REVOKE ALL ON FUNCTION audit_gaps() FROM PUBLIC;
DO $$ BEGIN EXECUTE format('GRANT EXECUTE ON FUNCTION audit_gaps() TO %I', current_user); END $$;

-- Whether data were put back and nobody has recorded what is missing: the signer asks before it signs.
CREATE FUNCTION signer_gap() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM service_gap g WHERE g.recorded_at IS NULL)
$$;
ALTER FUNCTION signer_gap() OWNER TO countervail_audit;
REVOKE ALL ON FUNCTION signer_gap() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION signer_gap() TO countervail_signing;

-- Only the login that owns the tables lifts such a mark, or puts down a gap that no restore has marked: the web server's
-- reads them.
REVOKE INSERT, UPDATE ON service_gap FROM countervail_system;
REVOKE UPDATE (recorded_at, record) ON service_gap FROM countervail_system;
GRANT INSERT, UPDATE (recorded_at, record) ON service_gap TO countervail_audit;
CREATE POLICY keeper_inserts ON service_gap FOR INSERT TO countervail_audit WITH CHECK (current_user = 'countervail_audit');
CREATE POLICY keeper_closes ON service_gap FOR UPDATE TO countervail_audit USING (current_user = 'countervail_audit');
CREATE FUNCTION record_gap(p_id uuid, p_at timestamptz, p_record text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO service_gap (id, opened_at, recorded_at, record) VALUES (p_id, p_at, p_at, p_record)
  ON CONFLICT (id) DO UPDATE SET recorded_at = excluded.recorded_at, record = excluded.record WHERE service_gap.recorded_at IS NULL;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the gap % is recorded already', p_id USING ERRCODE = 'CV005';
  END IF;
END $$;
ALTER FUNCTION record_gap(uuid, timestamptz, text) OWNER TO countervail_audit;
REVOKE ALL ON FUNCTION record_gap(uuid, timestamptz, text) FROM PUBLIC;
DO $$ BEGIN EXECUTE format('GRANT EXECUTE ON FUNCTION record_gap(uuid, timestamptz, text) TO %I', current_user); END $$;

-- ---------------------------------------------------------------- the worker

-- A worker kept its books as the service itself, which may make accounts. The group countervail_exports, which exists
-- before this runs, has the rights of that bookkeeping and no others; workers may become it in the other's place.
GRANT USAGE ON SCHEMA public TO countervail_exports;
REVOKE ALL ON export_job FROM countervail_system;
REVOKE UPDATE (state, step, parts_done, parts_total, attempts, note, started_at, finished_at, removed_at) ON export_job
  FROM countervail_system;
DROP POLICY system ON export_job;
REVOKE EXECUTE ON FUNCTION enqueue_export(uuid) FROM countervail_system;
GRANT SELECT ON export_job TO countervail_exports;
GRANT UPDATE (state, step, parts_done, parts_total, attempts, note, started_at, finished_at, removed_at) ON export_job
  TO countervail_exports;
CREATE POLICY exports ON export_job TO countervail_exports USING (true);
GRANT EXECUTE ON FUNCTION enqueue_export(uuid), audit_states(), audit_append(text, text) TO countervail_exports;

-- Whether a gap waits to be recorded is told to everybody, on every page.
GRANT SELECT (id, opened_at, backup_at, recorded_at) ON service_gap TO countervail_public;
CREATE POLICY everybody ON service_gap FOR SELECT TO countervail_public USING (true);
