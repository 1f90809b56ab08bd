-- Data keys of the envelope encryption: each wrapped under a key-encryption key that is never in the database.

-- CreateTable
CREATE TABLE "data_key" (
    "id" UUID NOT NULL,
    "organisation_id" UUID,
    "purpose" TEXT NOT NULL,
    "generation" INTEGER NOT NULL,
    "kek_id" TEXT NOT NULL,
    "wrapped" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "data_key_pkey" PRIMARY KEY ("id"),
    -- A key is destroyed only after it was retired.
    CONSTRAINT "data_key_wrapped_or_retired" CHECK (wrapped IS NOT NULL OR retired_at IS NOT NULL)
);

-- CreateIndex
-- The service's own keys have no organisation, and of them too there is one of each generation.
CREATE UNIQUE INDEX "data_key_organisation_id_purpose_generation_key" ON "data_key"("organisation_id", "purpose", "generation") NULLS NOT DISTINCT;

-- AddForeignKey
ALTER TABLE "data_key" ADD CONSTRAINT "data_key_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE CONSTRAINT TRIGGER data_key_audited AFTER INSERT OR UPDATE OR DELETE ON data_key
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION require_event('id');

-- Whose key it is and what for never changes, and no key is removed.
GRANT SELECT, INSERT ON data_key TO countervail_rw;
GRANT UPDATE (kek_id, wrapped, retired_at) ON data_key TO countervail_rw;
