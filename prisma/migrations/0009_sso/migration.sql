-- Ways to an identity provider and back.

-- CreateTable
CREATE TABLE "sso_flow" (
    "state_hash" TEXT NOT NULL,
    "connection_id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "fresh" BOOLEAN NOT NULL,
    "session_id" UUID,
    "next" TEXT NOT NULL,
    "begun_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sso_flow_pkey" PRIMARY KEY ("state_hash")
);

-- CreateIndex
CREATE INDEX "sso_flow_expires_at_idx" ON "sso_flow"("expires_at");

-- AddForeignKey
ALTER TABLE "sso_flow" ADD CONSTRAINT "sso_flow_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "sso_connection"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE sso_flow ENABLE ROW LEVEL SECURITY;
ALTER TABLE sso_flow FORCE ROW LEVEL SECURITY;
-- As a challenge of a passkey: whoever comes back has to know what is stored as a hash alone.
GRANT SELECT, INSERT, DELETE ON sso_flow TO countervail_identity;
CREATE POLICY identity ON sso_flow TO countervail_identity USING (true);
