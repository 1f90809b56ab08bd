-- A decision is a signed statement: the exact bytes that were signed, the envelope with its signatures, and the exact
-- bytes of the discussion that it speaks of. Decisions of earlier versions have none of them.
ALTER TABLE "sign_off"
  ADD COLUMN "statement" TEXT,
  ADD COLUMN "statement_sha256" TEXT,
  ADD COLUMN "envelope" TEXT,
  ADD COLUMN "comments" TEXT,
  ADD COLUMN "witness" TEXT;
CREATE UNIQUE INDEX "sign_off_statement_sha256_key" ON "sign_off"("statement_sha256");

-- The digest is that of the bytes, and the statement speaks of what its row says.
CREATE FUNCTION statement_is_whole() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  said jsonb := NEW.statement::jsonb;
BEGIN
  IF NEW.statement IS NULL OR NEW.envelope IS NULL OR NEW.comments IS NULL OR NEW.witness IS NULL
    OR NEW.statement_sha256 IS DISTINCT FROM encode(sha256(convert_to(NEW.statement, 'UTF8')), 'hex')
    OR said->>'id' IS DISTINCT FROM NEW.id::text
    OR said->>'kind' IS DISTINCT FROM NEW.kind
    OR said->'worksheet'->>'id' IS DISTINCT FROM NEW.worksheet_id::text
    OR said->'worksheet'->>'sha256' IS DISTINCT FROM NEW.digest
    OR said->'signer'->>'id' IS DISTINCT FROM NEW.signer_id::text
    OR said->>'commentsSha256' IS DISTINCT FROM encode(sha256(convert_to(NEW.comments, 'UTF8')), 'hex')
    OR said->'authentication'->>'kind' IS DISTINCT FROM NEW.witness THEN
    RAISE EXCEPTION 'a sign-off carries the statement that it makes' USING ERRCODE = 'CV004';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER sign_off_stated BEFORE INSERT ON sign_off FOR EACH ROW EXECUTE FUNCTION statement_is_whole();

-- What events tell of decisions and evidence counts the columns and tables that came since (0011).
SELECT audit_protect('sign_off', 'id'), audit_protect('evidence', 'id'), audit_protect('blob', 'id'),
  audit_protect('evidence_file', 'id'), audit_protect('blob_key', 'organisation_id'), audit_protect('signing_key_set', 'number');
