-- AlterTable
ALTER TABLE "evidence" ADD COLUMN     "link_checked_at" TIMESTAMPTZ(3),
ADD COLUMN     "link_outcome" TEXT;

-- CreateTable
CREATE TABLE "blob" (
    "id" UUID NOT NULL,
    "engagement_id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "sha256" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "stored_at" TIMESTAMPTZ(3) NOT NULL,
    "scan" TEXT NOT NULL,
    "scan_note" TEXT NOT NULL DEFAULT '',
    "scanned_at" TIMESTAMPTZ(3),
    "damaged_at" TIMESTAMPTZ(3),
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "blob_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "evidence_file" (
    "id" UUID NOT NULL,
    "engagement_id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "worksheet_id" UUID NOT NULL,
    "evidence_id" UUID NOT NULL,
    "blob_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "uploaded_by_id" UUID NOT NULL,
    "uploaded_at" TIMESTAMPTZ(3) NOT NULL,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "evidence_file_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "blob_key" (
    "organisation_id" UUID NOT NULL,
    "secret" TEXT NOT NULL,

    CONSTRAINT "blob_key_pkey" PRIMARY KEY ("organisation_id")
);

-- CreateIndex
CREATE INDEX "blob_key_idx" ON "blob"("key");

-- CreateIndex
CREATE UNIQUE INDEX "blob_engagement_id_id_key" ON "blob"("engagement_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "blob_engagement_id_sha256_key" ON "blob"("engagement_id", "sha256");

-- CreateIndex
CREATE INDEX "evidence_file_evidence_id_idx" ON "evidence_file"("evidence_id");

-- CreateIndex
CREATE INDEX "evidence_file_blob_id_idx" ON "evidence_file"("blob_id");

-- CreateIndex
CREATE INDEX "evidence_file_worksheet_id_idx" ON "evidence_file"("worksheet_id");

-- CreateIndex
CREATE UNIQUE INDEX "evidence_engagement_id_id_key" ON "evidence"("engagement_id", "id");

-- AddForeignKey
ALTER TABLE "blob" ADD CONSTRAINT "blob_engagement_id_organisation_id_fkey" FOREIGN KEY ("engagement_id", "organisation_id") REFERENCES "engagement"("id", "organisation_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "evidence_file" ADD CONSTRAINT "evidence_file_engagement_id_evidence_id_fkey" FOREIGN KEY ("engagement_id", "evidence_id") REFERENCES "evidence"("engagement_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "evidence_file" ADD CONSTRAINT "evidence_file_engagement_id_blob_id_fkey" FOREIGN KEY ("engagement_id", "blob_id") REFERENCES "blob"("engagement_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "blob_key" ADD CONSTRAINT "blob_key_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What is stored stays what it is.
ALTER TABLE blob ADD CONSTRAINT blob_sha256 CHECK (sha256 ~ '^[0-9a-f]{64}$'), ADD CONSTRAINT blob_size CHECK (size > 0),
  ADD CONSTRAINT blob_scan CHECK (scan IN ('off', 'pending', 'clean', 'infected'));

CREATE CONSTRAINT TRIGGER blob_audited AFTER INSERT OR UPDATE OR DELETE ON blob
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION require_event('id');
CREATE CONSTRAINT TRIGGER evidence_file_audited AFTER INSERT OR UPDATE OR DELETE ON evidence_file
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION require_event('id');
CREATE CONSTRAINT TRIGGER blob_key_audited AFTER INSERT OR UPDATE OR DELETE ON blob_key
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION require_event('organisation_id');

-- Tombstones take the place of deletion, and what a signed revision names is not even given up.
CREATE TRIGGER blob_stays BEFORE DELETE ON blob FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER evidence_file_stays BEFORE DELETE ON evidence_file FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE FUNCTION blob_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.removed_at IS NOT NULL AND OLD.removed_at IS NULL AND EXISTS (
    SELECT 1 FROM sign_off s JOIN revision r ON r.id = s.revision_id
    WHERE s.engagement_id = NEW.engagement_id AND s.kind = 'signed' AND position(NEW.sha256 IN r.content) > 0
  ) THEN
    RAISE EXCEPTION 'a signed revision names these bytes' USING ERRCODE = 'CV005';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER blob_kept BEFORE UPDATE ON blob FOR EACH ROW EXECUTE FUNCTION blob_is_kept();

DO $$
DECLARE
  guarded text;
BEGIN
  FOREACH guarded IN ARRAY ARRAY['blob', 'evidence_file', 'blob_key'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', guarded);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', guarded);
  END LOOP;
  FOREACH guarded IN ARRAY ARRAY['blob', 'evidence_file'] LOOP
    EXECUTE format('CREATE POLICY scoped ON %I TO countervail_scoped USING (engagement_id = (SELECT this_engagement()))
      WITH CHECK (engagement_id = (SELECT this_engagement()) AND organisation_id = (SELECT this_owner()))', guarded);
  END LOOP;
END $$;

GRANT SELECT, INSERT ON blob, evidence_file TO countervail_scoped;
GRANT UPDATE (scan, scan_note, scanned_at, damaged_at, removed_at) ON blob TO countervail_scoped;
GRANT UPDATE (removed_at) ON evidence_file TO countervail_scoped;
GRANT UPDATE (link_checked_at, link_outcome) ON evidence TO countervail_scoped;
CREATE POLICY own_name ON evidence_file AS RESTRICTIVE FOR INSERT TO countervail_scoped
  WITH CHECK (uploaded_by_id = (SELECT acting_user()));

-- The sweep looks through everybody's bytes, and notes what it finds.
GRANT SELECT ON blob TO countervail_system;
GRANT UPDATE (scan, scan_note, scanned_at, damaged_at) ON blob TO countervail_system;
CREATE POLICY system ON blob TO countervail_system USING (true);

-- As a data key: whoever belongs to the organisation may use it, and sealing anew replaces it.
GRANT SELECT, INSERT ON blob_key TO countervail_identity;
CREATE POLICY identity ON blob_key TO countervail_identity
  USING (EXISTS (SELECT FROM membership m WHERE m.organisation_id = blob_key.organisation_id));
GRANT SELECT, UPDATE (secret) ON blob_key TO countervail_system;
CREATE POLICY system ON blob_key TO countervail_system USING (true);

-- How much the engagement's owner stores in all its engagements, each content once: a number, and no row of another one.
GRANT SELECT (organisation_id, key, size, removed_at) ON blob TO countervail_audit;
CREATE POLICY keeper ON blob FOR SELECT TO countervail_audit USING (organisation_id = (SELECT this_owner()));
CREATE FUNCTION stored_bytes() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(sum(size), 0)::bigint FROM (
    SELECT DISTINCT key, size FROM blob WHERE organisation_id = this_owner() AND removed_at IS NULL
  ) AS content
$$;
ALTER FUNCTION stored_bytes() OWNER TO countervail_audit;
REVOKE ALL ON FUNCTION stored_bytes() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION stored_bytes() TO countervail_scoped;
