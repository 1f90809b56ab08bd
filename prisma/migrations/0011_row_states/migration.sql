-- Events tell the state of the rows that they changed, and a commit asks for exactly that
-- (docs/decisions/0015-events-tell-the-state-of-rows.md).

-- Which event named which row, and how: for looking up, made from the payloads and checked against them. An event of an
-- earlier version tells neither number nor state.
DROP TABLE audit_change;

-- CreateTable
CREATE TABLE "audit_change" (
    "log_id" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    "table_name" TEXT NOT NULL,
    "row_id" TEXT NOT NULL,
    "number" INTEGER,
    "state" TEXT,

    CONSTRAINT "audit_change_pkey" PRIMARY KEY ("log_id", "seq", "table_name", "row_id")
);

-- CreateIndex
CREATE INDEX "audit_change_table_name_row_id_number_idx" ON "audit_change"("table_name", "row_id", "number");

INSERT INTO audit_change (log_id, seq, table_name, row_id)
SELECT DISTINCT e.log_id, e.seq, change->>'table', change->>'id'
FROM audit_event e CROSS JOIN LATERAL jsonb_array_elements(coalesce(e.payload::jsonb->'changes', '[]')) AS change;

-- The columns that count for the state of a row. A state is of one shape and says of which; when a table gets another
-- column, a further shape counts it, and states of the shapes before stay true.
-- CreateTable
CREATE TABLE "audit_shape" (
    "table_name" TEXT NOT NULL,
    "shape" INTEGER NOT NULL,
    "key_column" TEXT NOT NULL,
    "columns" TEXT[],

    CONSTRAINT "audit_shape_pkey" PRIMARY KEY ("table_name", "shape")
);

-- What a transaction under way has changed: the state that each row has now, the how-manieth recorded change of the row
-- this is, how many changes are still to be asked about, and whether an event has told this state. Rows are here only
-- inside their transaction, so that nothing is lost with a crash, and nothing of it is ever in a backup: a transaction's
-- number says here, without doubt, which transaction it is.
-- CreateTable
CREATE UNLOGGED TABLE "audit_pending" (
    "xid" BIGINT NOT NULL,
    "table_name" TEXT NOT NULL,
    "row_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "state" TEXT,
    "changes" INTEGER NOT NULL,
    "told" BOOLEAN NOT NULL,

    CONSTRAINT "audit_pending_pkey" PRIMARY KEY ("xid", "table_name", "row_id")
);

DO $$
DECLARE
  kept text;
BEGIN
  FOREACH kept IN ARRAY ARRAY['audit_change', 'audit_shape', 'audit_pending']
  LOOP
    EXECUTE format('ALTER TABLE %I OWNER TO countervail_audit', kept);
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', kept);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', kept);
    EXECUTE format('CREATE POLICY keeper ON %I TO countervail_audit USING (true)', kept);
  END LOOP;
  EXECUTE format('GRANT SELECT ON audit_change, audit_shape TO %I', current_user);
END $$;
CREATE TRIGGER audit_change_only_grows BEFORE UPDATE OR DELETE ON audit_change FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_change_stays BEFORE TRUNCATE ON audit_change FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The SHA-256, in lower-case hex, of a row's canonical text: [table, shape, {column: value, …}] as jsonb prints it.
CREATE FUNCTION audit_state_of(p_table text, p_shape integer, p_columns text[], p_row jsonb) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  RETURN encode(sha256(convert_to(jsonb_build_array(p_table, p_shape,
    (SELECT jsonb_object_agg(name, p_row->name) FROM unnest(p_columns) AS name))::text, 'UTF8')), 'hex');
END $$;

-- Notes the state of a row with every change. The name of its trigger sorts before that of require_event, so that it
-- comes first also where constraints are checked at once.
CREATE FUNCTION keep_state() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
SET timezone = 'UTC' SET datestyle = 'ISO, YMD' SET intervalstyle = 'iso_8601' SET bytea_output = 'hex' SET extra_float_digits = 1 AS $$
DECLARE
  form audit_shape;
  stored jsonb := CASE TG_OP WHEN 'DELETE' THEN to_jsonb(OLD) ELSE to_jsonb(NEW) END;
  row_key text;
