-- CreateTable
CREATE TABLE "organisation_rigour" (
    "organisation_id" UUID NOT NULL,
    "values" JSONB NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "updated_by_id" UUID NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "organisation_rigour_pkey" PRIMARY KEY ("organisation_id")
);

-- AddForeignKey
ALTER TABLE "organisation_rigour" ADD CONSTRAINT "organisation_rigour_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- DropIndex
DROP INDEX "criterion_decision_revision_id_criterion_kind_key";

-- The answers of the gate have a version of their own, so that two people do not overwrite each other.
ALTER TABLE "worksheet" ADD COLUMN "eligibility_version" INTEGER NOT NULL DEFAULT 0;
GRANT UPDATE (eligibility_version) ON worksheet TO countervail_scoped;
SELECT audit_protect('worksheet', 'id');

-- The thresholds of an organisation: set by its administrators, read by everybody who works on its worksheets.
ALTER TABLE organisation_rigour ENABLE ROW LEVEL SECURITY;
ALTER TABLE organisation_rigour FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON organisation_rigour TO countervail_organisation
  USING (organisation_id = (SELECT acting_organisation()));
CREATE POLICY scoped ON organisation_rigour FOR SELECT TO countervail_scoped
  USING (organisation_id = (SELECT this_owner()));
CREATE POLICY own_name ON organisation_rigour AS RESTRICTIVE FOR INSERT TO countervail_organisation
  WITH CHECK (updated_by_id = (SELECT acting_user()));
CREATE POLICY own_change ON organisation_rigour AS RESTRICTIVE FOR UPDATE TO countervail_organisation
  USING (true) WITH CHECK (updated_by_id = (SELECT acting_user()));
GRANT SELECT, INSERT ON organisation_rigour TO countervail_organisation;
GRANT UPDATE ("values", version, updated_by_id, updated_at) ON organisation_rigour TO countervail_organisation;
GRANT SELECT ON organisation_rigour TO countervail_scoped;
SELECT audit_protect('organisation_rigour', 'organisation_id'), backup_reads('organisation_rigour');

-- One decision over each criterion of a revision, and one proposal of each company: a company does not see another's.
CREATE UNIQUE INDEX criterion_decision_one_each ON criterion_decision
  (revision_id, criterion, kind, (CASE kind WHEN 'proposal' THEN author_organisation_id END)) NULLS NOT DISTINCT;

-- Separation of duties (0022), with the role: whoever signs decides, and assistants of the assessor propose.
CREATE OR REPLACE FUNCTION criterion_decision_is_apart() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  wanted text[] := CASE NEW.kind WHEN 'proposal' THEN ARRAY['qsa_assistant'] ELSE ARRAY['qsa_lead', 'isa', 'officer'] END;
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM revision r JOIN worksheet w ON w.id = r.worksheet_id AND w.revision_number = r.number
    WHERE r.id = NEW.revision_id AND w.id = NEW.worksheet_id AND w.state = 'qsa_review'
  ) THEN
    RAISE EXCEPTION 'a criterion is decided on the revision that is in review' USING ERRCODE = 'CV004';
  END IF;
  IF EXISTS (SELECT 1 FROM worksheet_author a WHERE a.worksheet_id = NEW.worksheet_id AND a.user_id = NEW.by_id) THEN
    RAISE EXCEPTION 'an author of a worksheet never decides over it' USING ERRCODE = 'CV004';
  END IF;
  IF NOT EXISTS (
    SELECT 1 FROM engagement_member m
    WHERE m.engagement_id = NEW.engagement_id AND m.user_id = NEW.by_id AND m.role = ANY (wanted)
  ) THEN
    RAISE EXCEPTION 'a criterion is decided by whoever signs' USING ERRCODE = 'CV004';
  END IF;
  IF EXISTS (
    SELECT 1 FROM engagement e JOIN membership m ON m.user_id = NEW.by_id
    WHERE e.id = NEW.engagement_id AND e.assessor_organisation_id IS NOT NULL AND m.organisation_id <> e.assessor_organisation_id
  ) THEN
    RAISE EXCEPTION 'the assessor company decides in this engagement' USING ERRCODE = 'CV004';
  END IF;
  RETURN NEW;
END $$;

-- A signature stands over all criteria that the revision's version asks: four of 3.2.1, five of 4.0.1. Each is decided and
-- met, and the statement names each of them once.
CREATE OR REPLACE FUNCTION sign_off_has_criteria() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  stated jsonb := coalesce(NEW.statement::jsonb->'criteria', '[]'::jsonb);
  asked int;
BEGIN
  IF NEW.kind <> 'signed' THEN
    RETURN NEW;
  END IF;
  SELECT CASE r.content::jsonb->'header'->>'standardVersion' WHEN '3.2.1' THEN 4 ELSE 5 END INTO asked
  FROM revision r WHERE r.id = NEW.revision_id;
  IF jsonb_array_length(stated) IS DISTINCT FROM asked
    OR (SELECT count(DISTINCT s->>'id') FROM jsonb_array_elements(stated) s) <> asked
    OR (SELECT count(*) FROM criterion_decision d WHERE d.revision_id = NEW.revision_id AND d.kind = 'decision') <> asked
    OR EXISTS (
      SELECT 1 FROM criterion_decision d WHERE d.revision_id = NEW.revision_id AND d.kind = 'decision' AND d.outcome <> 'met')
    OR EXISTS (
      SELECT 1 FROM jsonb_array_elements(stated) s WHERE NOT EXISTS (
        SELECT 1 FROM criterion_decision d
        WHERE d.revision_id = NEW.revision_id AND d.kind = 'decision' AND d.criterion = s->>'id' AND d.outcome = s->>'outcome')) THEN
    RAISE EXCEPTION 'a signature stands over criteria that are all decided and met' USING ERRCODE = 'CV004';
  END IF;
  RETURN NEW;
END $$;
