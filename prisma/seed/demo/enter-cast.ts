import { makeEvent, organisationLog, SYSTEM_LOG } from "@/lib/auth/events";
import { asSystem } from "@/lib/auth/open";
import { hashPassword } from "@/lib/auth/password";
import { storePassword } from "@/lib/data/credentials";
import { insertOrganisation } from "@/lib/data/organisations";
import { insertPerson } from "@/lib/data/people";
import { DEMO_CAST, DEMO_ORGANISATIONS } from "./people";
import type { Stage } from "./stage";

/** Day on which the companies and people of the demo come in. */
const DAY = -75;

/** Brings the companies and people of the demo in, each with an event, as the set-up page and invitations do. */
export async function enterCast(stage: Stage, password: string): Promise<void> {
  for (const { key, kind, name } of DEMO_ORGANISATIONS) {
    const context = stage.alone(DAY, 480);
    const id = await asSystem(context, "demo", async (tx) => {
      const organisation = await insertOrganisation(tx, kind, name);
      const body = {
        action: "organisation.created",
        requestId: context.requestId,
        detail: { organisationId: organisation.id, kind },
      };
      tx.record(makeEvent(SYSTEM_LOG, tx.now, null, body, [{ table: "organisation", id: organisation.id }]));
      return organisation.id;
    });
    stage.found(key, id);
  }
  for (const person of DEMO_CAST) {
    const context = stage.alone(DAY, 495);
    const passwordHash = await hashPassword(password);
    const organisationId = stage.organisationId(person.organisation);
    const { email, name, role } = person;
    const userId = await asSystem(context, "demo", async (tx) => {
      const ids = await insertPerson(tx, { email, name, organisationId, role });
      await storePassword(tx, ids.userId, passwordHash);
      const body = { action: "person.joined", requestId: context.requestId, detail: { personId: ids.userId, role } };
      const changes = [
        { table: "app_user", id: ids.userId },
        { table: "membership", id: ids.membershipId },
      ];
      tx.record(
        makeEvent(organisationLog(organisationId), tx.now, { userId: ids.userId, organisationId }, body, changes),
      );
      return ids.userId;
    });
    stage.enter(person.key, userId);
  }
}
