import { makeEvent, SYSTEM_LOG } from "@/lib/auth/events";
import { asSystem, inIdentity } from "@/lib/auth/open";
import { hashPassword } from "@/lib/auth/password";
import { findAccount, storePassword } from "@/lib/data/credentials";
import { insertOrganisation } from "@/lib/data/organisations";
import { insertPerson } from "@/lib/data/people";
import { acceptInvitation } from "@/lib/services/account/accept-invitation";
import { invitePerson } from "@/lib/services/organisation/invite-person";
import { enrolApp } from "./enrol-app";
import { DEMO_CAST, DEMO_ORGANISATIONS, type DemoOrganisation } from "./people";
import type { Stage } from "./stage";

/** Day on which the companies and people of the demo come in. */
const DAY = -75;
/** Minutes after midnight. */
const MORNING = 480;

/** Brings the companies in with their admins, who then invite the other people; each of those accepts. */
export async function enterCast(stage: Stage, password: string): Promise<void> {
  for (const organisation of DEMO_ORGANISATIONS) {
    await enterOrganisation(stage, organisation, password);
    await inviteOthers(stage, organisation, password);
  }
}

/** The set-up page makes the first organisation only; this does the same for each, as the service itself. */
async function enterOrganisation(stage: Stage, { key, kind, name }: DemoOrganisation, password: string): Promise<void> {
  const admin = DEMO_CAST.find((person) => person.organisation === key && person.role === "admin");
  if (!admin) throw new Error(`${name} has no admin in the demo.`);
  const passwordHash = await hashPassword(password);
  const context = stage.alone(DAY, MORNING);
  await asSystem(context, "demo", async (tx) => {
    const { id: organisationId } = await insertOrganisation(tx, kind, name);
    const person = { email: admin.email, name: admin.name, organisationId, role: admin.role };
    const { userId, membershipId } = await insertPerson(tx, person);
    await storePassword(tx, userId, passwordHash);
    const detail = { organisationId, kind, adminId: userId };
    const body = { action: "organisation.created", requestId: context.requestId, detail } as const;
    const changes = [
      { table: "organisation", id: organisationId },
      { table: "app_user", id: userId },
      { table: "membership", id: membershipId },
    ];
    tx.record(makeEvent(SYSTEM_LOG, tx.now, { userId, organisationId }, body, changes));
    stage.found(key, organisationId);
    stage.enter(admin.key, userId);
  });
  await enrolApp(stage, admin.key, DAY, MORNING);
}

async function inviteOthers(stage: Stage, { key, name }: DemoOrganisation, password: string): Promise<void> {
  const people = DEMO_CAST.filter((person) => person.organisation === key);
  const admin = people.find((person) => person.role === "admin");
  if (!admin) throw new Error(`${name} has no admin in the demo.`);
  const context = await stage.steppedUp({ by: admin.key, day: DAY, minute: MORNING + 5 });
  const invited = [];
  for (const person of people) {
    if (person === admin) continue;
    const { email, role } = person;
    const { link } = await invitePerson(context, { email, name: person.name, role });
    invited.push({ person, token: link?.split("/").at(-1) ?? "" });
  }
  for (const { person, token } of invited) {
    const joining = stage.alone(DAY, MORNING + 15);
    await acceptInvitation(joining, { token, name: person.name, password });
    const account = await inIdentity(joining, (tx) => findAccount(tx, person.email));
    if (!account) throw new Error(`${person.name} has joined and has no account.`);
    stage.enter(person.key, account.userId);
    await enrolApp(stage, person.key, DAY, MORNING + 15);
  }
}