BEGIN
  SELECT * INTO STRICT form FROM audit_shape s WHERE s.table_name = TG_TABLE_NAME ORDER BY s.shape DESC LIMIT 1;
  row_key := stored->>form.key_column;
  IF TG_OP = 'UPDATE' AND to_jsonb(OLD)->>form.key_column IS DISTINCT FROM row_key THEN
    RAISE EXCEPTION 'a row of % cannot become another one', TG_TABLE_NAME USING ERRCODE = 'CV002';
  END IF;
  INSERT INTO audit_pending AS pending (xid, table_name, row_id, number, state, changes, told)
  VALUES (
    pg_current_xact_id()::text::bigint, TG_TABLE_NAME, row_key,
    1 + coalesce((SELECT max(c.number) FROM audit_change c WHERE c.table_name = TG_TABLE_NAME AND c.row_id = row_key), 0),
    CASE WHEN TG_OP <> 'DELETE' THEN audit_state_of(form.table_name, form.shape, form.columns, stored) END, 1, false)
  ON CONFLICT (xid, table_name, row_id)
  DO UPDATE SET state = excluded.state, changes = pending.changes + 1, told = false;
  RETURN NULL;
END $$;

-- What this transaction has changed so far, for its events to tell.
CREATE FUNCTION audit_states() RETURNS TABLE (table_name text, row_id text, number integer, state text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT p.table_name, p.row_id, p.number, p.state FROM audit_pending p
  WHERE p.xid = pg_current_xact_id_if_assigned()::text::bigint
$$;

-- As before (0005), and: what an event changed is what its payload says; it names its transaction; and of a row that
-- changed it tells the state that the row has, of any other row none.
DROP FUNCTION audit_append(text, text, jsonb);
CREATE FUNCTION audit_append(p_log text, p_payload text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  chain audit_head;
  parsed jsonb := p_payload::jsonb;
  named jsonb := coalesce(parsed->'changes', '[]');
  token uuid := nullif(current_setting('countervail.tx_token', true), '')::uuid;
  this_xid bigint := pg_current_xact_id()::text::bigint;
  wrong record;
  entry bytea;
BEGIN
  IF token IS NULL OR parsed->>'tx' IS DISTINCT FROM token::text THEN
    RAISE EXCEPTION 'an event needs the token of its transaction' USING ERRCODE = 'CV001';
  END IF;
  IF EXISTS (SELECT FROM audit_event e WHERE e.tx_token = token AND e.xmin <> pg_current_xact_id()::xid) THEN
    RAISE EXCEPTION 'this token is that of another transaction' USING ERRCODE = 'CV002';
  END IF;
  IF audit_may_append(p_log) IS NOT TRUE THEN
    RAISE EXCEPTION 'this transaction does not write on the chain %', p_log USING ERRCODE = '42501';
  END IF;
  SELECT change->>'table' AS table_name, change->>'id' AS row_id INTO wrong
  FROM jsonb_array_elements(named) AS change
  LEFT JOIN audit_pending p ON p.xid = this_xid AND p.table_name = change->>'table' AND p.row_id = change->>'id'
  WHERE CASE WHEN p.xid IS NULL THEN change ? 'state' OR change ? 'number'
    ELSE NOT (change ? 'state') OR (change->>'state') IS DISTINCT FROM p.state OR change->'number' IS DISTINCT FROM to_jsonb(p.number) END
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'an event tells another state of % % than it has', wrong.table_name, wrong.row_id USING ERRCODE = 'CV002';
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
  INSERT INTO audit_change (log_id, seq, table_name, row_id, number, state)
  SELECT DISTINCT p_log, chain.size, change->>'table', change->>'id', (change->>'number')::integer, change->>'state'
  FROM jsonb_array_elements(named) AS change;
  UPDATE audit_pending p SET told = true FROM jsonb_array_elements(named) AS change
  WHERE p.xid = this_xid AND p.table_name = change->>'table' AND p.row_id = change->>'id' AND NOT p.told;
  RETURN chain.size;
END $$;

-- No change without an event: each change of a row has put it down as pending, so that at the commit an event of this
-- very transaction must have told the state that it has come to. Once all its changes were asked about, it is settled.
CREATE OR REPLACE FUNCTION require_event() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  row_key text := CASE TG_OP WHEN 'DELETE' THEN to_jsonb(OLD)->>TG_ARGV[0] ELSE to_jsonb(NEW)->>TG_ARGV[0] END;
  this_xid bigint := pg_current_xact_id()::text::bigint;
BEGIN
  DELETE FROM audit_pending p
  WHERE p.xid = this_xid AND p.table_name = TG_TABLE_NAME AND p.row_id = row_key AND p.told AND p.changes = 1;
  IF FOUND THEN RETURN NULL; END IF;
  UPDATE audit_pending p SET changes = p.changes - 1
  WHERE p.xid = this_xid AND p.table_name = TG_TABLE_NAME AND p.row_id = row_key AND p.told AND p.changes > 1;
  IF FOUND THEN RETURN NULL; END IF;
  RAISE EXCEPTION 'change of % % without an audit event that tells its state', TG_TABLE_NAME, row_key USING ERRCODE = 'CV002';
END $$;

-- The states of all protected rows as they are stored now, in every shape of their table: for the operator's verifier,
-- which sees no more of them. The policies below show the rows to this function and to nobody who has its owner's rights.
CREATE FUNCTION audit_row_states() RETURNS TABLE (table_name text, row_id text, states text[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp
SET timezone = 'UTC' SET datestyle = 'ISO, YMD' SET intervalstyle = 'iso_8601' SET bytea_output = 'hex' SET extra_float_digits = 1 AS $$
DECLARE
  form record;
BEGIN
  FOR form IN SELECT s.table_name AS guarded, min(s.key_column) AS key FROM audit_shape s
    WHERE to_regclass(quote_ident(s.table_name)) IS NOT NULL GROUP BY 1 ORDER BY 1 LOOP
    RETURN QUERY EXECUTE format(
      'SELECT %1$L, stored.content->>%2$L, (SELECT array_agg(audit_state_of(s.table_name, s.shape, s.columns, stored.content))
         FROM audit_shape s WHERE s.table_name = %1$L)
       FROM (SELECT to_jsonb(kept) AS content FROM %1$I AS kept) AS stored', form.guarded, form.key);
  END LOOP;
END $$;

ALTER FUNCTION audit_state_of(text, integer, text[], jsonb) OWNER TO countervail_audit;
ALTER FUNCTION keep_state() OWNER TO countervail_audit;
ALTER FUNCTION audit_states() OWNER TO countervail_audit;
ALTER FUNCTION audit_append(text, text) OWNER TO countervail_audit;
ALTER FUNCTION audit_row_states() OWNER TO countervail_audit;
REVOKE ALL ON FUNCTION audit_state_of(text, integer, text[], jsonb), keep_state(), audit_states(), audit_append(text, text),
  audit_row_states() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_states(), audit_append(text, text)
  TO countervail_scoped, countervail_organisation, countervail_identity, countervail_system;
DO $$ BEGIN
  EXECUTE format('GRANT EXECUTE ON FUNCTION keep_state(), audit_states(), audit_append(text, text), audit_row_states() TO %I', current_user);
END $$;

-- Protects a table from now on, or counts the columns that it has got since: for migrations. The key is the column by
-- which events name its rows.
CREATE FUNCTION audit_protect(p_table text, p_key text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO audit_shape (table_name, shape, key_column, columns)
  SELECT p_table, 1 + coalesce((SELECT max(s.shape) FROM audit_shape s WHERE s.table_name = p_table), 0), p_key,
         array_agg(a.attname::text ORDER BY a.attname::text)
  FROM pg_attribute a WHERE a.attrelid = format('public.%I', p_table)::regclass AND a.attnum > 0 AND NOT a.attisdropped;
  IF NOT EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = format('public.%I', p_table)::regclass AND t.tgfoid = 'keep_state'::regproc) THEN
    EXECUTE format('CREATE TRIGGER %I AFTER INSERT OR UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION keep_state()',
      p_table || '_audit_state', p_table);
    EXECUTE format('GRANT SELECT ON %I TO countervail_audit', p_table);
    EXECUTE format('CREATE POLICY keeper_states ON %I FOR SELECT TO countervail_audit USING (current_user = ''countervail_audit'')', p_table);
  END IF;
  IF NOT EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = format('public.%I', p_table)::regclass AND t.tgfoid = 'require_event'::regproc) THEN
    EXECUTE format('CREATE CONSTRAINT TRIGGER %I AFTER INSERT OR UPDATE OR DELETE ON %I
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION require_event(%L)', p_table || '_audited', p_table, p_key);
  END IF;
END $$;
REVOKE ALL ON FUNCTION audit_protect(text, text) FROM PUBLIC;

DO $$
DECLARE
  guarded text;
BEGIN
  FOREACH guarded IN ARRAY ARRAY['organisation', 'app_user', 'membership', 'invitation', 'engagement', 'engagement_member',
    'disposition', 'worksheet', 'worksheet_assignee', 'section', 'evidence', 'revision', 'worksheet_transition',
    'sign_off', 'thread', 'comment', 'sso_connection', 'sso_identity', 'passkey', 'recovery_code', 'password_reset',
    'factor_reset', 'data_key']
  LOOP
    PERFORM audit_protect(guarded, 'id');
  END LOOP;
END $$;
SELECT audit_protect('scope_answer', 'engagement_id'), audit_protect('totp_factor', 'user_id'), audit_protect('organisation_policy', 'organisation_id');
