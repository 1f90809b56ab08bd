import { loginOf } from "./addresses";
import { withConnection } from "./connect";
import { ensureAppMember, ensureGroups } from "./roles";

/**
 * Makes sure, as the owner, of the roles that migrations need on an external server: the groups, and the application's
 * login as a member of its group.
 * @throws OperatorError that points to `npm run db:init` when something is missing and the owner may not make it
 */
export async function prepareRoles(ownerUrl: string, appUrl: string): Promise<void> {
  await withConnection(ownerUrl, async (client) => {
    await ensureGroups(client);
    await ensureAppMember(client, loginOf(appUrl).user);
  });
}
