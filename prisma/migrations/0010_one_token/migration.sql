-- A replaced token is void at once, so that nothing has to remember it.
ALTER TABLE "session" DROP COLUMN "previous_token_hash";

-- An administrator ends a password, and never sets one.
REVOKE UPDATE (password_hash) ON credential FROM countervail_organisation;
