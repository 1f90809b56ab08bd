import { afterAll, beforeAll, expect, it } from "vitest";
import { getDiff } from "@/lib/services/review/get-diff";
import { makeMove } from "@/lib/services/review/make-move";
import { answerWarning } from "@/lib/services/rigour/answer-warning";
import { getRigourReport } from "@/lib/services/rigour/get-report";
import { makeEngagement, openSheet, write } from "@/test/engagement";
import { SAMPLE_SECTIONS } from "@/test/fixtures/sample-sections";
import { World } from "@/test/world";

let world: World;
let engagementId = "";
beforeAll(async () => {
  world = await World.make();
  engagementId = await makeEngagement(world);
});
afterAll(() => world.close());

const { definition } = SAMPLE_SECTIONS;
const detectOnly = {
  ...SAMPLE_SECTIONS,
  definition: {
    ...definition,
    items: { controls: definition.items.controls.map((one) => ({ ...one, nature: "detective" as const })) },
  },
};

it("keeps what the rules said at the submission, whatever is written and asked later", async () => {
  const id = await openSheet(world, engagementId, "8.3.4");
  await write(world, id, detectOnly);
  const report = async (by: "contributor" | "qsa", number?: number) => getRigourReport(await world.as(by), id, number);
  const draft = await report("contributor");
  expect(draft).toMatchObject({ revision: null, recorded: true });
  const warning = draft.rules.find(({ rule }) => rule === "L18")?.findings[0];
  expect(warning).toMatchObject({ severity: "warning", reason: null });
  await expect(report("qsa")).rejects.toMatchObject({ code: "forbidden" });

  const reason = "The requirement is met by noticing.";
  await answerWarning(await world.as("contributor"), id, { key: warning?.key ?? "", reason });
  await makeMove(await world.as("lead"), id, { move: "submit", reason: "" });
  const read = await report("qsa");
  expect(read).toMatchObject({ revision: 1, recorded: true });
  expect(read.rules).toHaveLength(25);
  expect(read.rules.find(({ rule }) => rule === "L18")?.findings).toMatchObject([{ reason }]);
  expect(read.gate?.map(({ text }) => text)).toContain("No");

  await makeMove(await world.as("qsa"), id, { move: "request_changes", reason: "One control has to prevent." });
  await write(world, id, SAMPLE_SECTIONS);
  await makeMove(await world.as("lead"), id, { move: "submit", reason: "" });
  expect((await report("qsa", 1)).rules).toEqual(read.rules);
  expect((await report("qsa", 2)).rules.find(({ rule }) => rule === "L18")?.kind).toBe("met");
  const { reasons, gate } = await getDiff(await world.as("qsa"), id, { from: 1, to: 2 });
  expect(reasons).toMatchObject([{ kind: "removed", item: { rule: "L18", reason } }]);
  expect(gate).toEqual([]);
});

it("is not there for strangers, and leaves an event when the other company sees it", async () => {
  const id = await openSheet(world, engagementId, "8.3.9");
  await write(world, id);
  await makeMove(await world.as("lead"), id, { move: "submit", reason: "" });
  await expect(getRigourReport(await world.as("stranger"), id, 1)).rejects.toMatchObject({ code: "not_found" });
  const qsa = await world.as("qsa");
  const events = await world.eventsOf(() => getRigourReport(qsa, id, 1));
  expect(events).toMatchObject([{ action: "revision.viewed", worksheetId: id, by: "qsa" }]);
  expect(await world.eventsOf(() => getRigourReport(qsa, id, 1))).toEqual([]);
});
