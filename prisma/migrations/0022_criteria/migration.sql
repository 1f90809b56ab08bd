-- CreateTable
CREATE TABLE "criterion_decision" (
    "id" UUID NOT NULL,
    "engagement_id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "author_organisation_id" UUID NOT NULL,
    "worksheet_id" UUID NOT NULL,
    "revision_id" UUID NOT NULL,
    "criterion" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "thread_id" UUID,
    "by_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "criterion_decision_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "criterion_decision_worksheet_id_idx" ON "criterion_decision"("worksheet_id");

-- CreateIndex
CREATE UNIQUE INDEX "criterion_decision_revision_id_criterion_kind_key" ON "criterion_decision"("revision_id", "criterion", "kind");

-- AddForeignKey
ALTER TABLE "criterion_decision" ADD CONSTRAINT "criterion_decision_engagement_id_worksheet_id_fkey" FOREIGN KEY ("engagement_id", "worksheet_id") REFERENCES "worksheet"("engagement_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "criterion_decision" ADD CONSTRAINT "criterion_decision_engagement_id_revision_id_fkey" FOREIGN KEY ("engagement_id", "revision_id") REFERENCES "revision"("engagement_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "criterion_decision" ADD CONSTRAINT "criterion_decision_engagement_id_thread_id_fkey" FOREIGN KEY ("engagement_id", "thread_id") REFERENCES "thread"("engagement_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What the decider of a worksheet says of each criterion of Appendix B, on one revision. Nothing is deleted: a decision
-- that changes is told by its events.
ALTER TABLE criterion_decision
  ADD CONSTRAINT criterion_decision_criterion CHECK (criterion IN ('intent', 'defence', 'beyond', 'added_risk', 'now_and_future')),
  ADD CONSTRAINT criterion_decision_kind CHECK (kind IN ('decision', 'proposal')),
  ADD CONSTRAINT criterion_decision_outcome CHECK (outcome IN ('met', 'not_met', 'question')),
  -- Whoever has to act on it is told why, and where to answer.
  ADD CONSTRAINT criterion_decision_note CHECK (outcome = 'met' OR note <> ''),
  ADD CONSTRAINT criterion_decision_thread CHECK (outcome = 'met' OR kind = 'proposal' OR thread_id IS NOT NULL);

-- Separation of duties, a second time (0002): nobody decides over what they wrote, nor for the assessor company from
-- outside it, nor on anything but the revision that is in review.
CREATE FUNCTION criterion_decision_is_apart() RETURNS trigger LANGUAGE plpgsql AS $$
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
  IF EXISTS (
    SELECT 1 FROM engagement e JOIN membership m ON m.user_id = NEW.by_id
    WHERE e.id = NEW.engagement_id AND e.assessor_organisation_id IS NOT NULL AND m.organisation_id <> e.assessor_organisation_id
  ) THEN
    RAISE EXCEPTION 'the assessor company decides in this engagement' USING ERRCODE = 'CV004';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER criterion_decision_apart BEFORE INSERT ON criterion_decision
  FOR EACH ROW EXECUTE FUNCTION criterion_decision_is_apart();
CREATE TRIGGER criterion_decision_changed BEFORE UPDATE ON criterion_decision
  FOR EACH ROW WHEN (OLD IS DISTINCT FROM NEW) EXECUTE FUNCTION criterion_decision_is_apart();
CREATE TRIGGER criterion_decision_stays BEFORE DELETE ON criterion_decision FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- A signature stands over decided criteria: every one that was decided is met, and its statement names them all.
CREATE FUNCTION sign_off_has_criteria() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  stated jsonb := coalesce(NEW.statement::jsonb->'criteria', '[]'::jsonb);
BEGIN
  IF NEW.kind <> 'signed' THEN
    RETURN NEW;
  END IF;
  IF jsonb_array_length(stated) = 0
    OR EXISTS (
      SELECT 1 FROM criterion_decision d WHERE d.revision_id = NEW.revision_id AND d.kind = 'decision' AND d.outcome <> 'met')
    OR EXISTS (
      SELECT 1 FROM jsonb_array_elements(stated) s WHERE NOT EXISTS (
        SELECT 1 FROM criterion_decision d
        WHERE d.revision_id = NEW.revision_id AND d.kind = 'decision' AND d.criterion = s->>'id' AND d.outcome = s->>'outcome')) THEN
    RAISE EXCEPTION 'a signature stands over criteria that are decided and met' USING ERRCODE = 'CV004';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER sign_off_with_criteria BEFORE INSERT ON sign_off FOR EACH ROW EXECUTE FUNCTION sign_off_has_criteria();

ALTER TABLE criterion_decision ENABLE ROW LEVEL SECURITY;
ALTER TABLE criterion_decision FORCE ROW LEVEL SECURITY;
-- A proposal is a working paper of the company that made it.
CREATE POLICY scoped ON criterion_decision TO countervail_scoped
  USING (engagement_id = (SELECT this_engagement())
    AND (kind = 'decision' OR author_organisation_id = (SELECT acting_organisation())))
  WITH CHECK (engagement_id = (SELECT this_engagement()) AND organisation_id = (SELECT this_owner()));
-- Nobody writes in another's name, nor leaves another's name under what they changed.
CREATE POLICY own_name ON criterion_decision AS RESTRICTIVE FOR INSERT TO countervail_scoped
  WITH CHECK (by_id = (SELECT acting_user()) AND author_organisation_id = (SELECT acting_organisation()));
CREATE POLICY own_change ON criterion_decision AS RESTRICTIVE FOR UPDATE TO countervail_scoped
  USING (true) WITH CHECK (by_id = (SELECT acting_user()) AND author_organisation_id = (SELECT acting_organisation()));
GRANT SELECT, INSERT ON criterion_decision TO countervail_scoped;
GRANT UPDATE (outcome, note, thread_id, by_id, author_organisation_id, at, version) ON criterion_decision TO countervail_scoped;

SELECT audit_protect('criterion_decision', 'id'), backup_reads('criterion_decision');
