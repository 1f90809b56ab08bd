-- What the rules ask of people: the answers of the eligibility gate, and the reasons given for warnings. Both belong to the
-- draft and are frozen with it.
ALTER TABLE "worksheet"
  ADD COLUMN "eligibility" JSONB,
  ADD COLUMN "warning_reasons" JSONB NOT NULL DEFAULT '[]';
GRANT UPDATE (eligibility, warning_reasons) ON worksheet TO countervail_scoped;

-- What events tell of worksheets counts the columns that came since (0011).
SELECT audit_protect('worksheet', 'id');
