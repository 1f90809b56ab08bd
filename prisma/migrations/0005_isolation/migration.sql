-- One database role for each kind of transaction, and row-level security as the second lock behind the services' own
-- conditions (docs/decisions/0012). The roles exist before this runs (npm run db:init, or the launcher):
--   countervail_scoped         inside one engagement
--   countervail_organisation   inside one organisation
--   countervail_identity       who somebody is, and the facts of a decision
--   countervail_system         the service itself: set-up, seeding
--   countervail_public         the catalogue
-- The application's login may become each of them, through its group countervail_rw, and holds no right by itself.

REVOKE ALL ON ALL TABLES IN SCHEMA public FROM countervail_rw;
REVOKE ALL ON FUNCTION audit_append(text, text, jsonb), require_event() FROM countervail_rw;
GRANT USAGE ON SCHEMA public TO countervail_scoped, countervail_organisation, countervail_identity, countervail_system, countervail_public;

-- Who acts, where: settings of the transaction (lib/db/stance.ts). Nothing is set when nobody said so. Policies call
-- these within a sub-select, so that each is evaluated once a query and not once a row, and indexes stay usable.

CREATE FUNCTION acting_user() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('countervail.user_id', true), '')::uuid;
CREATE FUNCTION acting_organisation() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('countervail.organisation_id', true), '')::uuid;
CREATE FUNCTION this_engagement() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('countervail.engagement_id', true), '')::uuid;
-- The one assessor company that a scoped transaction is about to invite (lib/data/organisations.ts).
CREATE FUNCTION invited_organisation() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('countervail.invited_id', true), '')::uuid;

-- Who owns the engagement, and both sides of it: read from its row and not from a setting, so that they cannot differ.
CREATE FUNCTION this_owner() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  RETURN (SELECT e.organisation_id FROM engagement e WHERE e.id = this_engagement());
CREATE FUNCTION this_parties() RETURNS uuid[] LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$ BEGIN
  RETURN (SELECT ARRAY[e.organisation_id, e.assessor_organisation_id] FROM public.engagement e WHERE e.id = public.this_engagement());
END $$;
-- The acting organisation with the assessor companies that accepted an engagement of its own: their people act on its
-- trail, and are named there also after their role has ended.
CREATE FUNCTION acting_partners() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE
  RETURN (SELECT array_agg(e.assessor_organisation_id) || acting_organisation() FROM engagement e
          WHERE e.organisation_id = acting_organisation() AND e.assessor_accepted_at IS NOT NULL);

-- Policies that follow those of another table ask through these: written out, they would be planned anew within every
-- query, where a function's plan is kept for the session.
CREATE FUNCTION sees_engagement(p_id uuid) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$ BEGIN
  RETURN EXISTS (SELECT FROM public.engagement e WHERE e.id = p_id);
END $$;
CREATE FUNCTION sees_engagement_of(p_organisation_id uuid) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$ BEGIN
  RETURN EXISTS (SELECT FROM public.engagement e WHERE e.organisation_id = p_organisation_id OR e.assessor_organisation_id = p_organisation_id);
END $$;
CREATE FUNCTION sees_membership_of(p_user_id uuid) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$ BEGIN
  RETURN EXISTS (SELECT FROM public.membership m WHERE m.user_id = p_user_id);
END $$;
CREATE FUNCTION sees_thread(p_id uuid) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$ BEGIN
  RETURN EXISTS (SELECT FROM public.thread t WHERE t.id = p_id);
END $$;

-- Forced, so that the owner of the tables is no exception. A migration that changes rows lifts the force for its own
-- transaction (CONTRIBUTING.md).
DO $$
DECLARE
  guarded text;
