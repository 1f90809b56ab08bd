import type { SsoPurpose } from "@/lib/contracts/sso-words";
import type { IdentityTx, OrganisationTx } from "@/lib/db/kinds";
import type { SsoCandidate, SsoRules } from "@/lib/domain/security/single-sign-on";

/** An organisation's identity provider, as it is stored. */
export interface SsoConnectionRow extends SsoRules {
  readonly issuer: string;
  readonly clientId: string;
  /** Sealed. */
  readonly clientSecret: string;
  readonly version: number;
  readonly updatedById: string;
  readonly updatedAt: Date;
}

/** What may be changed of it. */
export type SsoValues = Omit<SsoConnectionRow, "id" | "organisationId" | "version" | "updatedById" | "updatedAt">;

/** The connection of an id, whoever's it is. */
export function findConnection(tx: IdentityTx, id: string): Promise<SsoConnectionRow | null> {
  return tx.db.ssoConnection.findUnique({ where: { id } });
}

/** The enabled connection that people of a domain sign in by. */
export async function connectionOfDomain(tx: IdentityTx, domain: string): Promise<string | null> {
  const row = await tx.db.ssoConnection.findFirst({
    where: { enabled: true, domains: { has: domain } },
    select: { id: true },
  });
  return row?.id ?? null;
}

/** The connection of an organisation that somebody is about to join. */
export function connectionOf(tx: IdentityTx, organisationId: string): Promise<SsoConnectionRow | null> {
  return tx.db.ssoConnection.findUnique({ where: { organisationId } });
}

/** The connection of the transaction's organisation. */
export function readConnection(tx: OrganisationTx): Promise<SsoConnectionRow | null> {
  return tx.db.ssoConnection.findUnique({ where: { organisationId: tx.organisationId } });
}

/** Saves a connection over the version it was read at; 0 makes it. False when somebody else saved first. */
export async function saveConnection(
  tx: OrganisationTx,
  id: string,
  version: number,
  values: SsoValues,
): Promise<boolean> {
  const { organisationId } = tx;
  const { domains, acceptedAmr, acceptedAcr, ...rest } = values;
  const lists = { domains: [...domains], acceptedAmr: [...acceptedAmr], acceptedAcr: [...acceptedAcr] };
  const fresh = { ...rest, ...lists, updatedById: tx.actor.userId, updatedAt: tx.now };
  if (version === 0) {
    const data = [{ id, organisationId, ...fresh, version: 1 }];
    return (await tx.db.ssoConnection.createMany({ data, skipDuplicates: true })).count === 1;
  }
  const { count } = await tx.db.ssoConnection.updateMany({
    where: { organisationId, version },
    data: { ...fresh, version: { increment: 1 } },
  });
  return count === 1;
}

/** Holds the domains of all organisations until the commit, so that of two who claim one only the first gets it. */
export async function holdDomains(tx: OrganisationTx): Promise<void> {
  await tx.db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('countervail-sso-domains', 0))`;
}

/** Those of some domains that another connection has. */
export async function domainsTaken(tx: IdentityTx, domains: readonly string[], butOf: string): Promise<string[]> {
  const rows = await tx.db.ssoConnection.findMany({
    where: { id: { not: butOf }, domains: { hasSome: [...domains] } },
    select: { domains: true },
  });
  const taken = new Set(rows.flatMap((row) => row.domains));
  return domains.filter((domain) => taken.has(domain));
}

/** The domains of the addresses of the organisation's people. */
export async function domainsOfPeople(tx: OrganisationTx): Promise<ReadonlySet<string>> {
  const rows = await tx.db.$queryRaw<{ domain: string }[]>`
    SELECT DISTINCT split_part(u.email, '@', 2) AS domain FROM app_user u
    JOIN membership m ON m.user_id = u.id WHERE m.organisation_id = ${tx.organisationId}::uuid AND u.email IS NOT NULL`;
  return new Set(rows.map(({ domain }) => domain));
}

/** Forgets who is who at a provider. @returns the ids of the rows that went */
export async function deleteIdentities(tx: OrganisationTx, connectionId: string): Promise<string[]> {
  const rows = await tx.db.ssoIdentity.findMany({ where: { connectionId }, select: { id: true } });
  await tx.db.ssoIdentity.deleteMany({ where: { connectionId } });
  return rows.map(({ id }) => id);
}

/** The account of a subject at a provider. */
export async function accountOfSubject(
  tx: IdentityTx,
  connectionId: string,
  subject: string,
): Promise<SsoCandidate | null> {
  const row = await tx.db.ssoIdentity.findUnique({
    where: { connectionId_subject: { connectionId, subject } },
    include: { user: { include: { memberships: true } } },
  });
  if (!row) return null;
  const { id: userId, disabledAt, memberships } = row.user;
  return { userId, organisationId: memberships[0]?.organisationId ?? null, disabled: disabledAt !== null };
}

/** Notes who somebody is at a provider. @returns the id of the row */
export async function insertIdentity(
  tx: IdentityTx,
  identity: { readonly connectionId: string; readonly subject: string; readonly userId: string },
): Promise<string> {
  const { id } = await tx.db.ssoIdentity.create({ data: { ...identity, createdAt: tx.now } });
  return id;
}

/** A way to a provider and back. */
export interface SsoFlowRow {
  readonly connectionId: string;
  readonly purpose: SsoPurpose;
  readonly fresh: boolean;
  readonly sessionId: string | null;
  readonly next: string;
  readonly begunAt: Date;
}

/** Keeps a way until somebody comes back on it or it is too old. Old ones of anybody are swept out. */
export async function storeFlow(
  tx: IdentityTx,
  flow: Omit<SsoFlowRow, "begunAt"> & { readonly stateHash: string; readonly expiresAt: Date },
): Promise<void> {
  await tx.db.ssoFlow.deleteMany({ where: { expiresAt: { lte: tx.now } } });
  await tx.db.ssoFlow.create({ data: { ...flow, begunAt: tx.now } });
}

/** Takes a way, once; null when there is none that is fresh. */
export async function takeFlow(tx: IdentityTx, connectionId: string, stateHash: string): Promise<SsoFlowRow | null> {
  const where = { stateHash, connectionId, expiresAt: { gt: tx.now } };
  const row = await tx.db.ssoFlow.findFirst({ where });
  if (!row || (await tx.db.ssoFlow.deleteMany({ where })).count !== 1) return null;
  return { ...row, purpose: row.purpose as SsoPurpose };
}
