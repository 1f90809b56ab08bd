-- A replaced token is void at once, so that nothing has to remember it.
ALTER TABLE "session" DROP COLUMN "previous_token_hash";
