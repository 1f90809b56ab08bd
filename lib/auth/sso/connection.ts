import type { ServiceContext } from "@/lib/auth/context";
import { inIdentity } from "@/lib/auth/open";
import { type Provider, ProviderTrouble, readProvider } from "@/lib/auth/sso/provider";
import { notFound } from "@/lib/contracts/failure";
import { findConnection, type SsoConnectionRow } from "@/lib/data/single-sign-on";
import { logger } from "@/lib/logger";

/** Where the sealed client secret of a connection stands. */
export function clientSecretPlace(connectionId: string, organisationId: string) {
  return { table: "sso_connection", column: "client_secret", row: connectionId, organisationId } as const;
}

/** A connection to be used, with its secret in the clear: never log it. */
export type OpenConnection = SsoConnectionRow;

/** A connection that is switched on, to be used. @throws Failure not_found */
export async function openConnection(context: ServiceContext, id: string): Promise<OpenConnection> {
  const opened = await inIdentity(context, async (tx) => {
    const row = await findConnection(tx, id);
    if (!row?.enabled) return null;
    const clientSecret = await context.secrets.unseal(tx, clientSecretPlace(id, row.organisationId), row.clientSecret);
    return { ...row, clientSecret };
  });
  if (!opened) throw notFound();
  return opened;
}

/** The provider of a connection as it describes itself now; null when it is not to be had, which the log says why. */
export async function reachProvider(context: ServiceContext, { id, issuer }: OpenConnection): Promise<Provider | null> {
  try {
    return await readProvider(issuer, context.url);
  } catch (error) {
    if (!(error instanceof ProviderTrouble)) throw error;
    logger().warn({ requestId: context.requestId, connectionId: id, reason: error.message }, "identity provider away");
    return null;
  }
}
