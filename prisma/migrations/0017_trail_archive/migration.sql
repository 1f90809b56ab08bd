-- The trail in ranges of its numbers, and its older events in archive segments
-- (docs/decisions/0021-older-events-are-archived-chain-by-chain.md).
-- The group countervail_keeping exists before this runs (npm run db:init, or the launcher). Its members, the keeper's
-- logins, can execute the functions named keeper_… below and nothing else.

-- ---------------------------------------------------------------- ranges

-- The ranges lie in a schema of their own that nobody may enter: everybody reads and writes through the table.
CREATE SCHEMA countervail_trail AUTHORIZATION countervail_audit;

-- It named the table by itself and not by its name; it is written anew below.
DROP FUNCTION signer_stretch(text, bigint, integer);

-- The table as it was becomes the first range, without a row being moved.
DROP TRIGGER audit_event_only_grows ON audit_event;
DROP TRIGGER audit_event_stays ON audit_event;
DROP POLICY scoped ON audit_event;
DROP POLICY organisation ON audit_event;
ALTER TABLE audit_event SET SCHEMA countervail_trail;
ALTER TABLE countervail_trail.audit_event RENAME TO audit_event_0;
REVOKE ALL ON countervail_trail.audit_event_0 FROM countervail_rw, countervail_scoped, countervail_organisation;

CREATE TABLE "audit_event" (
    "log_id" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    "prev_hash" BYTEA NOT NULL,
    "entry_hash" BYTEA NOT NULL,
    "payload" TEXT NOT NULL,
    "tx_token" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "action" TEXT NOT NULL,
    "actor_id" UUID,
    "engagement_id" UUID,
    "worksheet_id" UUID,

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("log_id","seq")
) PARTITION BY RANGE ("seq");
CREATE INDEX "audit_event_engagement_id_at_idx" ON "audit_event"("engagement_id", "at");
CREATE INDEX "audit_event_tx_token_idx" ON "audit_event"("tx_token");
ALTER TABLE audit_event OWNER TO countervail_audit;
ALTER TABLE audit_event ATTACH PARTITION countervail_trail.audit_event_0 FOR VALUES FROM (MINVALUE) TO (MAXVALUE);

ALTER TABLE audit_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_event FORCE ROW LEVEL SECURITY;
CREATE POLICY keeper ON audit_event TO countervail_audit USING (true);
CREATE POLICY scoped ON audit_event FOR SELECT TO countervail_scoped
  USING (engagement_id = (SELECT this_engagement()) AND log_id = (SELECT 'org:' || this_owner()));
CREATE POLICY organisation ON audit_event FOR SELECT TO countervail_organisation
  USING (log_id = (SELECT 'org:' || acting_organisation()));
GRANT SELECT ON audit_event TO countervail_scoped, countervail_organisation;
DO $$ BEGIN EXECUTE format('GRANT SELECT ON audit_event TO %I', current_user); END $$;

-- ---------------------------------------------------------------- what is kept of archived events

-- A segment is a stretch of one chain whose events lie in a file. What the chain and its tree need of them stays: 32 bytes
-- of each event's entry hash and 32 of the hash of its payload, one behind the other. The envelope is the signed document
-- that says what the file has to be.
CREATE TABLE "audit_segment" (
    "log_id" TEXT NOT NULL,
    "from_seq" BIGINT NOT NULL,
    "to_seq" BIGINT NOT NULL,
    "prev_hash" BYTEA NOT NULL,
    "last_hash" BYTEA NOT NULL,
    "entry_hashes" BYTEA NOT NULL,
    "payload_hashes" BYTEA NOT NULL,
    "sha256" TEXT NOT NULL,
    "rows_sha256" TEXT NOT NULL,
    "envelope" TEXT NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "archived_at" TIMESTAMPTZ(3) NOT NULL,
    "expired_at" TIMESTAMPTZ(3),

    CONSTRAINT "audit_segment_pkey" PRIMARY KEY ("log_id","from_seq")
);

