-- What came of each rule when a revision was frozen: a record beside the content, which its digest does not cover.
ALTER TABLE "revision" ADD COLUMN "rules" JSONB;

-- What events tell of revisions counts the column that came since (0011).
SELECT audit_protect('revision', 'id');
