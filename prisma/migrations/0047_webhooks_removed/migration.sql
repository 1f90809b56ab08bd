-- Removing a webhook, deleting former secrets, and endpoints whose secret does not open
-- (docs/decisions/0035-webhooks-are-an-outbox.md).

-- AlterTable
ALTER TABLE "webhook_endpoint" ADD COLUMN "removed_at" TIMESTAMPTZ(3);

-- DropForeignKey
ALTER TABLE "webhook_message" DROP CONSTRAINT "webhook_message_endpoint_id_fkey";

-- AddForeignKey
ALTER TABLE "webhook_message" ADD CONSTRAINT "webhook_message_endpoint_id_fkey" FOREIGN KEY ("endpoint_id") REFERENCES "webhook_endpoint"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE webhook_endpoint
  DROP CONSTRAINT webhook_endpoint_off,
  ADD CONSTRAINT webhook_endpoint_off
    CHECK (is_on = (off_reason = '') AND off_reason IN ('', 'person', 'gone', 'failing', 'restored', 'secret')),
  ADD CONSTRAINT webhook_endpoint_removed CHECK (removed_at IS NULL OR (NOT is_on AND secret = '' AND former_secret IS NULL));
SELECT audit_protect('webhook_endpoint', 'id');

-- A person marks an endpoint as removed, which waits for nobody. The worker deletes what it was told in small batches, and
-- the row at last. A save holds its chain and then the rows of endpoints; who deleted a row with a month of messages held
-- the row and then waited for the chain.
REVOKE DELETE ON webhook_endpoint FROM countervail_organisation;
GRANT UPDATE (removed_at) ON webhook_endpoint TO countervail_organisation;
GRANT DELETE, UPDATE (former_secret, former_until) ON webhook_endpoint TO countervail_deliveries;
CREATE POLICY removed_alone ON webhook_endpoint AS RESTRICTIVE FOR DELETE TO countervail_deliveries USING (removed_at IS NOT NULL);

-- Whether data were put back and nobody has recorded what is missing, and whether anything was ever signed here: nothing is
-- delivered while the first is so, or while the second is and the signer has not said that it is all there.
CREATE FUNCTION deliveries_hold() RETURNS TABLE (gap boolean, signed boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM service_gap g WHERE g.recorded_at IS NULL), EXISTS (SELECT FROM audit_checkpoint)
$$;
ALTER FUNCTION deliveries_hold() OWNER TO countervail_audit;
REVOKE ALL ON FUNCTION deliveries_hold() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION deliveries_hold() TO countervail_deliveries;

-- As before (0037), without endpoints that are removed: their rows are not even locked. A message for one that is marked
-- at this very moment may still come; it is not sent, and goes with the others.
CREATE OR REPLACE FUNCTION announce_event(p_log text, p_seq bigint, p_type text, p_audience text, p_path text, p_data jsonb) RETURNS void
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
    WHERE w.removed_at IS NULL AND w.organisation_id = ANY (wanted) AND p_type = ANY (w.event_types)
      AND (w.engagement_id IS NULL OR w.engagement_id = told.engagement_id)
    ORDER BY w.id FOR KEY SHARE) AS held;
END $$;
