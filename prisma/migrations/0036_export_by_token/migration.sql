-- Which API token asked for an export: what a worker makes of it goes on only while that token serves, and its events name it.
ALTER TABLE "export_job" ADD COLUMN     "token_id" UUID;
