import type { IdentityTx, OrganisationTx, SystemTx } from "@/lib/db/kinds";
import { effectivePolicy, type SecurityPolicy } from "@/lib/domain/security/policy";
import { type SsoStanding, ssoStanding } from "@/lib/domain/security/single-sign-on";

/** What signing in has to know about an account. */
export interface AccountRow {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly organisationId: string | null;
  /** A disabled account is answered like one that is not there, but its organisation is told. */
  readonly disabled: boolean;
  /**
   * What a password is compared with; null where none serves: there is none, an administrator ended it, or single sign-on
   * has taken its place.
   */
  readonly passwordHash: string | null;
  /** A password is stored, perhaps one that no longer serves. */
  readonly hasPassword: boolean;
  /** An administrator ended the password: a new one has to be chosen. */
  readonly mustChange: boolean;
  readonly policy: SecurityPolicy;
  /** How the organisation's single sign-on stands to the account. */
  readonly sso: SsoStanding;
  /** The single sign-on that is switched on; null where none is. */
  readonly ssoConnectionId: string | null;
}

const WITH_ALL = {
  credential: true,
  memberships: { include: { organisation: { include: { policy: true, sso: { omit: { clientSecret: true } } } } } },
} as const;

/** What an API token acts for: a person's account, or a service account. */
export type TokenHolder = Pick<AccountRow, "userId" | "name" | "organisationId" | "disabled" | "mustChange" | "policy">;

/** The account of an e-mail address. */
export async function findAccount(tx: IdentityTx, email: string): Promise<AccountRow | null> {
  return accountOf(await tx.db.user.findUnique({ where: { email }, include: WITH_ALL }));
}

/** The account of a person; null also for a service account, which nobody signs in to. */
export async function findAccountOf(tx: IdentityTx, userId: string): Promise<AccountRow | null> {
  return accountOf(await tx.db.user.findUnique({ where: { id: userId }, include: WITH_ALL }));
}

/** Whose an API token is. */
export async function findTokenHolder(tx: IdentityTx, userId: string): Promise<TokenHolder | null> {
  const user = await tx.db.user.findUnique({ where: { id: userId }, include: WITH_ALL });
  return user && holderOf(user);
}

interface StoredAccount {
  readonly id: string;
  readonly email: string | null;
  readonly name: string;
  readonly disabledAt: Date | null;
  readonly credential: { readonly passwordHash: string; readonly mustChange: boolean } | null;
  readonly memberships: readonly {
    readonly organisationId: string;
    readonly organisation: {
      readonly policy: { readonly values: unknown } | null;
      readonly sso: {
        readonly id: string;
        readonly enabled: boolean;
        readonly domains: readonly string[];
        readonly breakGlassUserId: string | null;
      } | null;
    };
  }[];
}

function holderOf(user: StoredAccount): TokenHolder {
  const membership = user.memberships[0];
  return {
    userId: user.id,
    name: user.name,
    organisationId: membership?.organisationId ?? null,
    disabled: user.disabledAt !== null,
    mustChange: user.credential?.mustChange ?? false,
    policy: effectivePolicy((membership?.organisation.policy?.values ?? null) as Record<string, unknown> | null),
  };
}

function accountOf(user: StoredAccount | null): AccountRow | null {
  if (user?.email == null) return null;
  const membership = user.memberships[0];
  const connection = membership?.organisation.sso ?? null;
  const sso = ssoStanding(connection, { userId: user.id, email: user.email });
  const serves = user.credential?.mustChange === false && sso !== "required";
  return {
    ...holderOf(user),
    email: user.email,
    passwordHash: serves ? (user.credential?.passwordHash ?? null) : null,
    hasPassword: user.credential !== null,
    sso,
    ssoConnectionId: connection?.enabled ? connection.id : null,
  };
}

/** Stores a password's hash; the one before goes into the history. */
export async function storePassword(tx: IdentityTx | SystemTx, userId: string, passwordHash: string): Promise<void> {
  const before = await tx.db.credential.findUnique({ where: { userId } });
  if (before) {
    await tx.db.passwordHistory.create({
      data: { userId, passwordHash: before.passwordHash, replacedAt: tx.now },
    });
  }
  const fresh = { passwordHash, changedAt: tx.now, mustChange: false };
  await tx.db.credential.upsert({ where: { userId }, create: { userId, ...fresh }, update: fresh });
}

/** Ends a password: from now on it serves nowhere, and it stays one of the last. @returns whether there was one */
export async function endPassword(tx: OrganisationTx, userId: string): Promise<boolean> {
  return (await tx.db.credential.updateMany({ where: { userId }, data: { mustChange: true } })).count === 1;
}

/** The hashes of the last passwords, the one in use first. */
export async function lastPasswords(tx: IdentityTx, userId: string, count: number): Promise<string[]> {
  const now = await tx.db.credential.findUnique({ where: { userId } });
  const before = await tx.db.passwordHistory.findMany({
    where: { userId },
    orderBy: [{ replacedAt: "desc" }, { id: "desc" }],
    take: count,
  });
  return [...(now ? [now] : []), ...before].slice(0, count).map((row) => row.passwordHash);
}
