-- Replies that nobody may ask for again are found by person and age, without a look at all others of that person.
-- DropIndex
DROP INDEX "idempotency_key_created_at_idx";

-- CreateIndex
CREATE INDEX "idempotency_key_user_id_created_at_idx" ON "idempotency_key"("user_id", "created_at");
