import type { OrganisationKind, OrganisationRef } from "@/lib/contracts/session";
import type { IdentityTx, OrganisationTx, ScopedTx, SystemTx } from "@/lib/db/kinds";

/** Turns a row into what others see of an organisation. */
export function organisationRef(row: { id: string; name: string; kind: string }): OrganisationRef {
  return { id: row.id, name: row.name, kind: row.kind as OrganisationKind };
}

/** True while nobody has set the service up. */
export async function noOrganisationYet(tx: IdentityTx | SystemTx): Promise<boolean> {
  return (await tx.db.organisation.findFirst({ select: { id: true } })) === null;
}

/** Takes the lock that makes setting up happen once. */
export async function holdSetUp(tx: SystemTx | IdentityTx): Promise<void> {
  await tx.db.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended('countervail-set-up', 0))::text`;
}

/** Adds an organisation. */
export async function insertOrganisation(
  tx: SystemTx | ScopedTx,
  kind: OrganisationKind,
  name: string,
): Promise<OrganisationRef> {
  return organisationRef(await tx.db.organisation.create({ data: { kind, name, createdAt: tx.now } }));
}

/** One organisation by id, or null. */
export async function findOrganisation(
  tx: IdentityTx | OrganisationTx | ScopedTx,
  id: string,
): Promise<OrganisationRef | null> {
  const row = await tx.db.organisation.findUnique({ where: { id } });
  return row && organisationRef(row);
}

/** The organisation of that id and name, while nobody has joined it; null otherwise. */
export async function findEmptyOrganisation(tx: ScopedTx, id: string, name: string): Promise<OrganisationRef | null> {
  const row = await tx.db.organisation.findFirst({ where: { id, name, memberships: { none: {} } } });
  return row && organisationRef(row);
}

/** The assessor companies that this instance knows, by name. */
export async function listAssessors(tx: OrganisationTx): Promise<OrganisationRef[]> {
  const rows = await tx.db.organisation.findMany({ where: { kind: "assessor" }, orderBy: { name: "asc" } });
  return rows.map(organisationRef);
}
