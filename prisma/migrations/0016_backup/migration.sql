-- Backup and restore (docs/decisions/0020-a-backup-is-a-copy-of-rows.md).

-- When data were put back from a backup, and what was lost by it. A row without `recorded_at` says that an operator has
-- not looked yet: nothing is signed meanwhile.
CREATE TABLE "service_gap" (
    "id" UUID NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "backup_at" TIMESTAMPTZ(3),
    "backup_sha256" TEXT,
    "recorded_at" TIMESTAMPTZ(3),
    "record" TEXT,

    CONSTRAINT "service_gap_pkey" PRIMARY KEY ("id")
);
ALTER TABLE service_gap ENABLE ROW LEVEL SECURITY;
ALTER TABLE service_gap FORCE ROW LEVEL SECURITY;
CREATE POLICY system ON service_gap TO countervail_system USING (true);
GRANT SELECT, INSERT, UPDATE (recorded_at, record) ON service_gap TO countervail_system;
CREATE TRIGGER service_gap_only_grows BEFORE DELETE ON service_gap FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER service_gap_stays BEFORE TRUNCATE ON service_gap FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
SELECT audit_protect('service_gap', 'id');

-- A backup reads every row of every table as the keeper of the trail, whom nobody signs in as and whom the owner of the
-- tables alone may become. Whoever merely has its rights sees nothing by this. For migrations: called for a table that
-- the keeper does not see wholly yet.
CREATE FUNCTION backup_reads(p_table text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('GRANT SELECT ON %I TO countervail_audit', p_table);
  IF (SELECT c.relrowsecurity FROM pg_class c WHERE c.oid = format('public.%I', p_table)::regclass)
    AND NOT EXISTS (SELECT FROM pg_policies p WHERE p.schemaname = 'public' AND p.tablename = p_table AND p.permissive = 'PERMISSIVE'
      AND p.cmd IN ('ALL', 'SELECT') AND 'countervail_audit' = ANY (p.roles) AND p.qual IN ('true', '(CURRENT_USER = ''countervail_audit''::name)')) THEN
    EXECUTE format('CREATE POLICY keeper_copies ON %I FOR SELECT TO countervail_audit USING (current_user = ''countervail_audit'')', p_table);
  END IF;
END $$;
REVOKE ALL ON FUNCTION backup_reads(text) FROM PUBLIC;
SELECT backup_reads(c.relname::text) FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
  AND c.relpersistence = 'p' AND c.relname <> '_prisma_migrations';