-- Events that packs of later years prove decisions by stay at hand here, whole, when their stretch is archived.
CREATE TABLE "audit_kept" (
    "log_id" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    "prev_hash" BYTEA NOT NULL,
    "entry_hash" BYTEA NOT NULL,
    "payload" TEXT NOT NULL,
    "tx_token" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "action" TEXT NOT NULL,
    "actor_id" UUID,
    "engagement_id" UUID,
    "worksheet_id" UUID,

    CONSTRAINT "audit_kept_pkey" PRIMARY KEY ("log_id","seq")
);
CREATE INDEX "audit_kept_engagement_id_seq_idx" ON "audit_kept"("engagement_id", "seq");

DO $$
DECLARE
  kept text;
BEGIN
  FOREACH kept IN ARRAY ARRAY['audit_segment', 'audit_kept']
  LOOP
    EXECUTE format('ALTER TABLE %I OWNER TO countervail_audit', kept);
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', kept);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', kept);
    EXECUTE format('CREATE POLICY keeper ON %I TO countervail_audit USING (true)', kept);
    EXECUTE format('GRANT SELECT ON %I TO %I', kept, current_user);
  END LOOP;
END $$;
CREATE POLICY scoped ON audit_kept FOR SELECT TO countervail_scoped
  USING (engagement_id = (SELECT this_engagement()) AND log_id = (SELECT 'org:' || this_owner()));
GRANT SELECT ON audit_kept TO countervail_scoped;

CREATE TRIGGER audit_kept_only_grows BEFORE UPDATE OR DELETE ON audit_kept FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_kept_stays BEFORE TRUNCATE ON audit_kept FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Of a segment one thing changes, once: that its file was given up.
CREATE FUNCTION segment_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.expired_at IS NULL AND NEW.expired_at IS NOT NULL
    AND to_jsonb(OLD) - 'expired_at' = to_jsonb(NEW) - 'expired_at' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION '% only grows', TG_TABLE_NAME USING ERRCODE = '42501';
END $$;
CREATE TRIGGER audit_segment_only_grows BEFORE UPDATE OR DELETE ON audit_segment FOR EACH ROW EXECUTE FUNCTION segment_stays();
CREATE TRIGGER audit_segment_stays BEFORE TRUNCATE ON audit_segment FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- No event changes, and none goes but into a segment, three months after it happened.
CREATE FUNCTION event_stays() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' AND OLD.at < now() - interval '3 months' AND EXISTS (
    SELECT FROM audit_segment s WHERE s.log_id = OLD.log_id AND s.from_seq <= OLD.seq AND s.to_seq > OLD.seq) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'audit_event only grows' USING ERRCODE = '42501';
END $$;
CREATE TRIGGER audit_event_only_grows BEFORE UPDATE OR DELETE ON audit_event FOR EACH ROW EXECUTE FUNCTION event_stays();
CREATE TRIGGER audit_event_stays BEFORE TRUNCATE ON audit_event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_event_stays BEFORE TRUNCATE ON countervail_trail.audit_event_0
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- ---------------------------------------------------------------- chains over both

-- A stretch of a chain in its order: of archived events what is kept of them, of the others what their stored bytes give.
CREATE FUNCTION audit_links(p_log text, p_from bigint, p_count integer)
RETURNS TABLE (seq bigint, prev_hash bytea, entry_hash bytea, payload_hash bytea)
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
  kept audit_segment;
  entries bytea;
  payloads bytea;
  here bigint := p_from;
  until bigint := p_from + p_count;
