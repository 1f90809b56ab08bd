import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { PUT } from "@/app/api/v1/worksheets/[worksheetId]/sections/[section]/route";
import { readWorkbook } from "@/lib/services/disposition/read-workbook";
import { readMembers } from "@/lib/services/engagement/manage-members";
import { listWorksheets } from "@/lib/services/worksheet/list-worksheets";
import { addRow, makeEngagement, openSheet } from "@/test/engagement";
import { doc, para } from "@/test/fixtures/narrative";
import { browserOf, serve } from "@/test/requests";
import { countStatements } from "@/test/statements";
import { World } from "@/test/world";

let world: World;
let engagementId = "";
let worksheetId = "";
beforeAll(async () => {
  world = await World.make();
  serve(world.database, () => world.now);
  engagementId = await makeEngagement(world);
  worksheetId = await openSheet(world, engagementId, "8.3.4");
});
afterAll(() => world.close());

it("saves a section with no more statements than its rules need", async () => {
  const browser = await browserOf(world, "lead");
  let version = 0;
  const save = async () => {
    const content = { narrative: doc(para(`Words ${version}.`)), items: { objectiveRef: "" } };
    const reply = await browser(PUT, {
      ...{ method: "PUT", params: { worksheetId, section: "objective" } },
      headers: { "idempotency-key": randomUUID() },
      body: { baseVersion: version, content },
    });
    expect(reply.status).toBe(200);
    version += 1;
  };
  // The first one makes the person an author, which later ones need not.
  await save();
  // Session: begin, stance, read, commit. Save: begin, stance, key, hold, worksheet, engagement, stance, write, states, event, commit.
  expect(await countStatements(save)).toBe(15);
});

it("reads lists of an engagement with as many statements, however many rows there are", async () => {
  const lead = await world.as("lead");
  const counts = async () => [
    await countStatements(() => readWorkbook(lead, engagementId)),
    await countStatements(() => listWorksheets(lead, engagementId)),
    await countStatements(() => readMembers(lead, engagementId)),
  ];
  await counts();
  const before = await counts();
  for (const number of ["8.3.6", "8.3.7", "8.3.9", "6.3.3"]) await openSheet(world, engagementId, number);
  for (const number of ["5.3.1", "5.3.2", "3.7.6"]) await addRow(world, engagementId, number);
  await counts();
  expect(await counts()).toEqual(before);
});
