import { startTemporaryServer } from "@/lib/db/embedded/temporary";
import { Instances, type SessionCase } from "@/test/session-cases/instances";
import { World } from "@/test/world";
import type { Findings } from "../support/findings";

/** Plays cases on a PostgreSQL of their own. Each of them is a test as well (lib/auth/session.db.test.ts). */
export async function playCases(cases: readonly SessionCase[], findings: Findings): Promise<void> {
  const temporary = await startTemporaryServer();
  try {
    const addresses = await temporary.makeMigrated("sessions");
    const adminUrl = temporary.server.adminUrl("sessions");
    const world = await World.make(undefined, { stored: { ...addresses, adminUrl, drop: async () => undefined } });
    const app = new Instances(world);
    for (const [what, play] of cases) {
      // Whatever a case before left has ended by then.
      world.pass({ hours: 9 });
      await play(app).catch((error: unknown) => findings.add(`${what}: ${String(error)}`));
    }
    await app.close();
    await world.close();
  } finally {
    await temporary.remove();
  }
}
