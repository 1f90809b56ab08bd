import type { ServiceContext } from "@/lib/auth/context";
import { inIdentity } from "@/lib/auth/open";
import type { OpenSession } from "@/lib/auth/session";
import type { FactorsDto } from "@/lib/contracts/factors";
import { findAccountOf } from "@/lib/data/credentials";
import { findTotp, summariseFactors } from "@/lib/data/factors";
import { listPasskeys } from "@/lib/data/passkeys";

/** One's own factors. With a password alone only their kinds are told, which the sign-in needs. */
export function listFactors(context: ServiceContext, { actor, stage }: OpenSession): Promise<FactorsDto> {
  return inIdentity(context, async (tx) => {
    const account = await findAccountOf(tx, actor.userId);
    const { totp, passkeys, recoveryCodesLeft } = await summariseFactors(tx, actor.userId);
    const signedIn = stage === "full";
    const app = signedIn && totp ? await findTotp(tx, actor.userId) : null;
    const listed = signedIn ? await listPasskeys(tx, actor.userId) : [];
    return {
      password: account?.passwordHash != null,
      singleSignOn: account?.sso === "required" ? account.ssoConnectionId : null,
      totp,
      totpSince: app?.createdAt.toISOString() ?? null,
      passkeyCount: passkeys,
      passkeys: listed.map(({ id, name, createdAt, lastUsedAt, backedUp }) => ({
        id,
        name,
        createdAt: createdAt.toISOString(),
        lastUsedAt: lastUsedAt?.toISOString() ?? null,
        synced: backedUp,
      })),
      recoveryCodesLeft: signedIn ? recoveryCodesLeft : null,
    };
  });
}
