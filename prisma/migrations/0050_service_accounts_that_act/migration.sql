-- Roles and work are given to accounts that act. A service account that came along with an engagement has no row here, and an
-- engagement's leads are to see which of their own company's have one: its id and who answers for it (0038).
DROP POLICY scoped ON service_account;
CREATE POLICY scoped ON service_account FOR SELECT TO countervail_scoped
  USING (user_id = (SELECT acting_user()) OR organisation_id = (SELECT acting_organisation()));
