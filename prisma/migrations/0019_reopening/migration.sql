-- Reopening is a signed statement too. It decides nothing, so that the entity's lead may make it, an author or not.
CREATE OR REPLACE FUNCTION sign_off_is_apart() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM revision r WHERE r.id = NEW.revision_id AND r.worksheet_id = NEW.worksheet_id AND r.digest = NEW.digest) THEN
    RAISE EXCEPTION 'a sign-off carries the digest of its revision' USING ERRCODE = 'CV004';
  END IF;
  IF NEW.kind = 'reopened' THEN
    IF NOT EXISTS (SELECT 1 FROM sign_off s WHERE s.revision_id = NEW.revision_id AND s.kind <> 'reopened') THEN
      RAISE EXCEPTION 'only what was decided on is reopened' USING ERRCODE = 'CV004';
    END IF;
    RETURN NEW;
  END IF;
  IF NEW.kind NOT IN ('signed', 'refused', 'revoked') THEN
    RAISE EXCEPTION 'a sign-off signs, refuses, revokes or reopens' USING ERRCODE = 'CV004';
  END IF;
  IF EXISTS (SELECT 1 FROM worksheet_author a WHERE a.worksheet_id = NEW.worksheet_id AND a.user_id = NEW.signer_id) THEN
    RAISE EXCEPTION 'an author of a worksheet never decides over it' USING ERRCODE = 'CV004';
  END IF;
  IF EXISTS (
    SELECT 1 FROM engagement e JOIN membership m ON m.user_id = NEW.signer_id
    WHERE e.id = NEW.engagement_id AND e.assessor_organisation_id IS NOT NULL AND m.organisation_id <> e.assessor_organisation_id
  ) THEN
    RAISE EXCEPTION 'the assessor company decides in this engagement' USING ERRCODE = 'CV004';
  END IF;
  RETURN NEW;
END $$;
