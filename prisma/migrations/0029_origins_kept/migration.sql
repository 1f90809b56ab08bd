-- AlterTable
ALTER TABLE "worksheet_origin" ADD COLUMN     "earlier" JSONB NOT NULL DEFAULT '[]';

-- A draft that was emptied may begin anew, and is compared with all that it ever began as: what stood here before is put
-- behind the earlier ones by the database itself, so that no statement drops or changes one.
CREATE FUNCTION worksheet_origin_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.earlier := OLD.earlier || jsonb_build_array(jsonb_build_object(
    'kind', OLD.kind, 'title', OLD.title, 'source', OLD.source, 'sections', OLD.sections, 'answers', OLD.answers,
    'takenById', OLD.taken_by_id, 'takenAt', OLD.taken_at));
  RETURN NEW;
END $$;
CREATE TRIGGER worksheet_origin_kept BEFORE UPDATE ON worksheet_origin
  FOR EACH ROW EXECUTE FUNCTION worksheet_origin_is_kept();

-- Whoever wrote something stays one of its authors.
CREATE FUNCTION authors_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT OLD.author_ids <@ NEW.author_ids THEN
    RAISE EXCEPTION 'an author stays an author' USING ERRCODE = 'CV004';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER control_record_authors_stay BEFORE UPDATE ON control_record FOR EACH ROW EXECUTE FUNCTION authors_stay();
CREATE TRIGGER worksheet_origin_authors_stay BEFORE UPDATE ON worksheet_origin FOR EACH ROW EXECUTE FUNCTION authors_stay();

-- What events tell of an origin counts the column that came since (0011).
SELECT audit_protect('worksheet_origin', 'worksheet_id');
