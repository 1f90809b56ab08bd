-- After older data came back, nothing says which tokens were revoked since: recording the gap revokes all. Only the owner
-- of the tables may, as for the gap itself (0021).
GRANT SELECT (id, revoked_at), UPDATE (revoked_at) ON api_token TO countervail_audit;
CREATE POLICY keeper_reads ON api_token FOR SELECT TO countervail_audit USING (current_user = 'countervail_audit');
CREATE POLICY keeper_revokes ON api_token FOR UPDATE TO countervail_audit USING (current_user = 'countervail_audit');
CREATE FUNCTION revoke_all_api_tokens(p_at timestamptz) RETURNS SETOF uuid
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE api_token SET revoked_at = p_at WHERE revoked_at IS NULL RETURNING id
$$;
ALTER FUNCTION revoke_all_api_tokens(timestamptz) OWNER TO countervail_audit;
REVOKE ALL ON FUNCTION revoke_all_api_tokens(timestamptz) FROM PUBLIC;
DO $$ BEGIN EXECUTE format('GRANT EXECUTE ON FUNCTION revoke_all_api_tokens(timestamptz) TO %I', current_user); END $$;