BEGIN
  FOR kept IN SELECT * FROM audit_segment s WHERE s.log_id = p_log AND s.to_seq > p_from AND s.from_seq < until ORDER BY s.from_seq LOOP
    -- Joined to nothing, they are unpacked once and not for each event.
    entries := kept.entry_hashes || ''::bytea;
    payloads := kept.payload_hashes || ''::bytea;
    RETURN QUERY SELECT kept.from_seq + n,
        CASE n WHEN 0 THEN kept.prev_hash ELSE substring(entries FROM n * 32 - 31 FOR 32) END,
        substring(entries FROM n * 32 + 1 FOR 32), substring(payloads FROM n * 32 + 1 FOR 32)
      FROM generate_series((greatest(here, kept.from_seq) - kept.from_seq)::integer, (least(until, kept.to_seq) - kept.from_seq - 1)::integer) AS n
      ORDER BY n;
    here := least(until, kept.to_seq);
  END LOOP;
  IF here < until THEN
    RETURN QUERY SELECT e.seq, e.prev_hash, e.entry_hash, sha256(convert_to(e.payload, 'UTF8'))
      FROM audit_event e WHERE e.log_id = p_log AND e.seq >= here ORDER BY e.seq LIMIT until - here;
  END IF;
END $$;

CREATE OR REPLACE FUNCTION audit_stretch(p_log text, p_from bigint, p_count integer)
RETURNS TABLE (seq bigint, prev_hash bytea, entry_hash bytea, payload_hash bytea)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF audit_may_verify(p_log) IS NOT TRUE THEN
    RAISE EXCEPTION 'this transaction does not verify the chain %', p_log USING ERRCODE = '42501';
  END IF;
  RETURN QUERY SELECT * FROM audit_links(p_log, p_from, p_count);
END $$;

