-- CreateTable
CREATE TABLE "worksheet_origin" (
    "worksheet_id" UUID NOT NULL,
    "engagement_id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "source" JSONB NOT NULL,
    "sections" JSONB NOT NULL,
    "answers" JSONB NOT NULL,
    "author_ids" UUID[] NOT NULL DEFAULT ARRAY[]::uuid[],
    "taken_by_id" UUID NOT NULL,
    "taken_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "worksheet_origin_pkey" PRIMARY KEY ("worksheet_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "worksheet_origin_engagement_id_worksheet_id_key" ON "worksheet_origin"("engagement_id", "worksheet_id");

-- AddForeignKey
ALTER TABLE "worksheet_origin" ADD CONSTRAINT "worksheet_origin_engagement_id_worksheet_id_fkey" FOREIGN KEY ("engagement_id", "worksheet_id") REFERENCES "worksheet"("engagement_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What the draft of a worksheet began as. A draft that was emptied may begin anew, so its origin may change; which ones
-- there were before is told by the events. Nothing is deleted.
ALTER TABLE worksheet_origin
  ADD CONSTRAINT worksheet_origin_kind CHECK (kind IN ('sample', 'worksheet', 'carried_over'));
CREATE TRIGGER worksheet_origin_stays BEFORE DELETE ON worksheet_origin FOR EACH ROW EXECUTE FUNCTION refuse_change();

ALTER TABLE worksheet_origin ENABLE ROW LEVEL SECURITY;
ALTER TABLE worksheet_origin FORCE ROW LEVEL SECURITY;
CREATE POLICY scoped ON worksheet_origin TO countervail_scoped
  USING (engagement_id = (SELECT this_engagement()))
  WITH CHECK (engagement_id = (SELECT this_engagement()) AND organisation_id = (SELECT this_owner()));
-- Nobody begins a draft in another's name.
CREATE POLICY own_name ON worksheet_origin AS RESTRICTIVE FOR INSERT TO countervail_scoped
  WITH CHECK (taken_by_id = (SELECT acting_user()));
CREATE POLICY own_change ON worksheet_origin AS RESTRICTIVE FOR UPDATE TO countervail_scoped
  USING (true) WITH CHECK (taken_by_id = (SELECT acting_user()));
GRANT SELECT, INSERT ON worksheet_origin TO countervail_scoped;
GRANT UPDATE (kind, title, source, sections, answers, author_ids, taken_by_id, taken_at) ON worksheet_origin TO countervail_scoped;

SELECT audit_protect('worksheet_origin', 'worksheet_id'), backup_reads('worksheet_origin');
