-- The trail, the rights of the application's role, and the rules that the database keeps by itself.
-- Two group roles exist before this runs (npm run db:init, or the launcher): countervail_rw holds the
-- application's rights, countervail_audit owns the trail, so that neither application nor owner writes it by hand.

ALTER TABLE audit_head OWNER TO countervail_audit;
ALTER TABLE audit_event OWNER TO countervail_audit;
ALTER TABLE audit_change OWNER TO countervail_audit;

-- Appends one event to a chain and names the rows that it changed. The caller appends as the last thing before
-- its commit: the lock on the chain is held from here to there.
-- entry_hash = sha256(0x00 || int8 seq || prev_hash || sha256(payload bytes)); genesis = sha256(label || log id).
CREATE FUNCTION audit_append(p_log text, p_payload text, p_changes jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  chain audit_head;
  parsed jsonb := p_payload::jsonb;
  token uuid := nullif(current_setting('countervail.tx_token', true), '')::uuid;
  entry bytea;
BEGIN
  IF token IS NULL THEN
    RAISE EXCEPTION 'an event needs the token of its transaction' USING ERRCODE = 'CV001';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('countervail-audit:' || p_log, 0));
  SELECT * INTO chain FROM audit_head WHERE log_id = p_log;
  IF NOT FOUND THEN
    chain.log_id := p_log;
    chain.size := 0;
    chain.head := sha256(convert_to('COUNTERVAIL-AUDIT-GENESIS:' || p_log, 'UTF8'));
    INSERT INTO audit_head (log_id, size, head) VALUES (chain.log_id, chain.size, chain.head);
  END IF;
  entry := sha256('\x00'::bytea || int8send(chain.size) || chain.head || sha256(convert_to(p_payload, 'UTF8')));
  INSERT INTO audit_event (log_id, seq, prev_hash, entry_hash, payload, tx_token, at, action, actor_id, engagement_id, worksheet_id)
  VALUES (p_log, chain.size, chain.head, entry, p_payload, token, (parsed->>'at')::timestamptz, parsed->>'action',
          (parsed->>'actorId')::uuid, (parsed->>'engagementId')::uuid, (parsed->>'worksheetId')::uuid);
  UPDATE audit_head SET size = chain.size + 1, head = entry WHERE log_id = p_log;
  INSERT INTO audit_change (tx_token, table_name, row_id, xid)
  SELECT token, change->>'table', change->>'id', pg_current_xact_id()::text::bigint
  FROM jsonb_array_elements(p_changes) AS change
  ON CONFLICT DO NOTHING;
  RETURN chain.size;
END $$;
ALTER FUNCTION audit_append(text, text, jsonb) OWNER TO countervail_audit;
REVOKE ALL ON FUNCTION audit_append(text, text, jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_append(text, text, jsonb) TO countervail_rw;
-- The owner appends too: loading the catalogue is an event.
DO $$ BEGIN EXECUTE format('GRANT EXECUTE ON FUNCTION audit_append(text, text, jsonb) TO %I', current_user); END $$;

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% only grows', TG_TABLE_NAME USING ERRCODE = '42501';
END $$;
CREATE TRIGGER audit_event_only_grows BEFORE UPDATE OR DELETE ON audit_event FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_event_stays BEFORE TRUNCATE ON audit_event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_change_only_grows BEFORE UPDATE OR DELETE ON audit_change FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_change_stays BEFORE TRUNCATE ON audit_change FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- No change without an event: at the commit, an event of this very transaction has to name the row.
CREATE FUNCTION require_event() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  row_key text := CASE TG_OP WHEN 'DELETE' THEN to_jsonb(OLD)->>TG_ARGV[0] ELSE to_jsonb(NEW)->>TG_ARGV[0] END;
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM audit_change
    WHERE tx_token = nullif(current_setting('countervail.tx_token', true), '')::uuid
      AND table_name = TG_TABLE_NAME AND row_id = row_key
      AND xid = pg_current_xact_id()::text::bigint
  ) THEN
    RAISE EXCEPTION 'change of % % without an audit event', TG_TABLE_NAME, row_key USING ERRCODE = 'CV002';
  END IF;
  RETURN NULL;