CREATE FUNCTION signer_stretch(p_log text, p_from bigint, p_count integer)
RETURNS TABLE (seq bigint, prev_hash bytea, entry_hash bytea, payload_hash bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT * FROM audit_links(p_log, p_from, p_count)
$$;

-- The newest stored checkpoint of a chain, for a signer that has lost its own copy.
CREATE FUNCTION signer_last(p_log text) RETURNS TABLE (size bigint, root bytea, note text, key_id text, at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.size, c.root, c.note, c.key_id, c.at FROM audit_checkpoint c WHERE c.log_id = p_log ORDER BY c.size DESC LIMIT 1
$$;

-- How many events of a chain are archived, of how many the files were given up, and since when events are at hand.
CREATE FUNCTION audit_archived(p_log text) RETURNS TABLE (archived bigint, expired bigint, at_hand_since timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF audit_may_verify(p_log) IS NOT TRUE THEN
    RAISE EXCEPTION 'this transaction does not verify the chain %', p_log USING ERRCODE = '42501';
  END IF;
  RETURN QUERY SELECT coalesce(max(s.to_seq), 0), coalesce(max(s.to_seq) FILTER (WHERE s.expired_at IS NOT NULL), 0),
      (SELECT e.at FROM audit_event e WHERE e.log_id = p_log ORDER BY e.seq LIMIT 1)
    FROM audit_segment s WHERE s.log_id = p_log;
END $$;

-- ---------------------------------------------------------------- what the keeper may do

-- What events tell of rows, hashed: a line for each, fields apart by tabs.
CREATE FUNCTION audit_rows_digest(p_log text, p_from bigint, p_to bigint) RETURNS text
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT encode(sha256(convert_to(coalesce(string_agg(concat_ws(E'\t', c.seq, c.table_name, c.row_id, coalesce(c.number::text, '-'),
      coalesce(c.state, '-')) || E'\n', '' ORDER BY c.seq, c.table_name COLLATE "C", c.row_id COLLATE "C"), ''), 'UTF8')), 'hex')
  FROM audit_change c WHERE c.log_id = p_log AND c.seq >= p_from AND c.seq < p_to
$$;

-- When an event is due: whole months, so that a month's events go together. Three months are always at hand.
CREATE FUNCTION keeper_cutoff(p_months integer) RETURNS timestamptz LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF p_months IS NULL OR p_months < 3 THEN
    RAISE EXCEPTION 'three months of events are always at hand' USING ERRCODE = '22023';
  END IF;
  RETURN date_trunc('month', now(), 'UTC') - make_interval(months => p_months);
END $$;

-- For each chain the first event at hand, and where those end that are due: all older than the months, covered by a
-- checkpoint, and never the last of the chain, by which its end is read. What archiving itself left on a quiet chain is
-- no reason to archive again.
CREATE FUNCTION keeper_due(p_months integer)
RETURNS TABLE (log_id text, from_seq bigint, to_seq bigint, prev_hash bytea, checkpointed bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  cutoff timestamptz := keeper_cutoff(p_months);
BEGIN
  RETURN QUERY SELECT h.log_id, first.seq, due.seq, e.prev_hash, c.size FROM audit_head h
    CROSS JOIN LATERAL (SELECT coalesce(max(s.to_seq), 0) AS seq FROM audit_segment s WHERE s.log_id = h.log_id) AS first
    CROSS JOIN LATERAL (SELECT coalesce(max(k.size), 0) AS size FROM audit_checkpoint k WHERE k.log_id = h.log_id) AS c
    CROSS JOIN LATERAL (SELECT least(h.size - 1, c.size, coalesce((
      SELECT min(y.seq) FROM audit_event y WHERE y.log_id = h.log_id AND y.at >= cutoff), h.size)) AS seq) AS due
    JOIN audit_event e ON e.log_id = h.log_id AND e.seq = first.seq
    WHERE due.seq > first.seq AND EXISTS (
      SELECT FROM audit_event o WHERE o.log_id = h.log_id AND o.seq >= first.seq AND o.seq < due.seq
        AND o.action NOT IN ('trail.archived', 'trail.expired'))
    ORDER BY h.log_id;
END $$;

-- Events that are old enough, with the exact text that was hashed.
CREATE FUNCTION keeper_read(p_log text, p_from bigint, p_count integer)
RETURNS TABLE (seq bigint, prev_hash bytea, entry_hash bytea, payload text, at timestamptz, rows jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT e.seq, e.prev_hash, e.entry_hash, e.payload, e.at, (
    SELECT coalesce(jsonb_agg(jsonb_build_array(c.table_name, c.row_id, c.number, c.state)), '[]')
    FROM audit_change c WHERE c.log_id = e.log_id AND c.seq = e.seq)
  FROM audit_event e WHERE e.log_id = p_log AND e.seq >= p_from AND e.at < keeper_cutoff(3) ORDER BY e.seq LIMIT p_count
$$;

-- Takes a segment in and its events away. What the signed document says of the file is computed anew from the rows, so
-- that no row goes of which the file, as it was written and signed, does not hold the exact text.
CREATE FUNCTION keeper_archive(p_log text, p_envelope text, p_event text) RETURNS void
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
    OR told->>'rowsSha256' IS DISTINCT FROM audit_rows_digest(p_log, begins, ends) THEN
    RAISE EXCEPTION 'the segment % to % of % is not what is stored', begins, ends, p_log USING ERRCODE = 'CV006';
  END IF;
  IF event->>'action' IS DISTINCT FROM 'trail.archived' OR event->'detail'->>'from' IS DISTINCT FROM told->>'from'
    OR event->'detail'->>'to' IS DISTINCT FROM told->>'to' OR event->'detail'->>'sha256' IS DISTINCT FROM told->>'sha256' THEN
    RAISE EXCEPTION 'the event is not about this segment' USING ERRCODE = 'CV006';
  END IF;
  INSERT INTO audit_segment (log_id, from_seq, to_seq, prev_hash, last_hash, entry_hashes, payload_hashes, sha256, rows_sha256, envelope, last_at, archived_at)
  VALUES (p_log, begins, ends, before, decode(told->>'lastHash', 'hex'), rows_of.entries, rows_of.payloads, told->>'sha256',
    told->>'rowsSha256', p_envelope, rows_of.last_at, now());
  INSERT INTO audit_kept SELECT e.* FROM audit_event e WHERE e.log_id = p_log AND e.seq >= begins AND e.seq < ends
    AND e.action IN ('worksheet.signed', 'worksheet.refused', 'worksheet.revoked', 'worksheet.reopened', 'pack.sealed');
  DELETE FROM audit_event e WHERE e.log_id = p_log AND e.seq >= begins AND e.seq < ends;
  PERFORM set_config('countervail.tx_token', event->>'tx', true);
  PERFORM audit_append(p_log, p_event);
END $$;

-- All segments, without what is kept of their events.
CREATE FUNCTION keeper_segments() RETURNS TABLE (log_id text, from_seq bigint, to_seq bigint, last_at timestamptz, expired boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT s.log_id, s.from_seq, s.to_seq, s.last_at, s.expired_at IS NOT NULL FROM audit_segment s ORDER BY s.log_id, s.from_seq
$$;

-- Gives the files of a chain's first segments up, all of whose events are older than the years: at least one.
CREATE FUNCTION keeper_expire(p_log text, p_to bigint, p_years integer, p_event text) RETURNS void
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
  FROM audit_segment s WHERE s.log_id = p_log AND s.to_seq <= p_to AND s.expired_at IS NULL;
  IF ends IS DISTINCT FROM p_to OR (youngest < now() - make_interval(years => p_years)) IS NOT TRUE THEN
    RAISE EXCEPTION 'the segments of % up to % cannot be given up', p_log, p_to USING ERRCODE = 'CV006';
  END IF;
  IF event->>'action' IS DISTINCT FROM 'trail.expired' OR event->'detail'->>'from' IS DISTINCT FROM begins::text
    OR event->'detail'->>'to' IS DISTINCT FROM p_to::text THEN
    RAISE EXCEPTION 'the event is not about these segments' USING ERRCODE = 'CV006';
  END IF;
  UPDATE audit_segment s SET expired_at = now() WHERE s.log_id = p_log AND s.to_seq <= p_to AND s.expired_at IS NULL;
  PERFORM set_config('countervail.tx_token', event->>'tx', true);
  PERFORM audit_append(p_log, p_event);
END $$;

-- The ranges from the lowest to the open one, with their bounds; null for no bound.
CREATE FUNCTION audit_ranges() RETURNS TABLE (name text, lower_bound bigint, upper_bound bigint)
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT c.relname::text, substring(bound.words FROM 'FROM \(''?(-?\d+)')::bigint, substring(bound.words FROM 'TO \(''?(-?\d+)')::bigint
  FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid CROSS JOIN LATERAL (SELECT pg_get_expr(c.relpartbound, c.oid) AS words) AS bound
  WHERE i.inhparent = 'public.audit_event'::regclass ORDER BY 2 NULLS FIRST
$$;

-- Cuts the open range behind the last event of the longest chain, once it holds events of a month before this one, and
-- begins the next. Empty ranges behind the first one are joined to it. Does nothing where nothing is due; an event always
-- has its range, whether this runs or not. It waits a second at most for those who write, and may be tried again.
CREATE FUNCTION keeper_cut() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '1s' AS $$
DECLARE
  opened record;
  first record;
  next record;
  holds boolean;
  cut bigint;
  changed integer := 0;
BEGIN
  SELECT * INTO STRICT opened FROM audit_ranges() r WHERE r.upper_bound IS NULL;
  EXECUTE format('SELECT EXISTS (SELECT FROM countervail_trail.%I WHERE at < date_trunc(''month'', now(), ''UTC''))', opened.name) INTO holds;
  IF holds THEN
    LOCK TABLE audit_event IN ACCESS EXCLUSIVE MODE;
    EXECUTE format('SELECT max(seq) + 1 FROM countervail_trail.%I', opened.name) INTO cut;
    EXECUTE format('ALTER TABLE audit_event DETACH PARTITION countervail_trail.%I', opened.name);
    EXECUTE format('ALTER TABLE audit_event ATTACH PARTITION countervail_trail.%I FOR VALUES FROM (%s) TO (%s)', opened.name,
      coalesce(opened.lower_bound::text, 'MINVALUE'), cut);
    EXECUTE format('CREATE TABLE countervail_trail.%I PARTITION OF public.audit_event FOR VALUES FROM (%s) TO (MAXVALUE)', 'audit_event_' || cut, cut);
    EXECUTE format('ALTER TABLE countervail_trail.%I ENABLE ROW LEVEL SECURITY', 'audit_event_' || cut);
    EXECUTE format('ALTER TABLE countervail_trail.%I FORCE ROW LEVEL SECURITY', 'audit_event_' || cut);
    EXECUTE format('CREATE POLICY keeper ON countervail_trail.%I TO countervail_audit USING (true)', 'audit_event_' || cut);
    EXECUTE format('CREATE TRIGGER audit_event_stays BEFORE TRUNCATE ON countervail_trail.%I
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', 'audit_event_' || cut);
    changed := 1;
  END IF;
  LOOP
    SELECT * INTO STRICT first FROM audit_ranges() r WHERE r.lower_bound IS NULL;
    SELECT * INTO next FROM audit_ranges() r WHERE r.lower_bound = first.upper_bound AND r.upper_bound IS NOT NULL;
    EXIT WHEN NOT FOUND;
    EXECUTE format('SELECT EXISTS (SELECT FROM countervail_trail.%I)', next.name) INTO holds;
    EXIT WHEN holds;
    LOCK TABLE audit_event IN ACCESS EXCLUSIVE MODE;
    EXECUTE format('SELECT EXISTS (SELECT FROM countervail_trail.%I)', next.name) INTO holds;
    EXIT WHEN holds;
    EXECUTE format('ALTER TABLE audit_event DETACH PARTITION countervail_trail.%I', next.name);
    EXECUTE format('DROP TABLE countervail_trail.%I', next.name);
    EXECUTE format('ALTER TABLE audit_event DETACH PARTITION countervail_trail.%I', first.name);
    EXECUTE format('ALTER TABLE audit_event ATTACH PARTITION countervail_trail.%I FOR VALUES FROM (MINVALUE) TO (%s)', first.name, next.upper_bound);
    changed := changed + 1;
  END LOOP;
  RETURN changed;
END $$;

DO $$
DECLARE
  made text;
BEGIN
  FOREACH made IN ARRAY ARRAY['segment_stays()', 'event_stays()', 'audit_links(text, bigint, integer)', 'signer_stretch(text, bigint, integer)',
    'signer_last(text)', 'audit_archived(text)', 'audit_rows_digest(text, bigint, bigint)', 'keeper_cutoff(integer)', 'keeper_due(integer)',
    'keeper_read(text, bigint, integer)', 'keeper_archive(text, text, text)', 'keeper_segments()',
    'keeper_expire(text, bigint, integer, text)', 'audit_ranges()', 'keeper_cut()']
  LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO countervail_audit', made);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', made);
  END LOOP;
END $$;
GRANT EXECUTE ON FUNCTION audit_archived(text) TO countervail_scoped, countervail_organisation;
GRANT EXECUTE ON FUNCTION signer_stretch(text, bigint, integer), signer_last(text) TO countervail_signing;
GRANT USAGE ON SCHEMA public TO countervail_keeping;
GRANT EXECUTE ON FUNCTION signer_service(), keeper_due(integer), keeper_read(text, bigint, integer), keeper_archive(text, text, text),
  keeper_segments(), keeper_expire(text, bigint, integer, text), keeper_cut() TO countervail_keeping;
-- What the operator's verifier compares a segment's document with.
DO $$ BEGIN
  EXECUTE format('GRANT EXECUTE ON FUNCTION audit_rows_digest(text, bigint, bigint), audit_links(text, bigint, integer) TO %I', current_user);
END $$;