BEGIN
  FOREACH guarded IN ARRAY ARRAY['organisation', 'app_user', 'membership', 'invitation', 'credential', 'session', 'idempotency_key',
    'engagement', 'engagement_member', 'scope_answer', 'disposition', 'worksheet', 'worksheet_author', 'worksheet_assignee',
    'section', 'evidence', 'revision', 'worksheet_transition', 'sign_off', 'thread', 'comment',
    'audit_event', 'audit_head', 'audit_change']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', guarded);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', guarded);
  END LOOP;
END $$;

-- The catalogue is everybody's to read and has no policies.
GRANT SELECT ON catalogue_version, requirement, requirement_mapping, article_row, article_claim, key_option, final_check
  TO countervail_scoped, countervail_organisation, countervail_identity, countervail_system, countervail_public;

-- Replies kept for repeated requests: everybody's own. Claimed before the decision, stored after the work.
GRANT SELECT, INSERT, UPDATE, DELETE ON idempotency_key TO countervail_identity;
GRANT SELECT (user_id, key), UPDATE (reply) ON idempotency_key TO countervail_scoped, countervail_organisation;
CREATE POLICY own ON idempotency_key TO countervail_identity, countervail_scoped, countervail_organisation
  USING (user_id = (SELECT acting_user()));

-- ---------------------------------------------------------------- inside one engagement
-- Columns that say where a row belongs are written once: an update names the others one by one.

GRANT SELECT ON organisation, app_user, membership, invitation, engagement, engagement_member, scope_answer, disposition, worksheet,
  worksheet_author, worksheet_assignee, section, evidence, revision, worksheet_transition, sign_off, thread, comment, audit_event
  TO countervail_scoped;
GRANT INSERT ON organisation, invitation, engagement_member, scope_answer, disposition, worksheet, worksheet_author, worksheet_assignee,
  section, evidence, revision, worksheet_transition, sign_off, thread, comment TO countervail_scoped;
GRANT DELETE ON engagement_member, worksheet_assignee TO countervail_scoped;
GRANT UPDATE (name, standard_version, assessment_type, period_start, period_end, due_on, internal_review, assessor_organisation_id,
  assessor_accepted_at, version) ON engagement TO countervail_scoped;
GRANT UPDATE (answers, version, updated_by_id, updated_at) ON scope_answer TO countervail_scoped;
GRANT UPDATE (source, disposition, note, fix_owner, fix_due_on, evidence_title, evidence_url, owner_id, due_on, version, updated_by_id,
  updated_at) ON disposition TO countervail_scoped;
GRANT UPDATE (state, revision_number, version) ON worksheet TO countervail_scoped;
GRANT UPDATE (narrative, items, version, updated_by_id, updated_at) ON section TO countervail_scoped;
GRANT UPDATE (section, item_id, title, url, shows, collected_on, valid_until, removed_at, version) ON evidence TO countervail_scoped;
GRANT UPDATE (reviewed_at) ON revision TO countervail_scoped;
GRANT UPDATE (resolved_by_id, resolved_at) ON thread TO countervail_scoped;

CREATE POLICY scoped ON engagement TO countervail_scoped USING (id = (SELECT this_engagement()));
DO $$
DECLARE
  held text;
