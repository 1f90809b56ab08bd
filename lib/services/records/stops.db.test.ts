import { afterAll, beforeAll, expect, it } from "vitest";
import { decideDisposition } from "@/lib/services/disposition/decide-disposition";
import { readWorkbook } from "@/lib/services/disposition/read-workbook";
import { openRecord } from "@/lib/services/records/open-record";
import { makeMove } from "@/lib/services/review/make-move";
import { applySheet } from "@/lib/services/sheets/apply-sheet";
import { addRow, makeEngagement } from "@/test/engagement";
import { whileHeld } from "@/test/held";
import { World } from "@/test/world";

let world: World;
let engagementId = "";
beforeAll(async () => {
  world = await World.make();
  engagementId = await makeEngagement(world);
});
afterAll(() => world.close());

it("no other choice is made past a record that somebody takes up again in the same moment", async () => {
  const lead = await world.as("lead");
  const rowId = await addRow(world, engagementId, "9.2.1.1");
  const law = { version: 1, disposition: "legal_exception", note: "Banking Act, section 4." } as const;
  const { version } = await decideDisposition(lead, rowId, law);
  const { id } = await openRecord(lead, rowId, { kind: "legal_exception" });
  await makeMove(lead, id, { move: "withdraw", reason: "The law changed." });
  const change = { version, disposition: "met", note: "It is in place by now." } as const;
  const made = await whileHeld(
    world,
    async (db) => {
      await db.$executeRaw`SELECT 1 FROM disposition WHERE id = ${rowId}::uuid FOR UPDATE`;
      await db.$executeRaw`UPDATE worksheet SET state = 'draft' WHERE id = ${id}::uuid`;
    },
    async ({ waiting }) => {
      const decided = Promise.allSettled([
        decideDisposition(lead, rowId, change),
        applySheet(lead, engagementId, { changes: [{ id: rowId, ...change }] }),
      ]);
      await waiting(2);
      return { decided };
    },
  );
  const blocked = { status: "rejected", reason: { code: "blocked" } };
  expect(await made.decided).toMatchObject([blocked, blocked]);
  const { items } = await readWorkbook(lead, engagementId);
  expect(items.find((row) => row.id === rowId)).toMatchObject({ disposition: "legal_exception", version });
});
