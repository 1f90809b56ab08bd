-- Exports are jobs of a worker. The table is the record of what was asked for and how it stands; the queue, pg-boss in a
-- schema of its own, only carries tickets that name a job, and can be emptied without losing one.

-- CreateTable
CREATE TABLE "export_job" (
    "id" UUID NOT NULL,
    "engagement_id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "requested_by_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "paper" TEXT NOT NULL DEFAULT '',
    "seen" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'queued',
    "step" TEXT NOT NULL DEFAULT '',
    "parts_done" INTEGER NOT NULL DEFAULT 0,
    "parts_total" INTEGER NOT NULL DEFAULT 0,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "note" TEXT NOT NULL DEFAULT '',
    "file_name" TEXT NOT NULL DEFAULT '',
    "size" BIGINT,
    "sha256" TEXT,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "removes_at" TIMESTAMPTZ(3),
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "export_job_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "export_job_requested_by_id_idx" ON "export_job"("requested_by_id");

-- CreateIndex
CREATE INDEX "export_job_state_idx" ON "export_job"("state");

-- AddForeignKey
ALTER TABLE "export_job" ADD CONSTRAINT "export_job_engagement_id_organisation_id_fkey" FOREIGN KEY ("engagement_id", "organisation_id") REFERENCES "engagement"("id", "organisation_id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE export_job
  ADD CONSTRAINT export_job_kind CHECK ((kind = 'pack' AND paper = '') OR (kind = 'workbook' AND paper IN ('A4', 'Letter'))),
  ADD CONSTRAINT export_job_state CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
  -- What is handed out has a digest and an end.
  ADD CONSTRAINT export_job_done CHECK (state <> 'done' OR (sha256 ~ '^[0-9a-f]{64}$' AND size > 0 AND file_name <> ''
    AND finished_at IS NOT NULL AND removes_at IS NOT NULL)),
  -- Nobody waits twice for the same.
  ADD CONSTRAINT export_job_once EXCLUDE USING btree (engagement_id WITH =, requested_by_id WITH =, kind WITH =, paper WITH =)
    WHERE (state IN ('queued', 'running'));

-- What has come to an end stays there, but for the time that its file is kept.
CREATE FUNCTION export_job_is_over() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state IN ('done', 'failed', 'cancelled') AND (NEW.state, NEW.sha256, NEW.size, NEW.file_name)
    IS DISTINCT FROM (OLD.state, OLD.sha256, OLD.size, OLD.file_name) THEN
    RAISE EXCEPTION 'this export is over' USING ERRCODE = 'CV005';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER export_job_stays BEFORE UPDATE ON export_job FOR EACH ROW EXECUTE FUNCTION export_job_is_over();

-- An export is its asker's alone: it holds what that person may see.
ALTER TABLE export_job ENABLE ROW LEVEL SECURITY;
ALTER TABLE export_job FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT ON export_job TO countervail_scoped;
GRANT UPDATE (state, step, parts_done, parts_total, note, file_name, size, sha256, finished_at, removes_at) ON export_job
  TO countervail_scoped;
CREATE POLICY scoped ON export_job TO countervail_scoped
  USING (engagement_id = (SELECT this_engagement()) AND requested_by_id = (SELECT acting_user()))
  WITH CHECK (engagement_id = (SELECT this_engagement()) AND requested_by_id = (SELECT acting_user())
    AND organisation_id = (SELECT this_owner()));
GRANT SELECT (id, engagement_id, requested_by_id) ON export_job TO countervail_identity;
CREATE POLICY identity ON export_job FOR SELECT TO countervail_identity USING (requested_by_id = (SELECT acting_user()));
-- The worker's own bookkeeping. What a finished file is, only its asker's transaction says.
GRANT SELECT ON export_job TO countervail_system;
GRANT UPDATE (state, step, parts_done, parts_total, attempts, note, started_at, finished_at, removed_at) ON export_job
  TO countervail_system;
CREATE POLICY system ON export_job TO countervail_system USING (true);

-- How many exports somebody has open, and how many finished ones are kept, over all engagements: numbers, and no rows.
GRANT SELECT (requested_by_id, state, removed_at) ON export_job TO countervail_audit;
CREATE POLICY keeper ON export_job FOR SELECT TO countervail_audit USING (requested_by_id = (SELECT acting_user()));
CREATE FUNCTION own_exports() RETURNS TABLE (open bigint, kept bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT count(*) FILTER (WHERE state IN ('queued', 'running')), count(*) FILTER (WHERE state = 'done' AND removed_at IS NULL)
  FROM export_job WHERE requested_by_id = (SELECT acting_user())
$$;
ALTER FUNCTION own_exports() OWNER TO countervail_audit;
REVOKE ALL ON FUNCTION own_exports() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION own_exports() TO countervail_scoped;

-- ---------------------------------------------------------------- the queue
-- As pg-boss 10.4.2 makes it (PgBoss.getConstructionPlans), since only the owner makes tables; the worker starts it with
-- `migrate: false`.

CREATE SCHEMA pgboss;

CREATE TYPE pgboss.job_state AS ENUM (
  'created',
  'retry',
  'active',
  'completed',
  'cancelled',
  'failed'
);

CREATE TABLE pgboss.version (
  version int primary key,
  maintained_on timestamp with time zone,
  cron_on timestamp with time zone,
  monitored_on timestamp with time zone
);

CREATE TABLE pgboss.queue (
  name text,
  policy text,
  retry_limit int,
  retry_delay int,
  retry_backoff bool,
  expire_seconds int,
  retention_minutes int,
  dead_letter text REFERENCES pgboss.queue (name),
  partition_name text,
  created_on timestamp with time zone not null default now(),
  updated_on timestamp with time zone not null default now(),
  PRIMARY KEY (name)
);

CREATE TABLE pgboss.schedule (
  name text REFERENCES pgboss.queue ON DELETE CASCADE,
  cron text not null,
  timezone text,
  data jsonb,
  options jsonb,
  created_on timestamp with time zone not null default now(),
  updated_on timestamp with time zone not null default now(),
  PRIMARY KEY (name)
);

CREATE TABLE pgboss.subscription (
  event text not null,
  name text not null REFERENCES pgboss.queue ON DELETE CASCADE,
  created_on timestamp with time zone not null default now(),
  updated_on timestamp with time zone not null default now(),
  PRIMARY KEY(event, name)
);

CREATE TABLE pgboss.job (
  id uuid not null default gen_random_uuid(),
  name text not null,
  priority integer not null default(0),
  data jsonb,
  state pgboss.job_state not null default('created'),
  retry_limit integer not null default(2),
  retry_count integer not null default(0),
  retry_delay integer not null default(0),
  retry_backoff boolean not null default false,
  start_after timestamp with time zone not null default now(),
  started_on timestamp with time zone,
  singleton_key text,
  singleton_on timestamp without time zone,
  expire_in interval not null default interval '15 minutes',
  created_on timestamp with time zone not null default now(),
  completed_on timestamp with time zone,
  keep_until timestamp with time zone NOT NULL default now() + interval '14 days',
  output jsonb,
  dead_letter text,
  policy text
) PARTITION BY LIST (name);
ALTER TABLE pgboss.job ADD PRIMARY KEY (name, id);
CREATE TABLE pgboss.archive (LIKE pgboss.job);
ALTER TABLE pgboss.archive ADD PRIMARY KEY (name, id);
ALTER TABLE pgboss.archive ADD archived_on timestamptz NOT NULL DEFAULT now();
CREATE INDEX archive_i1 ON pgboss.archive(archived_on);

CREATE FUNCTION pgboss.create_queue(queue_name text, options json)
RETURNS VOID AS
$$
DECLARE
  table_name varchar := 'j' || encode(sha224(queue_name::bytea), 'hex');
  queue_created_on timestamptz;
BEGIN

  WITH q as (
  INSERT INTO pgboss.queue (
    name,
    policy,
    retry_limit,
    retry_delay,
    retry_backoff,
    expire_seconds,
    retention_minutes,
    dead_letter,
    partition_name
  )
  VALUES (
    queue_name,
    options->>'policy',
    (options->>'retryLimit')::int,
    (options->>'retryDelay')::int,
    (options->>'retryBackoff')::bool,
    (options->>'expireInSeconds')::int,
    (options->>'retentionMinutes')::int,
    options->>'deadLetter',
    table_name
  )
  ON CONFLICT DO NOTHING
  RETURNING created_on
  )
  SELECT created_on into queue_created_on from q;

  IF queue_created_on IS NULL THEN
    RETURN;
  END IF;

  EXECUTE format('CREATE TABLE pgboss.%I (LIKE pgboss.job INCLUDING DEFAULTS)', table_name);

  EXECUTE format('ALTER TABLE pgboss.%1$I ADD PRIMARY KEY (name, id)', table_name);
  EXECUTE format('ALTER TABLE pgboss.%1$I ADD CONSTRAINT q_fkey FOREIGN KEY (name) REFERENCES pgboss.queue (name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED', table_name);
  EXECUTE format('ALTER TABLE pgboss.%1$I ADD CONSTRAINT dlq_fkey FOREIGN KEY (dead_letter) REFERENCES pgboss.queue (name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED', table_name);
  EXECUTE format('CREATE UNIQUE INDEX %1$s_i1 ON pgboss.%1$I (name, COALESCE(singleton_key, '''')) WHERE state = ''created'' AND policy = ''short''', table_name);
  EXECUTE format('CREATE UNIQUE INDEX %1$s_i2 ON pgboss.%1$I (name, COALESCE(singleton_key, '''')) WHERE state = ''active'' AND policy = ''singleton''', table_name);
  EXECUTE format('CREATE UNIQUE INDEX %1$s_i3 ON pgboss.%1$I (name, state, COALESCE(singleton_key, '''')) WHERE state <= ''active'' AND policy = ''stately''', table_name);
  EXECUTE format('CREATE UNIQUE INDEX %1$s_i4 ON pgboss.%1$I (name, singleton_on, COALESCE(singleton_key, '''')) WHERE state <> ''cancelled'' AND singleton_on IS NOT NULL', table_name);
  EXECUTE format('CREATE INDEX %1$s_i5 ON pgboss.%1$I (name, start_after) INCLUDE (priority, created_on, id) WHERE state < ''active''', table_name);

  EXECUTE format('ALTER TABLE pgboss.%I ADD CONSTRAINT cjc CHECK (name=%L)', table_name, queue_name);
  EXECUTE format('ALTER TABLE pgboss.job ATTACH PARTITION pgboss.%I FOR VALUES IN (%L)', table_name, queue_name);
END;
$$
LANGUAGE plpgsql;

CREATE FUNCTION pgboss.delete_queue(queue_name text)
RETURNS VOID AS
$$
DECLARE
  table_name varchar;
BEGIN
  WITH deleted as (
    DELETE FROM pgboss.queue
    WHERE name = queue_name
    RETURNING partition_name
  )
  SELECT partition_name from deleted INTO table_name;

  EXECUTE format('DROP TABLE IF EXISTS pgboss.%I', table_name);
END;
$$
LANGUAGE plpgsql;
INSERT INTO pgboss.version(version) VALUES ('24');

SELECT pgboss.create_queue('exports', '{"policy": "short", "retryLimit": 0}');

-- Workers take tickets, and clear away old ones; only the owner changes queues.
REVOKE ALL ON FUNCTION pgboss.create_queue(text, json), pgboss.delete_queue(text) FROM PUBLIC;
GRANT USAGE ON SCHEMA pgboss TO countervail_jobs;
GRANT SELECT ON ALL TABLES IN SCHEMA pgboss TO countervail_jobs;
GRANT INSERT, UPDATE, DELETE ON pgboss.job, pgboss.archive TO countervail_jobs;
GRANT UPDATE (maintained_on, cron_on, monitored_on) ON pgboss.version TO countervail_jobs;

-- Whoever asks for an export puts its ticket into the queue, and needs no right there. A second ticket while one waits is
-- none.
CREATE FUNCTION enqueue_export(p_id uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  INSERT INTO pgboss.job (name, data, policy, singleton_key, retry_limit, expire_in)
  VALUES ('exports', jsonb_build_object('exportId', p_id), 'short', p_id::text, 0, interval '20 hours')
  ON CONFLICT DO NOTHING
$$;
REVOKE ALL ON FUNCTION enqueue_export(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION enqueue_export(uuid) TO countervail_scoped, countervail_system;