BEGIN
  FOREACH held IN ARRAY ARRAY['engagement_member', 'scope_answer', 'disposition', 'worksheet', 'worksheet_author', 'worksheet_assignee',
    'section', 'evidence', 'revision', 'worksheet_transition', 'sign_off']
  LOOP
    EXECUTE format('CREATE POLICY scoped ON %I TO countervail_scoped USING (engagement_id = (SELECT this_engagement()))
      WITH CHECK (engagement_id = (SELECT this_engagement()) AND organisation_id = (SELECT this_owner()))', held);
  END LOOP;
END $$;
-- A private thread is there for the organisation that wrote it, and its comments are where it is.
CREATE POLICY scoped ON thread TO countervail_scoped
  USING (engagement_id = (SELECT this_engagement())
    AND (visibility = 'shared' OR author_organisation_id = (SELECT acting_organisation())))
  WITH CHECK (engagement_id = (SELECT this_engagement()) AND organisation_id = (SELECT this_owner()));
CREATE POLICY scoped ON comment TO countervail_scoped
  USING (engagement_id = (SELECT this_engagement()) AND sees_thread(thread_id))
  WITH CHECK (engagement_id = (SELECT this_engagement()) AND organisation_id = (SELECT this_owner())
    AND sees_thread(thread_id));
-- Nobody writes in another's name.
CREATE POLICY own_name ON thread AS RESTRICTIVE FOR INSERT TO countervail_scoped
  WITH CHECK (opened_by_id = (SELECT acting_user()) AND author_organisation_id = (SELECT acting_organisation()));
CREATE POLICY own_name ON comment AS RESTRICTIVE FOR INSERT TO countervail_scoped
  WITH CHECK (author_id = (SELECT acting_user()) AND author_organisation_id = (SELECT acting_organisation()));
CREATE POLICY own_name ON worksheet AS RESTRICTIVE FOR INSERT TO countervail_scoped WITH CHECK (created_by_id = (SELECT acting_user()));
CREATE POLICY own_name ON worksheet_author AS RESTRICTIVE FOR INSERT TO countervail_scoped WITH CHECK (user_id = (SELECT acting_user()));
CREATE POLICY own_name ON evidence AS RESTRICTIVE FOR INSERT TO countervail_scoped WITH CHECK (added_by_id = (SELECT acting_user()));
CREATE POLICY own_name ON revision AS RESTRICTIVE FOR INSERT TO countervail_scoped WITH CHECK (submitted_by_id = (SELECT acting_user()));
CREATE POLICY own_name ON worksheet_transition AS RESTRICTIVE FOR INSERT TO countervail_scoped WITH CHECK (by_id = (SELECT acting_user()));
CREATE POLICY own_name ON sign_off AS RESTRICTIVE FOR INSERT TO countervail_scoped WITH CHECK (signer_id = (SELECT acting_user()));

-- Of companies and people those of the two sides, and the assessor company that is about to be invited.
CREATE POLICY scoped_read ON organisation FOR SELECT TO countervail_scoped
  USING (id = ANY ((SELECT this_parties())::uuid[]) OR (id = (SELECT invited_organisation()) AND kind = 'assessor'));
CREATE POLICY scoped_found ON organisation FOR INSERT TO countervail_scoped
  WITH CHECK (id = (SELECT invited_organisation()) AND kind = 'assessor');
CREATE POLICY scoped ON membership FOR SELECT TO countervail_scoped
  USING (user_id = (SELECT acting_user()) OR organisation_id = ANY ((SELECT this_parties())::uuid[])
    OR (organisation_id = (SELECT invited_organisation()) AND EXISTS (SELECT FROM organisation o WHERE o.id = membership.organisation_id)));
CREATE POLICY scoped ON app_user FOR SELECT TO countervail_scoped USING (sees_membership_of(id));
-- A role is for people of the two sides.
CREATE POLICY of_the_sides ON engagement_member AS RESTRICTIVE FOR INSERT TO countervail_scoped
  WITH CHECK (sees_membership_of(user_id));
-- The first admin of an assessor company that nobody has joined; a company with people invites its own.
CREATE POLICY scoped_read ON invitation FOR SELECT TO countervail_scoped
  USING (invited_by_id = (SELECT acting_user()) AND organisation_id = (SELECT invited_organisation()));
CREATE POLICY scoped_invite ON invitation FOR INSERT TO countervail_scoped
  WITH CHECK (invited_by_id = (SELECT acting_user()) AND organisation_id = (SELECT invited_organisation())
    AND EXISTS (SELECT FROM organisation o WHERE o.id = invitation.organisation_id AND o.kind = 'assessor')
    AND NOT EXISTS (SELECT FROM membership m WHERE m.organisation_id = invitation.organisation_id));
CREATE POLICY scoped ON audit_event FOR SELECT TO countervail_scoped
  USING (engagement_id = (SELECT this_engagement()) AND log_id = (SELECT 'org:' || this_owner()));

-- ---------------------------------------------------------------- inside one organisation

GRANT SELECT ON organisation, app_user, membership, invitation, engagement, engagement_member, audit_event TO countervail_organisation;
-- Which requirement a worksheet is about, for the sentences of the organisation's own trail.
GRANT SELECT (id, organisation_id, requirement_number) ON worksheet TO countervail_organisation;
GRANT INSERT ON invitation, engagement, engagement_member TO countervail_organisation;

-- Assessor companies are a list to choose from, for whoever begins an engagement: a name each, and none of their people.
CREATE POLICY organisation ON organisation FOR SELECT TO countervail_organisation
  USING (id = (SELECT acting_organisation()) OR kind = 'assessor');
CREATE POLICY organisation ON membership FOR SELECT TO countervail_organisation
  USING (organisation_id = (SELECT acting_organisation()) OR organisation_id = ANY ((SELECT acting_partners())::uuid[]));
CREATE POLICY organisation ON app_user FOR SELECT TO countervail_organisation USING (sees_membership_of(id));
CREATE POLICY organisation ON invitation TO countervail_organisation
  USING (organisation_id = (SELECT acting_organisation()));
CREATE POLICY own_name ON invitation AS RESTRICTIVE FOR INSERT TO countervail_organisation
  WITH CHECK (invited_by_id = (SELECT acting_user()));
CREATE POLICY organisation ON engagement TO countervail_organisation
  USING (organisation_id = (SELECT acting_organisation()) OR assessor_organisation_id = (SELECT acting_organisation()))
  WITH CHECK (organisation_id = (SELECT acting_organisation()));
-- Whoever begins an engagement leads it; every other role is given inside it.
CREATE POLICY organisation ON engagement_member TO countervail_organisation
  USING (organisation_id = (SELECT acting_organisation()))
  WITH CHECK (organisation_id = (SELECT acting_organisation()) AND user_id = (SELECT acting_user()));
CREATE POLICY organisation ON worksheet FOR SELECT TO countervail_organisation
  USING (organisation_id = (SELECT acting_organisation()));
CREATE POLICY organisation ON audit_event FOR SELECT TO countervail_organisation
  USING (log_id = (SELECT 'org:' || acting_organisation()));

-- ---------------------------------------------------------------- who somebody is
-- Before anybody is known (signing in, joining): accounts and their companies, and nothing of what companies keep here.
-- With somebody signed in: that account alone, and bare facts of the engagements of that person or their company.

GRANT SELECT ON organisation, app_user, membership, invitation, credential, session, engagement, engagement_member, worksheet,
  worksheet_author, worksheet_assignee TO countervail_identity;
GRANT SELECT (id, engagement_id, owner_id) ON disposition TO countervail_identity;
GRANT SELECT (id, engagement_id, worksheet_id) ON evidence, revision TO countervail_identity;
GRANT SELECT (id, engagement_id, worksheet_id, kind, signer_id, at) ON sign_off TO countervail_identity;
GRANT SELECT (id, engagement_id, worksheet_id, visibility, author_organisation_id) ON thread TO countervail_identity;
GRANT INSERT ON app_user, membership, credential, session TO countervail_identity;
GRANT UPDATE ON credential, session TO countervail_identity;
GRANT UPDATE (accepted_at) ON invitation TO countervail_identity;
-- Holding a worksheet's row takes the right to update it; the policy lets nobody use it for more.
GRANT UPDATE (id) ON worksheet TO countervail_identity;

CREATE POLICY identity ON app_user TO countervail_identity
  USING ((SELECT acting_user()) IS NULL OR id = (SELECT acting_user()));
CREATE POLICY identity ON membership TO countervail_identity
  USING ((SELECT acting_user()) IS NULL OR user_id = (SELECT acting_user()));
CREATE POLICY identity ON credential TO countervail_identity
  USING ((SELECT acting_user()) IS NULL OR user_id = (SELECT acting_user()));
CREATE POLICY identity ON session TO countervail_identity
  USING ((SELECT acting_user()) IS NULL OR user_id = (SELECT acting_user()));
CREATE POLICY identity ON invitation TO countervail_identity USING ((SELECT acting_user()) IS NULL);
CREATE POLICY identity ON engagement_member FOR SELECT TO countervail_identity USING (user_id = (SELECT acting_user()));
CREATE POLICY identity ON engagement FOR SELECT TO countervail_identity
  USING (organisation_id = (SELECT acting_organisation()) OR assessor_organisation_id = (SELECT acting_organisation())
    OR EXISTS (SELECT FROM engagement_member m WHERE m.engagement_id = engagement.id));
CREATE POLICY identity ON organisation FOR SELECT TO countervail_identity
  USING ((SELECT acting_user()) IS NULL OR id = (SELECT acting_organisation()) OR sees_engagement_of(id));
DO $$
DECLARE
  held text;
BEGIN
  FOREACH held IN ARRAY ARRAY['disposition', 'worksheet', 'worksheet_author', 'worksheet_assignee', 'evidence', 'revision', 'sign_off',
    'thread']
  LOOP
    EXECUTE format('CREATE POLICY identity ON %I FOR SELECT TO countervail_identity
      USING (sees_engagement(engagement_id))', held);
  END LOOP;
END $$;
CREATE POLICY identity_hold ON worksheet FOR UPDATE TO countervail_identity
  USING (sees_engagement(engagement_id)) WITH CHECK (false);

-- ---------------------------------------------------------------- the service itself
-- Set-up and the demo bring companies in with their first admins; what companies keep here is none of its business.

GRANT SELECT, INSERT ON organisation, app_user, membership, credential TO countervail_system;
GRANT UPDATE ON credential TO countervail_system;
CREATE POLICY system ON organisation TO countervail_system USING (true);
CREATE POLICY system ON app_user TO countervail_system USING (true);
CREATE POLICY system ON membership TO countervail_system USING (true);
CREATE POLICY system ON credential TO countervail_system USING (true);

-- ---------------------------------------------------------------- the trail

CREATE POLICY keeper ON audit_event TO countervail_audit USING (true);
CREATE POLICY keeper ON audit_head TO countervail_audit USING (true);
CREATE POLICY keeper ON audit_change TO countervail_audit USING (true);
-- The keeper has to know whose chain an engagement's events belong to.
GRANT SELECT (id, organisation_id) ON engagement TO countervail_audit;
CREATE POLICY keeper ON engagement FOR SELECT TO countervail_audit USING (id = (SELECT this_engagement()));

-- Each kind of transaction keeps to its own chains. `role` is what the session became; within these functions, which
-- run as their owner, it still says who calls.
CREATE FUNCTION audit_may_append(p_log text) RETURNS boolean LANGUAGE sql STABLE
  RETURN CASE current_setting('role')
    WHEN 'countervail_scoped' THEN p_log IN ('org:' || this_owner(), 'org:' || acting_organisation())
    WHEN 'countervail_organisation' THEN p_log = 'org:' || acting_organisation()
    ELSE true END;
CREATE FUNCTION audit_may_verify(p_log text) RETURNS boolean LANGUAGE sql STABLE
  RETURN CASE current_setting('role')
    WHEN 'countervail_scoped' THEN p_log = 'org:' || this_owner()
    WHEN 'countervail_organisation' THEN p_log = 'org:' || acting_organisation()
    ELSE true END;

CREATE OR REPLACE FUNCTION audit_append(p_log text, p_payload text, p_changes jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  chain audit_head;
  parsed jsonb := p_payload::jsonb;
  token uuid := nullif(current_setting('countervail.tx_token', true), '')::uuid;
  entry bytea;
BEGIN
  IF token IS NULL THEN
    RAISE EXCEPTION 'an event needs the token of its transaction' USING ERRCODE = 'CV001';
  END IF;
  IF audit_may_append(p_log) IS NOT TRUE THEN
    RAISE EXCEPTION 'this transaction does not write on the chain %', p_log USING ERRCODE = '42501';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('countervail-audit:' || p_log, 0));
  SELECT * INTO chain FROM audit_head WHERE log_id = p_log;
  IF NOT FOUND THEN
    chain.log_id := p_log;
    chain.size := 0;
    chain.head := sha256(convert_to('COUNTERVAIL-AUDIT-GENESIS:' || p_log, 'UTF8'));
    INSERT INTO audit_head (log_id, size, head) VALUES (chain.log_id, chain.size, chain.head);
  END IF;
  entry := sha256('\x00'::bytea || int8send(chain.size) || chain.head || sha256(convert_to(p_payload, 'UTF8')));
  INSERT INTO audit_event (log_id, seq, prev_hash, entry_hash, payload, tx_token, at, action, actor_id, engagement_id, worksheet_id)
  VALUES (p_log, chain.size, chain.head, entry, p_payload, token, (parsed->>'at')::timestamptz, parsed->>'action',
          (parsed->>'actorId')::uuid, (parsed->>'engagementId')::uuid, (parsed->>'worksheetId')::uuid);
  UPDATE audit_head SET size = chain.size + 1, head = entry WHERE log_id = p_log;
  INSERT INTO audit_change (tx_token, table_name, row_id, xid)
  SELECT token, change->>'table', change->>'id', pg_current_xact_id()::text::bigint
  FROM jsonb_array_elements(p_changes) AS change
  ON CONFLICT DO NOTHING;
  RETURN chain.size;
END $$;
GRANT EXECUTE ON FUNCTION audit_append(text, text, jsonb)
  TO countervail_scoped, countervail_organisation, countervail_identity, countervail_system;

-- A chain is verified as a whole, also by those who may read only a part of it: they get the hashes of the stored bytes
-- in the place of the bytes.
CREATE FUNCTION audit_end(p_log text) RETURNS TABLE (size bigint, head bytea, events bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF audit_may_verify(p_log) IS NOT TRUE THEN
    RAISE EXCEPTION 'this transaction does not verify the chain %', p_log USING ERRCODE = '42501';
  END IF;
  RETURN QUERY SELECT h.size, h.head, coalesce((SELECT max(e.seq) + 1 FROM audit_event e WHERE e.log_id = p_log), 0)
    FROM (SELECT 1) AS one LEFT JOIN audit_head h ON h.log_id = p_log;
END $$;
CREATE FUNCTION audit_stretch(p_log text, p_from bigint, p_count integer)
RETURNS TABLE (seq bigint, prev_hash bytea, entry_hash bytea, payload_hash bytea)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF audit_may_verify(p_log) IS NOT TRUE THEN
    RAISE EXCEPTION 'this transaction does not verify the chain %', p_log USING ERRCODE = '42501';
  END IF;
  RETURN QUERY SELECT e.seq, e.prev_hash, e.entry_hash, sha256(convert_to(e.payload, 'UTF8'))
    FROM audit_event e WHERE e.log_id = p_log AND e.seq >= p_from ORDER BY e.seq LIMIT p_count;
END $$;
ALTER FUNCTION audit_end(text) OWNER TO countervail_audit;
ALTER FUNCTION audit_stretch(text, bigint, integer) OWNER TO countervail_audit;
REVOKE ALL ON FUNCTION audit_end(text), audit_stretch(text, bigint, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_end(text), audit_stretch(text, bigint, integer) TO countervail_scoped, countervail_organisation;