END $$;
ALTER FUNCTION require_event() OWNER TO countervail_audit;
GRANT EXECUTE ON FUNCTION require_event() TO countervail_rw;
DO $$ BEGIN EXECUTE format('GRANT EXECUTE ON FUNCTION require_event() TO %I', current_user); END $$;

DO $$
DECLARE
  guarded text;
BEGIN
  FOREACH guarded IN ARRAY ARRAY['organisation', 'app_user', 'membership', 'invitation', 'engagement', 'engagement_member',
    'disposition', 'worksheet', 'worksheet_assignee', 'section', 'evidence', 'revision', 'worksheet_transition',
    'sign_off', 'thread', 'comment']
  LOOP
    EXECUTE format('CREATE CONSTRAINT TRIGGER %I AFTER INSERT OR UPDATE OR DELETE ON %I
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION require_event(''id'')', guarded || '_audited', guarded);
  END LOOP;
END $$;
CREATE CONSTRAINT TRIGGER scope_answer_audited AFTER INSERT OR UPDATE OR DELETE ON scope_answer
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION require_event('engagement_id');

-- A revision's digest is that of its bytes, and neither changes.
CREATE FUNCTION revision_is_whole() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.digest <> encode(sha256(convert_to(NEW.content, 'UTF8')), 'hex') THEN
      RAISE EXCEPTION 'the digest of a revision differs from its content' USING ERRCODE = 'CV003';
    END IF;
  ELSIF (OLD.worksheet_id, OLD.number, OLD.content, OLD.digest) IS DISTINCT FROM (NEW.worksheet_id, NEW.number, NEW.content, NEW.digest) THEN
    RAISE EXCEPTION 'a revision is frozen' USING ERRCODE = 'CV003';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER revision_whole BEFORE INSERT OR UPDATE ON revision FOR EACH ROW EXECUTE FUNCTION revision_is_whole();

-- Separation of duties, a second time: nobody decides over what they wrote, and the digest is the revision's.
CREATE FUNCTION sign_off_is_apart() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM worksheet_author a WHERE a.worksheet_id = NEW.worksheet_id AND a.user_id = NEW.signer_id) THEN
    RAISE EXCEPTION 'an author of a worksheet never decides over it' USING ERRCODE = 'CV004';
  END IF;
  IF EXISTS (
    SELECT 1 FROM engagement e JOIN membership m ON m.user_id = NEW.signer_id
    WHERE e.id = NEW.engagement_id AND e.assessor_organisation_id IS NOT NULL AND m.organisation_id <> e.assessor_organisation_id
  ) THEN
    RAISE EXCEPTION 'the assessor company decides in this engagement' USING ERRCODE = 'CV004';
  END IF;
  IF NOT EXISTS (SELECT 1 FROM revision r WHERE r.id = NEW.revision_id AND r.worksheet_id = NEW.worksheet_id AND r.digest = NEW.digest) THEN
    RAISE EXCEPTION 'a sign-off carries the digest of its revision' USING ERRCODE = 'CV004';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER sign_off_apart BEFORE INSERT ON sign_off FOR EACH ROW EXECUTE FUNCTION sign_off_is_apart();

-- Rights of the application: what is frozen or part of the record can only be added.
GRANT USAGE ON SCHEMA public TO countervail_rw;
GRANT SELECT ON audit_event, audit_head, audit_change TO countervail_rw;
GRANT SELECT ON catalogue_version, requirement, requirement_mapping, article_row, article_claim, key_option, final_check TO countervail_rw;
GRANT SELECT, INSERT, UPDATE ON organisation, app_user, membership, invitation, credential, session, idempotency_key,
  engagement, scope_answer, disposition, worksheet, section, evidence, thread TO countervail_rw;
GRANT SELECT, INSERT, DELETE ON engagement_member, worksheet_assignee TO countervail_rw;
GRANT SELECT, INSERT ON worksheet_author, revision, worksheet_transition, sign_off, comment TO countervail_rw;
GRANT UPDATE (reviewed_at) ON revision TO countervail_rw;
GRANT DELETE ON idempotency_key, session TO countervail_rw;
DO $$ BEGIN EXECUTE format('GRANT SELECT ON audit_event, audit_head, audit_change TO %I', current_user); END $$;
