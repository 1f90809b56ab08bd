-- CreateTable
CREATE TABLE "moved_key_set" (
    "id" UUID NOT NULL,
    "engagement_id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "service" UUID NOT NULL,
    "envelope" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "moved_key_set_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "moved_key_set_engagement_id_service_key" ON "moved_key_set"("engagement_id", "service");

-- AddForeignKey
ALTER TABLE "moved_key_set" ADD CONSTRAINT "moved_key_set_engagement_id_fkey" FOREIGN KEY ("engagement_id") REFERENCES "engagement"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- The keys of another service, by which the decisions that an engagement brought along verify. They come in with it and
-- are never changed: nobody but an operator's import writes here, with the login that owns the tables.
CREATE TRIGGER moved_key_set_stays BEFORE UPDATE OR DELETE ON moved_key_set FOR EACH ROW EXECUTE FUNCTION refuse_change();

ALTER TABLE moved_key_set ENABLE ROW LEVEL SECURITY;
ALTER TABLE moved_key_set FORCE ROW LEVEL SECURITY;
CREATE POLICY scoped ON moved_key_set FOR SELECT TO countervail_scoped USING (engagement_id = (SELECT this_engagement()));
GRANT SELECT ON moved_key_set TO countervail_scoped;

SELECT audit_protect('moved_key_set', 'id'), backup_reads('moved_key_set');
