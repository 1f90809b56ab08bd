-- The tables of signing in, of keys and of limits, under the roles and policies of 0005.

REVOKE ALL ON ALL TABLES IN SCHEMA public FROM countervail_rw;

DO $$
DECLARE
  guarded text;
BEGIN
  FOREACH guarded IN ARRAY ARRAY['sign_in_guard', 'password_history', 'totp_factor', 'passkey', 'recovery_code', 'webauthn_challenge',
    'password_reset', 'factor_reset', 'organisation_policy', 'sso_connection', 'sso_identity', 'data_key', 'rate_limit']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', guarded);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', guarded);
  END LOOP;
END $$;

-- ---------------------------------------------------------------- who somebody is
-- Before anybody is known all accounts, with somebody signed in that account alone.

GRANT SELECT, INSERT, UPDATE ON sign_in_guard TO countervail_identity;
GRANT SELECT, INSERT ON password_history TO countervail_identity;
GRANT SELECT, INSERT, UPDATE, DELETE ON totp_factor, passkey, recovery_code TO countervail_identity;
GRANT SELECT, INSERT ON password_reset, sso_identity TO countervail_identity;
GRANT UPDATE (used_at) ON password_reset TO countervail_identity;
DO $$
DECLARE
  held text;
BEGIN
  FOREACH held IN ARRAY ARRAY['sign_in_guard', 'password_history', 'totp_factor', 'passkey', 'recovery_code', 'password_reset',
    'sso_identity']
  LOOP
    EXECUTE format('CREATE POLICY identity ON %I TO countervail_identity
      USING ((SELECT acting_user()) IS NULL OR user_id = (SELECT acting_user()))', held);
  END LOOP;
END $$;
-- A challenge is a hash that whoever answers it has to know; it names nobody.
GRANT SELECT, INSERT, DELETE ON webauthn_challenge TO countervail_identity;
CREATE POLICY identity ON webauthn_challenge TO countervail_identity USING (true);
-- Counters of network addresses, of nobody in particular.
GRANT SELECT, INSERT, UPDATE, DELETE ON rate_limit TO countervail_identity;
CREATE POLICY identity ON rate_limit TO countervail_identity USING (true);
-- What holds for signing in to a company.
GRANT SELECT ON organisation_policy, sso_connection TO countervail_identity;
CREATE POLICY identity ON organisation_policy FOR SELECT TO countervail_identity
  USING ((SELECT acting_user()) IS NULL
    OR EXISTS (SELECT FROM membership m WHERE m.organisation_id = organisation_policy.organisation_id));
CREATE POLICY identity ON sso_connection FOR SELECT TO countervail_identity
  USING ((SELECT acting_user()) IS NULL
    OR EXISTS (SELECT FROM membership m WHERE m.organisation_id = sso_connection.organisation_id));
-- Data keys, to seal and open what signing in needs; the service's own have no company.
GRANT SELECT, INSERT ON data_key TO countervail_identity, countervail_organisation, countervail_system;
-- Holding a key's row takes the right to update it; the policies let these use it for no more.
GRANT UPDATE (id) ON data_key TO countervail_identity, countervail_organisation;
CREATE POLICY identity ON data_key FOR SELECT TO countervail_identity
  USING ((SELECT acting_user()) IS NULL OR organisation_id IS NULL
    OR EXISTS (SELECT FROM membership m WHERE m.organisation_id = data_key.organisation_id));
CREATE POLICY identity_make ON data_key FOR INSERT TO countervail_identity
  WITH CHECK ((SELECT acting_user()) IS NULL OR organisation_id IS NULL
    OR EXISTS (SELECT FROM membership m WHERE m.organisation_id = data_key.organisation_id));
CREATE POLICY identity_hold ON data_key FOR UPDATE TO countervail_identity USING (true) WITH CHECK (false);

-- ---------------------------------------------------------------- inside one organisation
-- What an admin may do to the accounts of the own company's people; never to the own one.

GRANT UPDATE (role) ON membership TO countervail_organisation;
CREATE POLICY organisation_role ON membership FOR UPDATE TO countervail_organisation
  USING (organisation_id = (SELECT acting_organisation()))
  WITH CHECK (organisation_id = (SELECT acting_organisation()) AND user_id <> (SELECT acting_user()));
GRANT UPDATE (disabled_at) ON app_user TO countervail_organisation;
CREATE POLICY organisation_disable ON app_user FOR UPDATE TO countervail_organisation
  USING (EXISTS (SELECT FROM membership m WHERE m.user_id = app_user.id AND m.organisation_id = (SELECT acting_organisation())))
  WITH CHECK (id <> (SELECT acting_user()));
GRANT UPDATE (token_hash, expires_at, invited_by_id) ON invitation TO countervail_organisation;
-- Two admins who change each other at once wait for each other on the company's row.
GRANT UPDATE (id) ON organisation TO countervail_organisation;
CREATE POLICY organisation_hold ON organisation FOR UPDATE TO countervail_organisation
  USING (id = (SELECT acting_organisation())) WITH CHECK (false);

GRANT SELECT (id, user_id, stage, methods, created_at, last_seen_at, ended_at, user_agent, address), UPDATE (ended_at)
  ON session TO countervail_organisation;
GRANT SELECT, UPDATE ON sign_in_guard TO countervail_organisation;
GRANT SELECT (user_id, must_change, changed_at), UPDATE (must_change, password_hash) ON credential TO countervail_organisation;
GRANT SELECT (user_id, created_at, confirmed_at), DELETE ON totp_factor TO countervail_organisation;
GRANT SELECT (id, user_id, name, created_at, last_used_at), DELETE ON passkey TO countervail_organisation;
GRANT SELECT (id, user_id, used_at), DELETE ON recovery_code TO countervail_organisation;
GRANT SELECT, INSERT, UPDATE (used_at) ON password_reset TO countervail_organisation;
GRANT SELECT, DELETE ON sso_identity TO countervail_organisation;
DO $$
DECLARE
  held text;
BEGIN
  FOREACH held IN ARRAY ARRAY['session', 'sign_in_guard', 'credential', 'totp_factor', 'passkey', 'recovery_code', 'password_reset',
    'sso_identity']
  LOOP
    EXECUTE format('CREATE POLICY organisation ON %I TO countervail_organisation
      USING (EXISTS (SELECT FROM membership m WHERE m.user_id = %I.user_id AND m.organisation_id = (SELECT acting_organisation())))',
      held, held);
  END LOOP;
END $$;

GRANT SELECT, INSERT, UPDATE (decided_by_id, decided_at, decision) ON factor_reset TO countervail_organisation;
GRANT SELECT, INSERT, UPDATE ON organisation_policy, sso_connection TO countervail_organisation;
DO $$
DECLARE
  held text;
BEGIN
  FOREACH held IN ARRAY ARRAY['factor_reset', 'organisation_policy', 'sso_connection', 'data_key']
  LOOP
    EXECUTE format('CREATE POLICY organisation ON %I TO countervail_organisation
      USING (organisation_id = (SELECT acting_organisation()))', held);
  END LOOP;
END $$;
CREATE POLICY own_name ON factor_reset AS RESTRICTIVE FOR INSERT TO countervail_organisation
  WITH CHECK (requested_by_id = (SELECT acting_user()));

-- ---------------------------------------------------------------- the service itself
-- Rotation of keys: wraps data keys anew, and seals anew what they sealed.

GRANT UPDATE (kek_id, wrapped, retired_at) ON data_key TO countervail_system;
CREATE POLICY system ON data_key TO countervail_system USING (true);
GRANT SELECT (user_id, organisation_id, secret), UPDATE (secret) ON totp_factor TO countervail_system;
CREATE POLICY system ON totp_factor TO countervail_system USING (true);
GRANT SELECT (id, organisation_id, client_secret), UPDATE (client_secret) ON sso_connection TO countervail_system;
CREATE POLICY system ON sso_connection TO countervail_system USING (true);
