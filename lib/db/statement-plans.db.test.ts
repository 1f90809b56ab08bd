import { afterAll, beforeAll, expect, it } from "vitest";
import { createClient } from "@/lib/db/client";
import { losesStatements, sqlState } from "@/lib/db/errors";
import type { PrismaClient } from "@/lib/db/generated/client";
import { type Stance, takeStance } from "@/lib/db/stance";
import { makeEngagement } from "@/test/engagement";
import { World } from "@/test/world";

let world: World;
let engagementId = "";
/** One connection, so that each statement meets the plans that others have left there. */
let single: PrismaClient;
beforeAll(async () => {
  world = await World.make();
  engagementId = await makeEngagement(world);
  single = createClient(world.stored.appUrl, 1);
});
afterAll(async () => {
  await single.$disconnect();
  await world.close();
});

function engagementsSeenBy(stance: Stance): Promise<string[]> {
  return single.$transaction(async (db) => {
    await takeStance(db, stance);
    const rows = await db.$queryRaw<{ id: string }[]>`SELECT id FROM engagement`;
    return rows.map(({ id }) => id);
  });
}

const organisation = (company: "entity" | "elsewhere"): Stance => ({
  kind: "organisation",
  organisationId: world.organisationId(company),
});

it("sees by a kept plan what the stance of this transaction may see, and nothing of the one before", async () => {
  // PostgreSQL goes over to a plan for all values after the fifth time.
  for (let round = 0; round < 8; round += 1) {
    expect(await engagementsSeenBy(organisation("entity"))).toEqual([engagementId]);
    expect(await engagementsSeenBy(organisation("elsewhere"))).toEqual([]);
    expect(await engagementsSeenBy({ ...organisation("entity"), kind: "scoped" })).toEqual([]);
    expect(await engagementsSeenBy({ ...organisation("entity"), kind: "scoped", engagementId })).toEqual([
      engagementId,
    ]);
    await expect(engagementsSeenBy({ kind: "public" })).rejects.toThrow(/permission denied/);
  }
  const [kept] = await single.$queryRaw<{ plans: bigint }[]>`
    SELECT count(*) AS plans FROM pg_prepared_statements WHERE statement = 'SELECT id FROM engagement'`;
  expect(kept?.plans).toBe(1n);
});

it("knows the failure of a connection that has lost its statements, as behind a pooler without their names", async () => {
  const ask = () => single.$queryRaw`SELECT 'by name' AS how`;
  for (let round = 0; round < 3; round += 1) await ask();
  await single.$executeRawUnsafe("DEALLOCATE ALL");
  const failed = await ask().then(
    () => null,
    (error: unknown) => error,
  );
  expect([sqlState(failed), losesStatements(failed)]).toEqual(["26000", true]);
});
