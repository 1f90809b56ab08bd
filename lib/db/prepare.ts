import { OperatorError } from "@/lib/operator-error";
import { loginOf } from "./addresses";
import { withConnection } from "./connect";
import {
  ensureAppMember,
  ensureGroups,
  ensureKeeperMember,
  ensureSignerMember,
  ensureWorkerMember,
  serverVersion,
} from "./roles";

/** Addresses of the logins that some installations have besides. */
export interface FurtherLogins {
  readonly signerUrl?: string | undefined;
  readonly workerUrl?: string | undefined;
  readonly keeperUrl?: string | undefined;
}

/**
 * Makes sure, as the owner, of the roles that migrations need on an external server: the groups, the application's
 * login and, where there are such, the signer's, the worker's and the keeper's as members of theirs. Checks the server's
 * version as well.
 * @throws OperatorError that points to `npm run db:init` when something is missing and the owner may not make it
 */
export async function prepareRoles(
  ownerUrl: string,
  appUrl: string,
  { signerUrl, workerUrl, keeperUrl }: FurtherLogins = {},
): Promise<void> {
  await withConnection(ownerUrl, async (client) => {
    const version = await serverVersion(client);
    if (version < 150_000) {
      throw new OperatorError(
        `Countervail needs PostgreSQL 15 to 18, the server is ${Math.floor(version / 10_000)}: upgrade it, or unset DATABASE_URL to use the embedded one.`,
      );
    }
    await ensureGroups(client);
    await ensureAppMember(client, loginOf(appUrl).user);
    if (signerUrl !== undefined) await ensureSignerMember(client, loginOf(signerUrl).user);
    if (workerUrl !== undefined) await ensureWorkerMember(client, loginOf(workerUrl).user);
    if (keeperUrl !== undefined) await ensureKeeperMember(client, loginOf(keeperUrl).user);
  });
}
