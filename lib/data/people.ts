import type { PersonDto } from "@/lib/contracts/people";
import type { PersonRef } from "@/lib/contracts/section";
import type { IdentityTx, OrganisationTx, ScopedTx, SystemTx } from "@/lib/db/kinds";
import type { OrganisationRole } from "@/lib/domain/access/roles";

/** Adds a person with their place in an organisation. @returns the new ids, which the event has to name */
export async function insertPerson(
  tx: IdentityTx | SystemTx,
  person: {
    readonly email: string;
    readonly name: string;
    readonly organisationId: string;
    readonly role: OrganisationRole;
  },
): Promise<{ userId: string; membershipId: string }> {
  const { organisationId, role, ...data } = person;
  const user = await tx.db.user.create({ data: { ...data, createdAt: tx.now } });
  const membership = await tx.db.membership.create({
    data: { userId: user.id, organisationId, role, createdAt: tx.now },
  });
  return { userId: user.id, membershipId: membership.id };
}

/** True when an account has this address. */
export async function emailTaken(tx: IdentityTx, email: string): Promise<boolean> {
  return (await tx.db.user.findUnique({ where: { email }, select: { id: true } })) !== null;
}

/** A person whose account is in use, with the organisation; null for others. */
export async function findActive(
  tx: IdentityTx,
  userId: string,
): Promise<{ readonly userId: string; readonly name: string; readonly organisationId: string } | null> {
  const row = await tx.db.membership.findFirst({
    where: { userId, user: { disabledAt: null } },
    select: { userId: true, organisationId: true, user: { select: { name: true } } },
  });
  return row && { userId: row.userId, organisationId: row.organisationId, name: row.user.name };
}

/** The people of the organisation, by name; service accounts are none. */
export async function listPeople(tx: OrganisationTx): Promise<PersonDto[]> {
  const rows = await tx.db.membership.findMany({
    where: { organisationId: tx.organisationId, user: { email: { not: null } } },
    include: { user: true },
    orderBy: [{ user: { name: "asc" } }, { userId: "asc" }],
  });
  return rows.map(({ user, role }) => ({
    id: user.id,
    name: user.name,
    email: user.email ?? "",
    role: role as OrganisationRole,
    disabled: user.disabledAt !== null,
  }));
}

/** Names of people by id, for showing who did what. Unknown ids are simply absent. */
export async function namesOf(
  tx: ScopedTx | OrganisationTx,
  ids: readonly (string | null)[],
): Promise<ReadonlyMap<string, PersonRef>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  const rows = await tx.db.user.findMany({ where: { id: { in: wanted } }, select: { id: true, name: true } });
  return new Map(rows.map((row) => [row.id, row]));
}

/** The name to show for an id that the names above were read for. */
export function personRef(names: ReadonlyMap<string, PersonRef>, id: string): PersonRef {
  return names.get(id) ?? { id, name: "Unknown person" };
}
