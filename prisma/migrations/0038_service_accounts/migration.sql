-- AlterTable
ALTER TABLE "app_user" ALTER COLUMN "email" DROP NOT NULL;

-- CreateTable
CREATE TABLE "service_account" (
    "user_id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "owner_id" UUID NOT NULL,
    "created_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "reviewed_by_id" UUID,
    "reviewed_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "service_account_pkey" PRIMARY KEY ("user_id")
);

-- CreateIndex
CREATE INDEX "service_account_organisation_id_idx" ON "service_account"("organisation_id");

-- AddForeignKey
ALTER TABLE "service_account" ADD CONSTRAINT "service_account_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "service_account" ADD CONSTRAINT "service_account_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "service_account" ADD CONSTRAINT "service_account_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "app_user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- An account without an address is a program's: nothing finds it by an address, nothing is sent to it, and these rules see
-- to it that it gets no other way in. They look past row-level security, for they hold for everybody.
CREATE FUNCTION is_service_account(p_user_id uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM app_user u WHERE u.id = p_user_id AND u.email IS NULL)
$$;
CREATE FUNCTION for_people_alone() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM app_user u WHERE u.id = (to_jsonb(NEW) ->> TG_ARGV[0])::uuid AND u.email IS NULL) THEN
    RAISE EXCEPTION 'a service account never has a row of %', TG_TABLE_NAME USING ERRCODE = 'CV004';
  END IF;
  RETURN NEW;
END $$;
-- Of the roles it takes those alone that write a draft or read what was signed.
CREATE FUNCTION service_account_role() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.role <> ALL (string_to_array(TG_ARGV[0], ' '))
    AND EXISTS (SELECT FROM app_user u WHERE u.id = NEW.user_id AND u.email IS NULL) THEN
    RAISE EXCEPTION 'a service account never is a %', NEW.role USING ERRCODE = 'CV004';
  END IF;
  RETURN NEW;
END $$;
ALTER FUNCTION is_service_account(uuid) OWNER TO countervail_audit;
ALTER FUNCTION for_people_alone() OWNER TO countervail_audit;
ALTER FUNCTION service_account_role() OWNER TO countervail_audit;
REVOKE ALL ON FUNCTION is_service_account(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION is_service_account(uuid) TO countervail_organisation;

DO $$
DECLARE
  held text[];
BEGIN
  FOREACH held SLICE 1 IN ARRAY ARRAY[['credential', 'user_id'], ['password_history', 'user_id'], ['password_reset', 'user_id'],
    ['session', 'user_id'], ['totp_factor', 'user_id'], ['passkey', 'user_id'], ['recovery_code', 'user_id'],
    ['factor_reset', 'user_id'], ['sso_identity', 'user_id'], ['sso_connection', 'break_glass_user_id'],
    ['invitation', 'invited_by_id'], ['sign_off', 'signer_id'], ['criterion_decision', 'by_id']]
  LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE INSERT OR UPDATE OF %I ON %I FOR EACH ROW EXECUTE FUNCTION for_people_alone(%L)',
      held[1] || '_for_people', held[2], held[1], held[2]);
  END LOOP;
END $$;
CREATE TRIGGER membership_of_service BEFORE INSERT OR UPDATE ON membership FOR EACH ROW
  EXECUTE FUNCTION service_account_role('member');
CREATE TRIGGER engagement_member_of_service BEFORE INSERT OR UPDATE ON engagement_member FOR EACH ROW
  EXECUTE FUNCTION service_account_role('contributor observer');

-- Its name says what it is wherever a name is shown, and no person's does.
CREATE FUNCTION account_name_tells() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.email IS NULL) <> (NEW.name ~* '\(\s*service\s+account\s*\)\s*$') THEN
    RAISE EXCEPTION 'the names of service accounts, and of those alone, end in "(service account)"' USING ERRCODE = 'CV004';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER app_user_name_tells BEFORE INSERT ON app_user FOR EACH ROW EXECUTE FUNCTION account_name_tells();

ALTER TABLE service_account ENABLE ROW LEVEL SECURITY;
ALTER TABLE service_account FORCE ROW LEVEL SECURITY;
CREATE TRIGGER service_account_stays BEFORE DELETE ON service_account FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- An administrator makes one for the own company, and somebody of it answers for it.
GRANT SELECT, INSERT, UPDATE (purpose, owner_id, reviewed_by_id, reviewed_at, version) ON service_account TO countervail_organisation;
CREATE POLICY organisation ON service_account TO countervail_organisation
  USING (organisation_id = (SELECT acting_organisation()))
  WITH CHECK (organisation_id = (SELECT acting_organisation()) AND is_service_account(user_id) AND NOT is_service_account(owner_id)
    AND EXISTS (SELECT FROM membership m WHERE m.user_id = service_account.owner_id AND m.organisation_id = (SELECT acting_organisation())));
CREATE POLICY own_name ON service_account AS RESTRICTIVE FOR INSERT TO countervail_organisation
  WITH CHECK (created_by_id = (SELECT acting_user()));
GRANT INSERT ON app_user, membership TO countervail_organisation;
CREATE POLICY organisation_service ON app_user FOR INSERT TO countervail_organisation WITH CHECK (email IS NULL);
CREATE POLICY organisation_service ON membership FOR INSERT TO countervail_organisation
  WITH CHECK (organisation_id = (SELECT acting_organisation()) AND role = 'member' AND is_service_account(user_id));
-- Its tokens are made by an administrator, where a person's are made by that person alone (0030).
GRANT INSERT ON api_token TO countervail_organisation;
CREATE POLICY of_service ON api_token AS RESTRICTIVE FOR INSERT TO countervail_organisation WITH CHECK (is_service_account(user_id));

-- Inside an engagement it knows who answers for it, who is an author of what it writes (0025).
GRANT SELECT (user_id, owner_id) ON service_account TO countervail_scoped;
CREATE POLICY scoped ON service_account FOR SELECT TO countervail_scoped USING (user_id = (SELECT acting_user()));
DROP POLICY own_name ON worksheet_author;
CREATE POLICY own_name ON worksheet_author AS RESTRICTIVE FOR INSERT TO countervail_scoped
  WITH CHECK (user_id = (SELECT acting_user()) OR EXISTS (
    SELECT FROM control_record r WHERE r.engagement_id = worksheet_author.engagement_id AND worksheet_author.user_id = ANY (r.author_ids))
    OR EXISTS (
    SELECT FROM worksheet_origin o WHERE o.worksheet_id = worksheet_author.worksheet_id AND worksheet_author.user_id = ANY (o.author_ids))
    OR EXISTS (
    SELECT FROM service_account s WHERE s.user_id = (SELECT acting_user()) AND s.owner_id = worksheet_author.user_id));

SELECT audit_protect('service_account', 'user_id'), backup_reads('service_account');
