-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "audit_head" (
    "log_id" TEXT NOT NULL,
    "size" BIGINT NOT NULL,
    "head" BYTEA NOT NULL,

    CONSTRAINT "audit_head_pkey" PRIMARY KEY ("log_id")
);

-- CreateTable
CREATE TABLE "audit_event" (
    "log_id" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    "prev_hash" BYTEA NOT NULL,
    "entry_hash" BYTEA NOT NULL,
    "payload" TEXT NOT NULL,
    "tx_token" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "action" TEXT NOT NULL,
    "actor_id" UUID,
    "engagement_id" UUID,
    "worksheet_id" UUID,

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("log_id","seq")
);

-- CreateTable
CREATE TABLE "audit_change" (
    "tx_token" UUID NOT NULL,
    "table_name" TEXT NOT NULL,
    "row_id" TEXT NOT NULL,
    "xid" BIGINT NOT NULL,

    CONSTRAINT "audit_change_pkey" PRIMARY KEY ("tx_token","table_name","row_id")
);

-- CreateTable
CREATE TABLE "catalogue_version" (
    "id" TEXT NOT NULL,
    "as_of" DATE NOT NULL,
    "digest" CHAR(64) NOT NULL,
    "detail" JSONB NOT NULL,
    "loaded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "catalogue_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "requirement" (
    "catalogue_version_id" TEXT NOT NULL,
    "standard_version" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "parent" TEXT,
    "position" INTEGER NOT NULL,
    "level" INTEGER NOT NULL,
    "leaf" BOOLEAN NOT NULL,
    "title" TEXT NOT NULL,
    "service_providers_only" BOOLEAN NOT NULL,
    "customized_approach_eligible" BOOLEAN,
    "no_ccw" BOOLEAN NOT NULL,
    "future_dated" BOOLEAN NOT NULL,
    "future_dated_in_part" BOOLEAN NOT NULL,
    "frequency_bound" BOOLEAN NOT NULL,
    "superseded_by" TEXT,

    CONSTRAINT "requirement_pkey" PRIMARY KEY ("catalogue_version_id","standard_version","number")
);

-- CreateTable
CREATE TABLE "requirement_mapping" (
    "catalogue_version_id" TEXT NOT NULL,
    "from_number" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "to_numbers" TEXT[],
    "confidence" TEXT NOT NULL,

    CONSTRAINT "requirement_mapping_pkey" PRIMARY KEY ("catalogue_version_id","from_number")
);

-- CreateTable
CREATE TABLE "article_row" (
    "catalogue_version_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "canonical_number" TEXT NOT NULL,
    "status_today" TEXT NOT NULL,
    "disputed" BOOLEAN NOT NULL,
    "services" TEXT[],
    "v4_numbers" TEXT[],
    "detail" JSONB NOT NULL,

    CONSTRAINT "article_row_pkey" PRIMARY KEY ("catalogue_version_id","id")
);

-- CreateTable
CREATE TABLE "article_claim" (
    "catalogue_version_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "status_today" TEXT NOT NULL,
    "disputed" BOOLEAN NOT NULL,
    "pci_requirement" BOOLEAN NOT NULL,
    "detail" JSONB NOT NULL,

    CONSTRAINT "article_claim_pkey" PRIMARY KEY ("catalogue_version_id","id")
);

-- CreateTable
CREATE TABLE "key_option" (
    "catalogue_version_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "in_article" BOOLEAN NOT NULL,
    "status_today" TEXT NOT NULL,
    "disputed" BOOLEAN NOT NULL,
    "detail" JSONB NOT NULL,

    CONSTRAINT "key_option_pkey" PRIMARY KEY ("catalogue_version_id","id")
);

-- CreateTable
CREATE TABLE "final_check" (
    "catalogue_version_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "status_today" TEXT NOT NULL,
    "disputed" BOOLEAN NOT NULL,
    "detail" JSONB NOT NULL,

    CONSTRAINT "final_check_pkey" PRIMARY KEY ("catalogue_version_id","id")
);

-- CreateTable
CREATE TABLE "engagement" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "assessor_organisation_id" UUID,
    "assessor_accepted_at" TIMESTAMPTZ(3),
    "name" TEXT NOT NULL,
    "standard_version" TEXT NOT NULL,
    "assessment_type" TEXT NOT NULL,
    "period_start" DATE NOT NULL,
    "period_end" DATE NOT NULL,
    "due_on" DATE NOT NULL,
    "internal_review" BOOLEAN NOT NULL DEFAULT false,
    "catalogue_version" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "engagement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "engagement_member" (
    "id" UUID NOT NULL,
    "engagement_id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "engagement_member_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "scope_answer" (
    "engagement_id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "answers" JSONB NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "updated_by_id" UUID NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "scope_answer_pkey" PRIMARY KEY ("engagement_id")
);

-- CreateTable
CREATE TABLE "disposition" (
    "id" UUID NOT NULL,
    "engagement_id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "requirement_number" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "disposition" TEXT NOT NULL DEFAULT 'undecided',
    "note" TEXT NOT NULL DEFAULT '',
    "fix_owner" TEXT NOT NULL DEFAULT '',
    "fix_due_on" DATE,
    "evidence_title" TEXT NOT NULL DEFAULT '',
    "evidence_url" TEXT NOT NULL DEFAULT '',
    "owner_id" UUID,
    "due_on" DATE,
    "version" INTEGER NOT NULL DEFAULT 1,
    "updated_by_id" UUID NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "disposition_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "organisation" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "organisation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "app_user" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "disabled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "app_user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "membership" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "membership_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invitation" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "engagement_id" UUID,
    "engagement_role" TEXT,
    "token_hash" TEXT NOT NULL,
    "invited_by_id" UUID NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "accepted_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "credential" (
    "user_id" UUID NOT NULL,
    "password_hash" TEXT NOT NULL,
    "failed_attempts" INTEGER NOT NULL DEFAULT 0,
    "locked_until" TIMESTAMPTZ(3),
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "credential_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "step_up_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "user_agent" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotency_key" (
    "user_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "status" INTEGER NOT NULL,
    "reply" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_key_pkey" PRIMARY KEY ("user_id","key")
);

-- CreateTable
CREATE TABLE "worksheet" (
    "id" UUID NOT NULL,
    "engagement_id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "disposition_id" UUID NOT NULL,
    "requirement_number" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'draft',
    "revision_number" INTEGER NOT NULL DEFAULT 1,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "worksheet_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "section" (
    "id" UUID NOT NULL,
    "engagement_id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "worksheet_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "narrative" JSONB NOT NULL,
    "items" JSONB NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "updated_by_id" UUID,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "section_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "worksheet_author" (
    "worksheet_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "engagement_id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "first_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "worksheet_author_pkey" PRIMARY KEY ("worksheet_id","user_id")
);

-- CreateTable
CREATE TABLE "worksheet_assignee" (
    "id" UUID NOT NULL,
    "worksheet_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "engagement_id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,

    CONSTRAINT "worksheet_assignee_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "evidence" (
    "id" UUID NOT NULL,
    "engagement_id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "worksheet_id" UUID NOT NULL,
    "section" TEXT NOT NULL,
    "item_id" TEXT,
    "title" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "shows" TEXT NOT NULL DEFAULT '',
    "collected_on" DATE NOT NULL,
    "valid_until" DATE,
    "added_by_id" UUID NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL,
    "removed_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "evidence_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "revision" (
    "id" UUID NOT NULL,
    "engagement_id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "worksheet_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "content" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "catalogue_version" TEXT NOT NULL,
    "submitted_by_id" UUID NOT NULL,
    "submitted_at" TIMESTAMPTZ(3) NOT NULL,
    "reviewed_at" TIMESTAMPTZ(3),

    CONSTRAINT "revision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "worksheet_transition" (
    "id" UUID NOT NULL,
    "engagement_id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "worksheet_id" UUID NOT NULL,
    "move" TEXT NOT NULL,
    "from_state" TEXT NOT NULL,
    "to_state" TEXT NOT NULL,
    "revision_number" INTEGER NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',
    "by_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "worksheet_transition_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_off" (
    "id" UUID NOT NULL,
    "engagement_id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "worksheet_id" UUID NOT NULL,
    "revision_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "statement_version" TEXT NOT NULL,
    "statement_text" TEXT NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',
    "signer_id" UUID NOT NULL,
    "signer_name" TEXT NOT NULL,
    "signer_role" TEXT NOT NULL,
    "firm_name" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sign_off_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "thread" (
    "id" UUID NOT NULL,
    "engagement_id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "author_organisation_id" UUID NOT NULL,
    "worksheet_id" UUID NOT NULL,
    "revision_number" INTEGER NOT NULL,
    "section" TEXT,
    "item_id" TEXT,
    "visibility" TEXT NOT NULL,
    "opened_by_id" UUID NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "resolved_by_id" UUID,
    "resolved_at" TIMESTAMPTZ(3),

    CONSTRAINT "thread_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "comment" (
    "id" UUID NOT NULL,
    "engagement_id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "author_organisation_id" UUID NOT NULL,
    "thread_id" UUID NOT NULL,
    "body" TEXT NOT NULL,
    "author_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "comment_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "audit_event_engagement_id_at_idx" ON "audit_event"("engagement_id", "at");

-- CreateIndex
CREATE INDEX "audit_event_tx_token_idx" ON "audit_event"("tx_token");

-- CreateIndex
CREATE INDEX "engagement_organisation_id_idx" ON "engagement"("organisation_id");

-- CreateIndex
CREATE INDEX "engagement_assessor_organisation_id_idx" ON "engagement"("assessor_organisation_id");

-- CreateIndex
CREATE UNIQUE INDEX "engagement_id_organisation_id_key" ON "engagement"("id", "organisation_id");

-- CreateIndex
CREATE INDEX "engagement_member_user_id_idx" ON "engagement_member"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "engagement_member_engagement_id_user_id_role_key" ON "engagement_member"("engagement_id", "user_id", "role");

-- CreateIndex
CREATE UNIQUE INDEX "scope_answer_engagement_id_organisation_id_key" ON "scope_answer"("engagement_id", "organisation_id");

-- CreateIndex
CREATE UNIQUE INDEX "disposition_engagement_id_id_key" ON "disposition"("engagement_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "disposition_engagement_id_requirement_number_key" ON "disposition"("engagement_id", "requirement_number");

-- CreateIndex
CREATE UNIQUE INDEX "app_user_email_key" ON "app_user"("email");

-- CreateIndex
CREATE UNIQUE INDEX "membership_user_id_key" ON "membership"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "membership_organisation_id_user_id_key" ON "membership"("organisation_id", "user_id");

-- CreateIndex
CREATE UNIQUE INDEX "invitation_token_hash_key" ON "invitation"("token_hash");

-- CreateIndex
CREATE INDEX "invitation_organisation_id_email_idx" ON "invitation"("organisation_id", "email");

-- CreateIndex
CREATE UNIQUE INDEX "session_token_hash_key" ON "session"("token_hash");

-- CreateIndex
CREATE INDEX "session_user_id_idx" ON "session"("user_id");

-- CreateIndex
CREATE INDEX "idempotency_key_created_at_idx" ON "idempotency_key"("created_at");

-- CreateIndex
CREATE UNIQUE INDEX "worksheet_disposition_id_key" ON "worksheet"("disposition_id");

-- CreateIndex
CREATE INDEX "worksheet_engagement_id_idx" ON "worksheet"("engagement_id");

-- CreateIndex
CREATE UNIQUE INDEX "worksheet_engagement_id_id_key" ON "worksheet"("engagement_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "worksheet_engagement_id_disposition_id_key" ON "worksheet"("engagement_id", "disposition_id");

-- CreateIndex
CREATE UNIQUE INDEX "section_worksheet_id_key_key" ON "section"("worksheet_id", "key");

-- CreateIndex
CREATE UNIQUE INDEX "worksheet_assignee_worksheet_id_user_id_key" ON "worksheet_assignee"("worksheet_id", "user_id");

-- CreateIndex
CREATE INDEX "evidence_worksheet_id_idx" ON "evidence"("worksheet_id");

-- CreateIndex
CREATE UNIQUE INDEX "revision_worksheet_id_number_key" ON "revision"("worksheet_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "revision_engagement_id_id_key" ON "revision"("engagement_id", "id");

-- CreateIndex
CREATE INDEX "worksheet_transition_worksheet_id_idx" ON "worksheet_transition"("worksheet_id");

-- CreateIndex
CREATE INDEX "sign_off_worksheet_id_idx" ON "sign_off"("worksheet_id");

-- CreateIndex
CREATE INDEX "thread_worksheet_id_idx" ON "thread"("worksheet_id");

-- CreateIndex
CREATE UNIQUE INDEX "thread_engagement_id_id_key" ON "thread"("engagement_id", "id");

-- CreateIndex
CREATE INDEX "comment_thread_id_idx" ON "comment"("thread_id");

-- AddForeignKey
ALTER TABLE "requirement" ADD CONSTRAINT "requirement_catalogue_version_id_fkey" FOREIGN KEY ("catalogue_version_id") REFERENCES "catalogue_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "requirement_mapping" ADD CONSTRAINT "requirement_mapping_catalogue_version_id_fkey" FOREIGN KEY ("catalogue_version_id") REFERENCES "catalogue_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "article_row" ADD CONSTRAINT "article_row_catalogue_version_id_fkey" FOREIGN KEY ("catalogue_version_id") REFERENCES "catalogue_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "article_claim" ADD CONSTRAINT "article_claim_catalogue_version_id_fkey" FOREIGN KEY ("catalogue_version_id") REFERENCES "catalogue_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "key_option" ADD CONSTRAINT "key_option_catalogue_version_id_fkey" FOREIGN KEY ("catalogue_version_id") REFERENCES "catalogue_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "final_check" ADD CONSTRAINT "final_check_catalogue_version_id_fkey" FOREIGN KEY ("catalogue_version_id") REFERENCES "catalogue_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "engagement" ADD CONSTRAINT "engagement_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "engagement" ADD CONSTRAINT "engagement_assessor_organisation_id_fkey" FOREIGN KEY ("assessor_organisation_id") REFERENCES "organisation"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "engagement_member" ADD CONSTRAINT "engagement_member_engagement_id_organisation_id_fkey" FOREIGN KEY ("engagement_id", "organisation_id") REFERENCES "engagement"("id", "organisation_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "engagement_member" ADD CONSTRAINT "engagement_member_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scope_answer" ADD CONSTRAINT "scope_answer_engagement_id_organisation_id_fkey" FOREIGN KEY ("engagement_id", "organisation_id") REFERENCES "engagement"("id", "organisation_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "disposition" ADD CONSTRAINT "disposition_engagement_id_organisation_id_fkey" FOREIGN KEY ("engagement_id", "organisation_id") REFERENCES "engagement"("id", "organisation_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credential" ADD CONSTRAINT "credential_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "worksheet" ADD CONSTRAINT "worksheet_engagement_id_organisation_id_fkey" FOREIGN KEY ("engagement_id", "organisation_id") REFERENCES "engagement"("id", "organisation_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "worksheet" ADD CONSTRAINT "worksheet_engagement_id_disposition_id_fkey" FOREIGN KEY ("engagement_id", "disposition_id") REFERENCES "disposition"("engagement_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "section" ADD CONSTRAINT "section_engagement_id_worksheet_id_fkey" FOREIGN KEY ("engagement_id", "worksheet_id") REFERENCES "worksheet"("engagement_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "worksheet_author" ADD CONSTRAINT "worksheet_author_engagement_id_worksheet_id_fkey" FOREIGN KEY ("engagement_id", "worksheet_id") REFERENCES "worksheet"("engagement_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "worksheet_assignee" ADD CONSTRAINT "worksheet_assignee_engagement_id_worksheet_id_fkey" FOREIGN KEY ("engagement_id", "worksheet_id") REFERENCES "worksheet"("engagement_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_engagement_id_worksheet_id_fkey" FOREIGN KEY ("engagement_id", "worksheet_id") REFERENCES "worksheet"("engagement_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "revision" ADD CONSTRAINT "revision_engagement_id_worksheet_id_fkey" FOREIGN KEY ("engagement_id", "worksheet_id") REFERENCES "worksheet"("engagement_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "worksheet_transition" ADD CONSTRAINT "worksheet_transition_engagement_id_worksheet_id_fkey" FOREIGN KEY ("engagement_id", "worksheet_id") REFERENCES "worksheet"("engagement_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sign_off" ADD CONSTRAINT "sign_off_engagement_id_worksheet_id_fkey" FOREIGN KEY ("engagement_id", "worksheet_id") REFERENCES "worksheet"("engagement_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sign_off" ADD CONSTRAINT "sign_off_engagement_id_revision_id_fkey" FOREIGN KEY ("engagement_id", "revision_id") REFERENCES "revision"("engagement_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "thread" ADD CONSTRAINT "thread_engagement_id_worksheet_id_fkey" FOREIGN KEY ("engagement_id", "worksheet_id") REFERENCES "worksheet"("engagement_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "comment" ADD CONSTRAINT "comment_engagement_id_thread_id_fkey" FOREIGN KEY ("engagement_id", "thread_id") REFERENCES "thread"("engagement_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
