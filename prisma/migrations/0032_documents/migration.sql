-- The whole workbook is exported as a text document too, on either paper.
ALTER TABLE export_job
  DROP CONSTRAINT export_job_kind,
  ADD CONSTRAINT export_job_kind
    CHECK ((kind = 'pack' AND paper = '') OR (kind IN ('workbook', 'document') AND paper IN ('A4', 'Letter')));
