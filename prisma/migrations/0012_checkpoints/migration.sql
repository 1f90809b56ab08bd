-- Checkpoints: the signer's view of the chains, what it signed, and the lists of its keys.
-- The group countervail_signing exists before this runs (npm run db:init, or the launcher). Its members, the signer's
-- logins, can execute the functions below and nothing else.

CREATE TABLE "service_identity" (
    "id" UUID NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "service_identity_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "audit_checkpoint" (
    "log_id" TEXT NOT NULL,
    "size" BIGINT NOT NULL,
    "root" BYTEA NOT NULL,
    "note" TEXT NOT NULL,
    "key_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "audit_checkpoint_pkey" PRIMARY KEY ("log_id","size")
);

CREATE TABLE "signing_key_set" (
    "number" INTEGER NOT NULL,
    "digest" TEXT NOT NULL,
    "envelope" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "signing_key_set_pkey" PRIMARY KEY ("number")
);

-- The service's name is in everything it signs, so it is everybody's to read and nobody's to change.
INSERT INTO service_identity (id, made_at) VALUES (gen_random_uuid(), now());
CREATE TRIGGER service_identity_stays BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON service_identity
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE service_identity OWNER TO countervail_audit;
GRANT SELECT ON service_identity
  TO countervail_scoped, countervail_organisation, countervail_identity, countervail_system, countervail_public;

-- ---------------------------------------------------------------- checkpoints

ALTER TABLE audit_checkpoint OWNER TO countervail_audit;
ALTER TABLE audit_checkpoint ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_checkpoint FORCE ROW LEVEL SECURITY;
CREATE POLICY keeper ON audit_checkpoint TO countervail_audit USING (true);
CREATE TRIGGER audit_checkpoint_only_grows BEFORE UPDATE OR DELETE ON audit_checkpoint
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_checkpoint_stays BEFORE TRUNCATE ON audit_checkpoint
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The newest checkpoint of a chain, and when the first event behind it happened.
CREATE FUNCTION audit_last_checkpoint(p_log text)
RETURNS TABLE (size bigint, root bytea, note text, key_id text, at timestamptz, next_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF audit_may_verify(p_log) IS NOT TRUE THEN
    RAISE EXCEPTION 'this transaction does not verify the chain %', p_log USING ERRCODE = '42501';
  END IF;
  RETURN QUERY SELECT c.size, c.root, c.note, c.key_id, c.at,
      (SELECT e.at FROM audit_event e WHERE e.log_id = p_log AND e.seq = coalesce(c.size, 0))
    FROM (SELECT 1) AS one LEFT JOIN LATERAL (
      SELECT * FROM audit_checkpoint k WHERE k.log_id = p_log ORDER BY k.size DESC LIMIT 1) AS c ON true;
END $$;

-- ---------------------------------------------------------------- what the signer may do

CREATE FUNCTION signer_service() RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  RETURN (SELECT id FROM service_identity);

CREATE FUNCTION signer_chains() RETURNS TABLE (log_id text, size bigint, head bytea, checkpointed bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  SELECT h.log_id, h.size, h.head,
    coalesce((SELECT max(c.size) FROM audit_checkpoint c WHERE c.log_id = h.log_id), 0)
  FROM audit_head h ORDER BY h.log_id;
END;

CREATE FUNCTION signer_stretch(p_log text, p_from bigint, p_count integer)
RETURNS TABLE (seq bigint, prev_hash bytea, entry_hash bytea, payload_hash bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
  SELECT e.seq, e.prev_hash, e.entry_hash, sha256(convert_to(e.payload, 'UTF8'))
  FROM audit_event e WHERE e.log_id = p_log AND e.seq >= p_from ORDER BY e.seq LIMIT p_count;
END;

-- The same checkpoint may come twice, after an interruption; another one of the same size never.
CREATE FUNCTION signer_store(p_log text, p_size bigint, p_root bytea, p_note text, p_key_id text, p_at timestamptz)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO audit_checkpoint (log_id, size, root, note, key_id, at)
  VALUES (p_log, p_size, p_root, p_note, p_key_id, p_at) ON CONFLICT DO NOTHING;
  IF NOT EXISTS (SELECT FROM audit_checkpoint c WHERE c.log_id = p_log AND c.size = p_size AND c.root = p_root) THEN
    RAISE EXCEPTION 'there is another checkpoint of % at %', p_log, p_size USING ERRCODE = 'CV005';
  END IF;
END $$;

ALTER FUNCTION audit_last_checkpoint(text) OWNER TO countervail_audit;
ALTER FUNCTION signer_service() OWNER TO countervail_audit;
ALTER FUNCTION signer_chains() OWNER TO countervail_audit;
ALTER FUNCTION signer_stretch(text, bigint, integer) OWNER TO countervail_audit;
ALTER FUNCTION signer_store(text, bigint, bytea, text, text, timestamptz) OWNER TO countervail_audit;
REVOKE ALL ON FUNCTION audit_last_checkpoint(text), signer_service(), signer_chains(), signer_stretch(text, bigint, integer),
  signer_store(text, bigint, bytea, text, text, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_last_checkpoint(text) TO countervail_scoped, countervail_organisation;
GRANT USAGE ON SCHEMA public TO countervail_signing;
GRANT EXECUTE ON FUNCTION signer_service(), signer_chains(), signer_stretch(text, bigint, integer),
  signer_store(text, bigint, bytea, text, text, timestamptz) TO countervail_signing;

-- ---------------------------------------------------------------- lists of keys

ALTER TABLE signing_key_set ENABLE ROW LEVEL SECURITY;
ALTER TABLE signing_key_set FORCE ROW LEVEL SECURITY;
CREATE POLICY readers ON signing_key_set FOR SELECT TO countervail_scoped, countervail_organisation USING (true);
CREATE POLICY system ON signing_key_set TO countervail_system USING (true);
GRANT SELECT ON signing_key_set TO countervail_scoped, countervail_organisation;
GRANT SELECT, INSERT ON signing_key_set TO countervail_system;
CREATE TRIGGER signing_key_set_only_grows BEFORE UPDATE OR DELETE ON signing_key_set
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER signing_key_set_stays BEFORE TRUNCATE ON signing_key_set
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE CONSTRAINT TRIGGER signing_key_set_audited AFTER INSERT OR UPDATE OR DELETE ON signing_key_set
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION require_event('number');
