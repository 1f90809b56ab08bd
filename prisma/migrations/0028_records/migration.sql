-- DropIndex
DROP INDEX "worksheet_disposition_id_key";

-- DropIndex
DROP INDEX "worksheet_engagement_id_disposition_id_key";

-- AlterTable
ALTER TABLE "worksheet" ADD COLUMN     "kind" TEXT NOT NULL DEFAULT 'ccw';

-- CreateIndex
CREATE UNIQUE INDEX "worksheet_disposition_id_kind_key" ON "worksheet"("disposition_id", "kind");

-- CreateIndex
CREATE UNIQUE INDEX "worksheet_engagement_id_disposition_id_kind_key" ON "worksheet"("engagement_id", "disposition_id", "kind");

-- A record is a worksheet of another kind (docs/decisions/0028). What it is, is settled when it is opened: nobody has the
-- right to change the column.
ALTER TABLE worksheet
  ADD CONSTRAINT worksheet_kind CHECK (kind IN ('ccw', 'customized_approach', 'legal_exception', 'risk_analysis')),
  -- The gate is asked before a compensating control, and of nothing else.
  ADD CONSTRAINT worksheet_gate CHECK (kind = 'ccw' OR eligibility IS NULL);
SELECT audit_protect('worksheet', 'id');

-- Each kind has parts of its own, so that no text is written that its page would not show.
CREATE FUNCTION section_is_of_its_kind() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  held text;
BEGIN
  SELECT kind INTO held FROM worksheet WHERE id = NEW.worksheet_id;
  -- Without a worksheet that the writer may see, row-level security and the foreign key refuse.
  IF held IS NOT NULL AND NOT NEW.key = ANY (CASE held
    WHEN 'ccw' THEN ARRAY['constraints', 'definition', 'objective', 'identifiedRisk', 'validation', 'maintenance', 'criteria']
    WHEN 'customized_approach' THEN ARRAY['matrixControls', 'matrixObjective', 'matrixTesting', 'matrixProtection', 'matrixUpkeep',
      'riskMischief', 'riskSolution', 'riskLikelihood', 'riskImpact', 'approval']
    WHEN 'legal_exception' THEN ARRAY['law', 'lawReach', 'counsel', 'lesserRisk', 'approval']
    WHEN 'risk_analysis' THEN ARRAY['analysisAssets', 'analysisThreats', 'analysisFrequency', 'approval']
    ELSE ARRAY[]::text[] END) THEN
    RAISE EXCEPTION 'a % has no part %', held, NEW.key USING ERRCODE = 'CV004';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER section_of_its_kind BEFORE INSERT ON section FOR EACH ROW EXECUTE FUNCTION section_is_of_its_kind();

-- Criteria of Appendix B are decided over compensating controls alone (0023 with the kind).
CREATE OR REPLACE FUNCTION criterion_decision_is_apart() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  wanted text[] := CASE NEW.kind WHEN 'proposal' THEN ARRAY['qsa_assistant'] ELSE ARRAY['qsa_lead', 'isa', 'officer'] END;
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM revision r JOIN worksheet w ON w.id = r.worksheet_id AND w.revision_number = r.number
    WHERE r.id = NEW.revision_id AND w.id = NEW.worksheet_id AND w.state = 'qsa_review' AND w.kind = 'ccw'
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

-- A statement names the kind of record that it is over, and none over a compensating controls worksheet, so that neither is
-- taken for the other. A signature over a worksheet stands over all criteria that the revision's version asks (0023); one
-- over a record stands over none.
CREATE OR REPLACE FUNCTION sign_off_has_criteria() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  stated jsonb := coalesce(NEW.statement::jsonb->'criteria', '[]'::jsonb);
  held text;
  asked int;
BEGIN
  -- What nothing says otherwise of is held to what a worksheet is.
  held := coalesce((SELECT kind FROM worksheet WHERE id = NEW.worksheet_id), 'ccw');
  IF NEW.statement IS NOT NULL
    AND coalesce(NEW.statement::jsonb->'worksheet'->>'kind', 'ccw') IS DISTINCT FROM held THEN
    RAISE EXCEPTION 'a statement names the kind of document that it is over' USING ERRCODE = 'CV004';
  END IF;
  IF held <> 'ccw' THEN
    IF jsonb_array_length(stated) > 0 THEN
      RAISE EXCEPTION 'criteria are decided over compensating controls alone' USING ERRCODE = 'CV004';
    END IF;
    RETURN NEW;
  END IF;
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
