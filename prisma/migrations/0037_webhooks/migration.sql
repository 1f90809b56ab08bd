-- Webhooks: where organisations want to be told, what they are to be told, and what came of it
-- (docs/decisions/0035-webhooks-are-an-outbox.md).

-- CreateTable
CREATE TABLE "webhook_endpoint" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "url" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "event_types" TEXT[],
    "engagement_id" UUID,
    "is_on" BOOLEAN NOT NULL,
    "off_reason" TEXT NOT NULL DEFAULT '',
    "on_since" TIMESTAMPTZ(3) NOT NULL,
    "secret" TEXT NOT NULL,
    "former_secret" TEXT,
    "former_until" TIMESTAMPTZ(3),
    "created_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "webhook_endpoint_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook_message" (
    "id" UUID NOT NULL,
    "seq" BIGSERIAL NOT NULL,
    "endpoint_id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),
    "replays" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "webhook_message_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook_attempt" (
    "id" UUID NOT NULL,
    "message_id" UUID NOT NULL,
    "endpoint_id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "duration_ms" INTEGER NOT NULL,
    "status" INTEGER,
    "delivered" BOOLEAN NOT NULL,
    "trouble" TEXT NOT NULL,
    "answer" TEXT NOT NULL,

    CONSTRAINT "webhook_attempt_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "webhook_endpoint_organisation_id_idx" ON "webhook_endpoint"("organisation_id");

-- CreateIndex
CREATE INDEX "webhook_message_at_idx" ON "webhook_message"("at");

-- CreateIndex
CREATE UNIQUE INDEX "webhook_message_endpoint_id_event_id_key" ON "webhook_message"("endpoint_id", "event_id");

-- CreateIndex
CREATE UNIQUE INDEX "webhook_message_endpoint_id_seq_key" ON "webhook_message"("endpoint_id", "seq");

-- CreateIndex
CREATE INDEX "webhook_attempt_message_id_idx" ON "webhook_attempt"("message_id");

-- CreateIndex
CREATE INDEX "webhook_attempt_endpoint_id_at_idx" ON "webhook_attempt"("endpoint_id", "at");

-- AddForeignKey
ALTER TABLE "webhook_endpoint" ADD CONSTRAINT "webhook_endpoint_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook_message" ADD CONSTRAINT "webhook_message_endpoint_id_fkey" FOREIGN KEY ("endpoint_id") REFERENCES "webhook_endpoint"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook_attempt" ADD CONSTRAINT "webhook_attempt_message_id_fkey" FOREIGN KEY ("message_id") REFERENCES "webhook_message"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE webhook_endpoint
  ADD CONSTRAINT webhook_endpoint_off CHECK (is_on = (off_reason = '') AND off_reason IN ('', 'person', 'gone', 'failing', 'restored')),
  ADD CONSTRAINT webhook_endpoint_former CHECK ((former_secret IS NULL) = (former_until IS NULL));
ALTER TABLE webhook_message
  ADD CONSTRAINT webhook_message_state CHECK (state IN ('waiting', 'delivered', 'failed', 'skipped'));
-- What is in line, by endpoint and subject: the worker takes the first of each.
CREATE INDEX webhook_message_line ON webhook_message (endpoint_id, subject, seq) WHERE state = 'waiting';

ALTER TABLE webhook_endpoint ENABLE ROW LEVEL SECURITY;
ALTER TABLE webhook_endpoint FORCE ROW LEVEL SECURITY;
ALTER TABLE webhook_message ENABLE ROW LEVEL SECURITY;
ALTER TABLE webhook_message FORCE ROW LEVEL SECURITY;
ALTER TABLE webhook_attempt ENABLE ROW LEVEL SECURITY;
ALTER TABLE webhook_attempt FORCE ROW LEVEL SECURITY;

-- ---------------------------------------------------------------- an organisation's own
GRANT SELECT, INSERT, DELETE, UPDATE (url, description, event_types, engagement_id, is_on, off_reason, on_since, secret,
  former_secret, former_until, version) ON webhook_endpoint TO countervail_organisation;
CREATE POLICY organisation ON webhook_endpoint TO countervail_organisation
  USING (organisation_id = (SELECT acting_organisation()));
CREATE POLICY own_name ON webhook_endpoint AS RESTRICTIVE FOR INSERT TO countervail_organisation
  WITH CHECK (created_by_id = (SELECT acting_user()));
-- Tests are put in line by a person, and what was told before may be told again.
GRANT SELECT, INSERT, UPDATE (state, attempts, next_at, settled_at, replays) ON webhook_message TO countervail_organisation;
CREATE POLICY organisation ON webhook_message TO countervail_organisation
  USING (organisation_id = (SELECT acting_organisation()))
  WITH CHECK (organisation_id = (SELECT acting_organisation()));
CREATE POLICY own_endpoint ON webhook_message AS RESTRICTIVE FOR INSERT TO countervail_organisation
  WITH CHECK (type = 'webhook.test' AND EXISTS (SELECT FROM webhook_endpoint w WHERE w.id = endpoint_id));
GRANT USAGE ON SEQUENCE webhook_message_seq_seq TO countervail_organisation;
GRANT SELECT ON webhook_attempt TO countervail_organisation;
CREATE POLICY organisation ON webhook_attempt FOR SELECT TO countervail_organisation
  USING (organisation_id = (SELECT acting_organisation()));

-- Rotation of keys seals anew what they sealed.
GRANT SELECT (id, organisation_id, secret, former_secret), UPDATE (secret, former_secret) ON webhook_endpoint TO countervail_system;
CREATE POLICY system ON webhook_endpoint TO countervail_system USING (true);

-- ---------------------------------------------------------------- the worker
-- A kind of its own, as for the books of exports (0021): it reads endpoints and what they are to be told, notes what came
-- of it, and switches one off. Of data keys it sees those of these secrets alone. The group exists before this runs.
GRANT USAGE ON SCHEMA public TO countervail_deliveries;
GRANT SELECT, UPDATE (is_on, off_reason, version) ON webhook_endpoint TO countervail_deliveries;
CREATE POLICY deliveries ON webhook_endpoint TO countervail_deliveries USING (true);
GRANT SELECT, DELETE, UPDATE (state, attempts, next_at, settled_at) ON webhook_message TO countervail_deliveries;
CREATE POLICY deliveries ON webhook_message TO countervail_deliveries USING (true);
GRANT SELECT, INSERT ON webhook_attempt TO countervail_deliveries;
CREATE POLICY deliveries ON webhook_attempt TO countervail_deliveries USING (true);
GRANT SELECT ON data_key TO countervail_deliveries;
CREATE POLICY deliveries ON data_key FOR SELECT TO countervail_deliveries
  USING (purpose IN ('webhook_endpoint.secret', 'webhook_endpoint.former_secret'));
-- Whom to write to when an endpoint was switched off: the administrators of the organisation that it is about.
GRANT SELECT (id, organisation_id, user_id, role) ON membership TO countervail_deliveries;
GRANT SELECT (id, name, email, disabled_at) ON app_user TO countervail_deliveries;
CREATE POLICY deliveries ON membership FOR SELECT TO countervail_deliveries
  USING (organisation_id = (SELECT acting_organisation()) AND role = 'admin');
CREATE POLICY deliveries ON app_user FOR SELECT TO countervail_deliveries USING (sees_membership_of(id));

GRANT EXECUTE ON FUNCTION audit_states(), audit_append(text, text) TO countervail_deliveries;
CREATE OR REPLACE FUNCTION audit_may_append(p_log text) RETURNS boolean LANGUAGE sql STABLE
  RETURN CASE current_setting('role')
    WHEN 'countervail_scoped' THEN p_log IN ('org:' || this_owner(), 'org:' || acting_organisation())
    WHEN 'countervail_organisation' THEN p_log = 'org:' || acting_organisation()
    WHEN 'countervail_deliveries' THEN p_log = 'org:' || acting_organisation()
    ELSE true END;

SELECT audit_protect('webhook_endpoint', 'id'),
  backup_reads('webhook_endpoint'), backup_reads('webhook_message'), backup_reads('webhook_attempt');

-- ---------------------------------------------------------------- the outbox
-- Puts an event that this very transaction has appended in line for those who want to be told. Who may be told is decided
-- here, from rows and not from what the caller says:
--   owner            the engagement's owner
--   assessor         the assessor company, once it has accepted, and of a worksheet only when a revision of it was submitted
--   both             the two of them
--   owner_and_actor  the owner, and the assessor company when one of its people acted
--   asker            the company of whoever asked for the export
-- An endpoint that is removed meanwhile is waited for and then is not there; one that is off gets the message as skipped, so
-- that it can be sent later.
GRANT INSERT ON webhook_message TO countervail_audit;
GRANT USAGE ON SEQUENCE webhook_message_seq_seq TO countervail_audit;
CREATE POLICY keeper_announces ON webhook_message FOR INSERT TO countervail_audit WITH CHECK (current_user = 'countervail_audit');
GRANT UPDATE (is_on, off_reason, version) ON webhook_endpoint TO countervail_audit;
CREATE POLICY keeper_holds ON webhook_endpoint FOR UPDATE TO countervail_audit
  USING (current_user = 'countervail_audit') WITH CHECK (current_user = 'countervail_audit' AND NOT is_on);
GRANT SELECT (id) ON export_job TO countervail_audit;
CREATE POLICY keeper_announces ON export_job FOR SELECT TO countervail_audit USING (current_user = 'countervail_audit');

CREATE FUNCTION announce_event(p_log text, p_seq bigint, p_type text, p_audience text, p_path text, p_data jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  told audit_event;
  parsed jsonb;
  owner uuid;
  assessor uuid;
  actor uuid;
  wanted uuid[];
BEGIN
  SELECT e.* INTO told FROM audit_event e
  WHERE e.log_id = p_log AND e.seq = p_seq AND e.xmin = pg_current_xact_id()::xid
    AND e.tx_token = nullif(current_setting('countervail.tx_token', true), '')::uuid;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'only an event of this transaction is announced' USING ERRCODE = 'CV002';
  END IF;
  SELECT e.organisation_id,
    CASE WHEN e.assessor_accepted_at IS NOT NULL OR p_type = 'engagement.assessor_invited' THEN e.assessor_organisation_id END
  INTO owner, assessor FROM engagement e WHERE e.id = told.engagement_id;
  IF p_log IS DISTINCT FROM 'org:' || owner THEN RETURN; END IF;
  IF assessor IS NOT NULL AND told.worksheet_id IS NOT NULL
    AND NOT EXISTS (SELECT FROM revision r WHERE r.worksheet_id = told.worksheet_id) THEN
    assessor := NULL;
  END IF;
  parsed := told.payload::jsonb;
  actor := (parsed->>'actorOrganisationId')::uuid;
  IF p_audience = 'asker' AND actor IS NULL THEN
    SELECT m.organisation_id INTO actor FROM export_job j JOIN membership m ON m.user_id = j.requested_by_id
    WHERE j.id = (parsed->'detail'->>'exportId')::uuid;
  END IF;
  wanted := CASE p_audience
    WHEN 'owner' THEN ARRAY[owner]
    WHEN 'assessor' THEN ARRAY[assessor]
    WHEN 'both' THEN ARRAY[owner, assessor]
    WHEN 'owner_and_actor' THEN ARRAY[owner, CASE WHEN actor = assessor THEN assessor END]
    WHEN 'asker' THEN ARRAY[CASE WHEN actor IN (owner, assessor) THEN actor END]
  END;
  INSERT INTO webhook_message (id, endpoint_id, organisation_id, type, subject, event_id, path, data, at, state, next_at)
  SELECT gen_random_uuid(), held.id, held.organisation_id, p_type, coalesce(told.worksheet_id, told.engagement_id)::text,
    encode(told.entry_hash, 'hex'), p_path, p_data, told.at, CASE WHEN held.is_on THEN 'waiting' ELSE 'skipped' END, told.at
  FROM (SELECT w.id, w.organisation_id, w.is_on FROM webhook_endpoint w
    WHERE w.organisation_id = ANY (wanted) AND p_type = ANY (w.event_types)
      AND (w.engagement_id IS NULL OR w.engagement_id = told.engagement_id)
    ORDER BY w.id FOR KEY SHARE) AS held;
END $$;
ALTER FUNCTION announce_event(text, bigint, text, text, text, jsonb) OWNER TO countervail_audit;
REVOKE ALL ON FUNCTION announce_event(text, bigint, text, text, text, jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION announce_event(text, bigint, text, text, text, jsonb)
  TO countervail_scoped, countervail_organisation, countervail_identity, countervail_system, countervail_exports;

-- After older data came back, nothing says which endpoints were removed since: all are switched off, as tokens are revoked
-- (0035).
CREATE FUNCTION switch_off_all_webhooks() RETURNS SETOF uuid
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE webhook_endpoint SET is_on = false, off_reason = 'restored', version = version + 1 WHERE is_on RETURNING id
$$;
ALTER FUNCTION switch_off_all_webhooks() OWNER TO countervail_audit;
REVOKE ALL ON FUNCTION switch_off_all_webhooks() FROM PUBLIC;
DO $$ BEGIN EXECUTE format('GRANT EXECUTE ON FUNCTION switch_off_all_webhooks() TO %I', current_user); END $$;
