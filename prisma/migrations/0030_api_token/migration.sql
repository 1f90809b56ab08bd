-- CreateTable
CREATE TABLE "api_token" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "everywhere" BOOLEAN NOT NULL,
    "engagement_ids" UUID[],
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_token_use" (
    "token_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "last_used_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "api_token_use_pkey" PRIMARY KEY ("token_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "api_token_token_hash_key" ON "api_token"("token_hash");

-- CreateIndex
CREATE INDEX "api_token_user_id_idx" ON "api_token"("user_id");

-- AddForeignKey
ALTER TABLE "api_token" ADD CONSTRAINT "api_token_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_token_use" ADD CONSTRAINT "api_token_use_token_id_fkey" FOREIGN KEY ("token_id") REFERENCES "api_token"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- The right that a token gives never grows: its person makes it, and what may change of it is that it is revoked, once.
ALTER TABLE api_token
  ADD CONSTRAINT api_token_scope CHECK (scope IN ('read', 'write')),
  ADD CONSTRAINT api_token_place CHECK (everywhere = (cardinality(engagement_ids) = 0)),
  ADD CONSTRAINT api_token_life CHECK (expires_at > created_at AND expires_at <= created_at + interval '366 days');
CREATE FUNCTION api_token_stays_revoked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.revoked_at IS NOT NULL THEN
    RAISE EXCEPTION 'a revoked token stays revoked' USING ERRCODE = 'CV004';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER api_token_revoked_once BEFORE UPDATE ON api_token FOR EACH ROW EXECUTE FUNCTION api_token_stays_revoked();
CREATE TRIGGER api_token_stays BEFORE DELETE ON api_token FOR EACH ROW EXECUTE FUNCTION refuse_change();

ALTER TABLE api_token ENABLE ROW LEVEL SECURITY;
ALTER TABLE api_token FORCE ROW LEVEL SECURITY;
ALTER TABLE api_token_use ENABLE ROW LEVEL SECURITY;
ALTER TABLE api_token_use FORCE ROW LEVEL SECURITY;

-- Before anybody is known all tokens, to find the one that was shown; with somebody signed in one's own (0008).
GRANT SELECT, INSERT, UPDATE (revoked_at) ON api_token TO countervail_identity;
GRANT SELECT, INSERT, UPDATE (last_used_at) ON api_token_use TO countervail_identity;
CREATE POLICY identity ON api_token TO countervail_identity
  USING ((SELECT acting_user()) IS NULL OR user_id = (SELECT acting_user()));
CREATE POLICY identity ON api_token_use TO countervail_identity
  USING ((SELECT acting_user()) IS NULL OR user_id = (SELECT acting_user()));
-- A token is made by its person, never by whoever asks without being signed in.
CREATE POLICY own_name ON api_token AS RESTRICTIVE FOR INSERT TO countervail_identity
  WITH CHECK (user_id = (SELECT acting_user()));

-- An administrator sees the tokens of the own company's people but not their hashes, and revokes them.
GRANT SELECT (id, user_id, name, scope, everywhere, engagement_ids, created_at, expires_at, revoked_at), UPDATE (revoked_at)
  ON api_token TO countervail_organisation;
GRANT SELECT ON api_token_use TO countervail_organisation;
CREATE POLICY organisation ON api_token TO countervail_organisation
  USING (EXISTS (SELECT FROM membership m WHERE m.user_id = api_token.user_id AND m.organisation_id = (SELECT acting_organisation())));
CREATE POLICY organisation ON api_token_use FOR SELECT TO countervail_organisation
  USING (EXISTS (SELECT FROM membership m WHERE m.user_id = api_token_use.user_id AND m.organisation_id = (SELECT acting_organisation())));

SELECT audit_protect('api_token', 'id'), backup_reads('api_token'), backup_reads('api_token_use');
