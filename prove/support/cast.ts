import { randomUUID } from "node:crypto";
import type pg from "pg";
import { hashPassword } from "@/lib/auth/password";
import type { EngagementRole, OrganisationRole } from "@/lib/domain/access/roles";
import type { SessionStage } from "@/lib/domain/security/session-life";
import { putSession } from "@/test/app-database";
import type { App } from "./app";
import { Client } from "./client";
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

/** A session that was put down, with somebody's browser in it. */
export interface PutSession {
  readonly sessionId: string;
  readonly client: Client;
}

/**
 * Puts a session down as if the person had just signed in, which costs no password.
 * @param stage how far the sign-in has come; to its end unless said otherwise
 */
export async function addSession(
  sql: pg.Client,
  app: App,
  person: Pick<Person, "userId">,
  stage: SessionStage = "full",
): Promise<PutSession> {
  const { sessionId, cookie } = await putSession(sql, app.url, person.userId, stage);
  return { sessionId, client: new Client(app, `${cookie.name}=${cookie.value}`) };
}

/** Marks a session as one in which the password has just been entered again. */
export async function stepUp(sql: pg.Client, { sessionId }: PutSession): Promise<void> {
  await sql.query("UPDATE session SET step_up_at = now() WHERE id = $1", [sessionId]);
}

/** An engagement on 4.0.1 to be put down. */
export interface NewEngagement {
  readonly organisationId: string;
  readonly assessorOrganisationId: string | null;
  readonly accepted: boolean;
  readonly name: string;
}

/** Puts an engagement down without members. @returns its id */
export async function addEngagement(sql: pg.Client, engagement: NewEngagement): Promise<string> {
  const id = randomUUID();
  const { organisationId, assessorOrganisationId, accepted, name } = engagement;
  await unguarded(sql, () =>
    sql.query(
      `INSERT INTO engagement (id, organisation_id, assessor_organisation_id, assessor_accepted_at, name,
         standard_version, assessment_type, period_start, period_end, due_on, catalogue_version)
       SELECT $1, $2, $3, CASE WHEN $4 THEN now() END, $5, '4.0.1', 'ROC', '2026-01-01', '2026-12-31', '2027-01-31', id
       FROM catalogue_version ORDER BY loaded_at DESC LIMIT 1`,
      [id, organisationId, assessorOrganisationId, accepted, name],
    ),
  );
  return id;
}
