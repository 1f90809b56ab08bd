-- CreateTable
CREATE TABLE "control_record" (
    "id" UUID NOT NULL,
    "engagement_id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "nature" TEXT NOT NULL,
    "owner" TEXT NOT NULL DEFAULT '',
    "changed_on" DATE,
    "evidence" JSONB NOT NULL DEFAULT '[]',
    "author_ids" UUID[],
    "version" INTEGER NOT NULL DEFAULT 1,
    "retired_at" TIMESTAMPTZ(3),
    "created_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_by_id" UUID NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "control_record_pkey" PRIMARY KEY ("id")
);

-- AlterTable
ALTER TABLE "evidence" ADD COLUMN     "control_record_id" UUID,
ADD COLUMN     "record_evidence_id" UUID;

-- CreateIndex
CREATE UNIQUE INDEX "control_record_engagement_id_id_key" ON "control_record"("engagement_id", "id");

-- AddForeignKey
ALTER TABLE "control_record" ADD CONSTRAINT "control_record_engagement_id_organisation_id_fkey" FOREIGN KEY ("engagement_id", "organisation_id") REFERENCES "engagement"("id", "organisation_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_engagement_id_control_record_id_fkey" FOREIGN KEY ("engagement_id", "control_record_id") REFERENCES "control_record"("engagement_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A control that worksheets share. Nothing is deleted: what is no longer used is retired.
ALTER TABLE control_record
  ADD CONSTRAINT control_record_title CHECK (title <> ''),
  ADD CONSTRAINT control_record_nature CHECK (nature IN ('preventive', 'detective', 'corrective')),
  ADD CONSTRAINT control_record_authors CHECK (created_by_id = ANY (author_ids) AND updated_by_id = ANY (author_ids));
ALTER TABLE evidence
  ADD CONSTRAINT evidence_of_record CHECK ((control_record_id IS NULL) = (record_evidence_id IS NULL));
CREATE TRIGGER control_record_stays BEFORE DELETE ON control_record FOR EACH ROW EXECUTE FUNCTION refuse_change();

ALTER TABLE control_record ENABLE ROW LEVEL SECURITY;
ALTER TABLE control_record FORCE ROW LEVEL SECURITY;
CREATE POLICY scoped ON control_record TO countervail_scoped
  USING (engagement_id = (SELECT this_engagement()))
  WITH CHECK (engagement_id = (SELECT this_engagement()) AND organisation_id = (SELECT this_owner()));
-- Nobody writes in another's name, nor leaves another's name under what they changed.
CREATE POLICY own_name ON control_record AS RESTRICTIVE FOR INSERT TO countervail_scoped
  WITH CHECK (created_by_id = (SELECT acting_user()) AND updated_by_id = (SELECT acting_user()));
CREATE POLICY own_change ON control_record AS RESTRICTIVE FOR UPDATE TO countervail_scoped
  USING (true) WITH CHECK (updated_by_id = (SELECT acting_user()));
GRANT SELECT, INSERT ON control_record TO countervail_scoped;
GRANT UPDATE (title, description, nature, owner, changed_on, evidence, author_ids, version, retired_at, updated_by_id, updated_at)
  ON control_record TO countervail_scoped;
GRANT UPDATE (control_record_id, record_evidence_id) ON evidence TO countervail_scoped;
-- Which engagement a control belongs to, before it is decided who may come to it (0005).
GRANT SELECT (id, engagement_id) ON control_record TO countervail_identity;
CREATE POLICY identity ON control_record FOR SELECT TO countervail_identity USING (sees_engagement(engagement_id));

-- Whoever wrote a shared control is an author of each worksheet that uses it, and whoever wrote the text that a draft began
-- as of that draft, also when somebody else brings it there (0005).
DROP POLICY own_name ON worksheet_author;
CREATE POLICY own_name ON worksheet_author AS RESTRICTIVE FOR INSERT TO countervail_scoped
  WITH CHECK (user_id = (SELECT acting_user()) OR EXISTS (
    SELECT FROM control_record r WHERE r.engagement_id = worksheet_author.engagement_id AND worksheet_author.user_id = ANY (r.author_ids))
    OR EXISTS (
    SELECT FROM worksheet_origin o WHERE o.worksheet_id = worksheet_author.worksheet_id AND worksheet_author.user_id = ANY (o.author_ids)));

-- What events tell of evidence counts the columns that came since (0011).
SELECT audit_protect('control_record', 'id'), audit_protect('evidence', 'id'), backup_reads('control_record');
