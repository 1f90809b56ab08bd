-- Which API token asked for an export: what a worker makes of it goes on only while that token serves, and its events name it.
ALTER TABLE "export_job" ADD COLUMN     "token_id" UUID;

-- Nobody waits twice for the same, and neither does a token: what one token asked for ends with it, so another asks anew.
ALTER TABLE export_job
  DROP CONSTRAINT export_job_once,
  ADD CONSTRAINT export_job_once EXCLUDE USING btree (engagement_id WITH =, requested_by_id WITH =, kind WITH =, paper WITH =,
    (coalesce(token_id, '00000000-0000-0000-0000-000000000000'::uuid)) WITH =) WHERE (state IN ('queued', 'running'));
