-- What the PDFs of an export declare to be; empty for a document, and for what was asked for before it could be chosen. A pack
-- has a paper too, since it has PDFs.
ALTER TABLE "export_job" ADD COLUMN     "conformance" TEXT NOT NULL DEFAULT '';
ALTER TABLE export_job
  DROP CONSTRAINT export_job_kind,
  ADD CONSTRAINT export_job_kind CHECK (
    (kind = 'pack' AND paper IN ('', 'A4', 'Letter')) OR (kind IN ('workbook', 'document') AND paper IN ('A4', 'Letter'))),
  ADD CONSTRAINT export_job_conformance CHECK (
    conformance = '' OR (kind IN ('pack', 'workbook') AND conformance IN ('PDF/UA-1', 'PDF/A-3a'))),
  DROP CONSTRAINT export_job_once,
  ADD CONSTRAINT export_job_once EXCLUDE USING btree (engagement_id WITH =, requested_by_id WITH =, kind WITH =, paper WITH =,
    conformance WITH =, (coalesce(token_id, '00000000-0000-0000-0000-000000000000'::uuid)) WITH =)
    WHERE (state IN ('queued', 'running'));

-- CreateTable
CREATE TABLE "organisation_logo" (
    "organisation_id" UUID NOT NULL,
    "picture" BYTEA,
    "type" TEXT NOT NULL DEFAULT '',
    "alt" TEXT NOT NULL DEFAULT '',
    "width" INTEGER NOT NULL DEFAULT 0,
    "height" INTEGER NOT NULL DEFAULT 0,
    "sha256" TEXT NOT NULL DEFAULT '',
    "version" INTEGER NOT NULL DEFAULT 1,
    "updated_by_id" UUID NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "organisation_logo_pkey" PRIMARY KEY ("organisation_id")
);

-- AddForeignKey
ALTER TABLE "organisation_logo" ADD CONSTRAINT "organisation_logo_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- The logo of an organisation: set by its administrators, drawn for everybody who prints its worksheets. What was taken away
-- leaves a row without a picture.
ALTER TABLE organisation_logo
  ADD CONSTRAINT organisation_logo_picture CHECK ((picture IS NULL AND sha256 = '') OR (octet_length(picture) BETWEEN 1 AND 524288
    AND type IN ('image/png', 'image/jpeg') AND alt <> '' AND width > 0 AND height > 0 AND sha256 ~ '^[0-9a-f]{64}$'));
ALTER TABLE organisation_logo ENABLE ROW LEVEL SECURITY;
ALTER TABLE organisation_logo FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON organisation_logo TO countervail_organisation
  USING (organisation_id = (SELECT acting_organisation()));
CREATE POLICY scoped ON organisation_logo FOR SELECT TO countervail_scoped
  USING (organisation_id = (SELECT this_owner()));
CREATE POLICY own_name ON organisation_logo AS RESTRICTIVE FOR INSERT TO countervail_organisation
  WITH CHECK (updated_by_id = (SELECT acting_user()));
CREATE POLICY own_change ON organisation_logo AS RESTRICTIVE FOR UPDATE TO countervail_organisation
  USING (true) WITH CHECK (updated_by_id = (SELECT acting_user()));
GRANT SELECT, INSERT ON organisation_logo TO countervail_organisation;
GRANT UPDATE (picture, type, alt, width, height, sha256, version, updated_by_id, updated_at) ON organisation_logo
  TO countervail_organisation;
GRANT SELECT ON organisation_logo TO countervail_scoped;
SELECT audit_protect('organisation_logo', 'organisation_id'), backup_reads('organisation_logo');
