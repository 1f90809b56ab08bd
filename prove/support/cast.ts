import { randomUUID } from "node:crypto";
import type pg from "pg";
import { hashPassword } from "@/lib/auth/password";
import type { EngagementRole, OrganisationRole } from "@/lib/domain/access/roles";
import type { App } from "./app";
import { type Client, signIn } from "./client";
import { unguarded } from "./sql";

/** Every person of a proof signs in with this. */
export const PASSWORD = "a password for proofs alone";

/** A person who was put into the database. */
export interface Person {
  readonly userId: string;
  readonly organisationId: string;
  readonly name: string;
  readonly email: string;
}

let passwordHash: Promise<string> | undefined;

/** Puts an organisation down. @returns its id */
export async function addOrganisation(sql: pg.Client, kind: "entity" | "assessor", name: string): Promise<string> {
  const id = randomUUID();
  await unguarded(sql, () =>
    sql.query("INSERT INTO organisation (id, kind, name) VALUES ($1, $2, $3)", [id, kind, name]),
  );
  return id;
}

/** Puts a person with the common password into an organisation. The address is made unlike any other. */
export async function addPerson(
  sql: pg.Client,
  organisationId: string,
  role: OrganisationRole,
  name: string,
): Promise<Person> {
  passwordHash ??= hashPassword(PASSWORD);
  const hash = await passwordHash;
  const userId = randomUUID();
  const email = `${userId}@proof.example`;
  await unguarded(sql, async () => {
    await sql.query("INSERT INTO app_user (id, email, name) VALUES ($1, $2, $3)", [userId, email, name]);
    await sql.query("INSERT INTO credential (user_id, password_hash) VALUES ($1, $2)", [userId, hash]);
    await sql.query("INSERT INTO membership (id, organisation_id, user_id, role) VALUES ($1, $2, $3, $4)", [
      randomUUID(),
      organisationId,
      userId,
      role,
    ]);
  });
  return { userId, organisationId, name, email };
}

/** Gives a person a role in an engagement. */
export async function addMember(
  sql: pg.Client,
  engagement: { readonly id: string; readonly organisationId: string },
  person: Person,
  role: EngagementRole,
): Promise<void> {
  await unguarded(sql, () =>
    sql.query(
      "INSERT INTO engagement_member (id, engagement_id, organisation_id, user_id, role) VALUES ($1, $2, $3, $4, $5)",
      [randomUUID(), engagement.id, engagement.organisationId, person.userId, role],
    ),
  );
}

/** Signs a person of the cast in. */
export function enter(app: App, person: Person): Promise<Client> {
  return signIn(app, person.email, PASSWORD);
}
