import { randomUUID } from "node:crypto";
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
export async function insertOrganisation(tx: SystemTx, kind: OrganisationKind, name: string): Promise<OrganisationRef> {
  return organisationRef(await tx.db.organisation.create({ data: { kind, name, createdAt: tx.now } }));
}

/** One organisation by id, or null. */
export async function findOrganisation(tx: OrganisationTx, id: string): Promise<OrganisationRef | null> {
  const row = await tx.db.organisation.findUnique({ where: { id } });
  return row && organisationRef(row);
}

/**
 * Names the one assessor company that the transaction is about to invite, which row-level security shows from then on:
 * it is no side of the engagement yet.
 */
async function nameInvited(tx: ScopedTx, id: string): Promise<void> {
  await tx.db.$queryRaw`SELECT set_config('countervail.invited_id', ${id}, true)`;
}

/** An assessor company that is to be invited, or null. */
export async function findAssessorCompany(tx: ScopedTx, id: string): Promise<OrganisationRef | null> {
  await nameInvited(tx, id);
  const row = await tx.db.organisation.findFirst({ where: { id, kind: "assessor" } });
  return row && organisationRef(row);
}

/** The assessor company of that id and name that is to be invited, while nobody has joined it; null otherwise. */
export async function findEmptyAssessorCompany(
  tx: ScopedTx,
  id: string,
  name: string,
): Promise<OrganisationRef | null> {
  await nameInvited(tx, id);
  const row = await tx.db.organisation.findFirst({ where: { id, name, memberships: { none: {} } } });
  return row && organisationRef(row);
}

/** Adds an assessor company that is to be invited. */
export async function insertAssessorCompany(tx: ScopedTx, name: string): Promise<OrganisationRef> {
  const id = randomUUID();
  await nameInvited(tx, id);
  return organisationRef(await tx.db.organisation.create({ data: { id, kind: "assessor", name, createdAt: tx.now } }));
}

/** The assessor companies that this instance knows, by name. */
export async function listAssessors(tx: OrganisationTx): Promise<OrganisationRef[]> {
  const rows = await tx.db.organisation.findMany({ where: { kind: "assessor" }, orderBy: { name: "asc" } });
  return rows.map(organisationRef);
}
