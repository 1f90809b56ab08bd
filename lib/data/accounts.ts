import type { OrganisationTx } from "@/lib/db/kinds";
import type { OrganisationRole } from "@/lib/domain/access/roles";
import { type GuardState, isLocked } from "@/lib/domain/security/lockout";

/** An account of the transaction's organisation, as its administrators see it. */
export interface AccountHere {
  readonly userId: string;
  readonly membershipId: string;
  readonly email: string;
  readonly name: string;
  readonly role: OrganisationRole;
  readonly disabled: boolean;
  /** Locked after too many failures; `lockedUntil` is null when only an administrator ends it. */
  readonly locked: boolean;
  readonly lockedUntil: Date | null;
  /** Set by an administrator: the password serves no more. */
  readonly passwordEnded: boolean;
  readonly hasPassword: boolean;
  readonly secondFactor: boolean;
  readonly lastSignInAt: Date | null;
}

/** Holds who administers the organisation until the commit, so that decisions about it are taken one at a time. */
export async function holdAdministrators(tx: OrganisationTx): Promise<void> {
  // Not FOR UPDATE: rows that point to the organisation may be written meanwhile.
  await tx.db.$queryRaw`SELECT 1 FROM organisation WHERE id = ${tx.organisationId}::uuid FOR NO KEY UPDATE`;
}

/** Not service accounts, which have no address: what is done to people is not done to them. */
const OF_PEOPLE = { user: { email: { not: null } } } as const;

const WITH_ALL = {
  user: {
    include: {
      signInGuard: true,
      credential: { select: { mustChange: true } },
      totpFactor: { select: { confirmedAt: true } },
      passkeys: { select: { id: true }, take: 1 },
      sessions: { where: { stage: "full" }, orderBy: { createdAt: "desc" }, take: 1, select: { createdAt: true } },
    },
  },
} as const;

/** The account of a person of the organisation; null for anybody else. */
export async function findAccountHere(tx: OrganisationTx, userId: string): Promise<AccountHere | null> {
  const { organisationId } = tx;
  const row = await tx.db.membership.findFirst({ where: { organisationId, userId, ...OF_PEOPLE }, include: WITH_ALL });
  return row && accountOf(row, tx.now);
}

/** All accounts of the organisation, by name. */
export async function listAccounts(tx: OrganisationTx): Promise<AccountHere[]> {
  const rows = await tx.db.membership.findMany({
    where: { organisationId: tx.organisationId, ...OF_PEOPLE },
    include: WITH_ALL,
    orderBy: [{ user: { name: "asc" } }, { userId: "asc" }],
  });
  return rows.map((row) => accountOf(row, tx.now));
}

/** Enabled administrators beside those named: who could agree to something. */
export function countAdministratorsBeside(tx: OrganisationTx, userIds: readonly string[]): Promise<number> {
  return tx.db.membership.count({
    where: {
      organisationId: tx.organisationId,
      role: "admin",
      userId: { notIn: [...userIds] },
      user: { disabledAt: null },
    },
  });
}

/** Gives a person another role in the organisation. */
export async function setRole(tx: OrganisationTx, person: AccountHere, role: OrganisationRole): Promise<void> {
  await tx.db.membership.update({ where: { id: person.membershipId }, data: { role } });
}

/** Disables an account or enables it again. */
export async function setDisabled(tx: OrganisationTx, person: AccountHere, disabled: boolean): Promise<void> {
  await tx.db.user.update({ where: { id: person.userId }, data: { disabledAt: disabled ? tx.now : null } });
}

interface StoredMember {
  readonly id: string;
  readonly role: string;
  readonly user: {
    readonly id: string;
    readonly email: string | null;
    readonly name: string;
    readonly disabledAt: Date | null;
    readonly signInGuard: GuardState | null;
    readonly credential: { readonly mustChange: boolean } | null;
    readonly totpFactor: { readonly confirmedAt: Date | null } | null;
    readonly passkeys: readonly object[];
    readonly sessions: readonly { readonly createdAt: Date }[];
  };
}

function accountOf({ id, role, user }: StoredMember, now: Date): AccountHere {
  const { signInGuard, credential, totpFactor } = user;
  const locked = signInGuard !== null && isLocked(signInGuard, now);
  const waitsForAdministrator = locked && isLocked({ ...signInGuard, lockedUntil: null }, now);
  return {
    userId: user.id,
    membershipId: id,
    email: user.email ?? "",
    name: user.name,
    role: role as OrganisationRole,
    disabled: user.disabledAt !== null,
    locked,
    lockedUntil: locked && !waitsForAdministrator ? signInGuard.lockedUntil : null,
    passwordEnded: credential?.mustChange ?? false,
    hasPassword: credential !== null,
    secondFactor: totpFactor?.confirmedAt != null || user.passkeys.length > 0,
    lastSignInAt: user.sessions[0]?.createdAt ?? null,
  };
}
