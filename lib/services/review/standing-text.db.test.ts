import { afterAll, beforeAll, expect, it } from "vitest";
import { copyForRoc } from "@/lib/services/export/copy-for-roc";
import { makeMove } from "@/lib/services/review/make-move";
import { getWorksheet } from "@/lib/services/worksheet/get-worksheet";
import { makeEngagement, openSheet, sign, write } from "@/test/engagement";
import { objectiveSaying, SAMPLE_SECTIONS } from "@/test/fixtures/sample-sections";
import { type Person, World } from "@/test/world";

let world: World;
let engagementId = "";
beforeAll(async () => {
  world = await World.make();
  await world.startSigner();
  engagementId = await makeEngagement(world);
});
afterAll(() => world.close());

const objective = (words: string) => ({
  ...SAMPLE_SECTIONS,
  objective: objectiveSaying(words),
});
const digestFor = async (by: Person, id: string) => (await getWorksheet(await world.as(by), id)).digest;

it("asks for changes only to the text that was read", async () => {
  const id = await openSheet(world, engagementId, "8.3.4");
  await write(world, id, objective("first words"));
  await makeMove(await world.as("lead"), id, { move: "submit", reason: "" });
  const read = await digestFor("qsa", id);
  await makeMove(await world.as("lead"), id, { move: "withdraw", reason: "One more look." });
  await makeMove(await world.steppedUp("lead"), id, { move: "reopen", reason: "" });
  await write(world, id, objective("second words"));
  await makeMove(await world.as("lead"), id, { move: "submit", reason: "" });

  const ask = async (digest: string) =>
    makeMove(await world.as("qsa"), id, { move: "request_changes", reason: "Name the tool.", digest });
  await expect(ask(read)).rejects.toMatchObject({ code: "digest_differs" });
  expect((await getWorksheet(await world.as("qsa"), id)).state).toBe("qsa_review");
  expect((await ask(await digestFor("qsa", id))).state).toBe("changes_requested");
});

it("copies the revision that was asked for, and says whether its signature stands", async () => {
  const id = await openSheet(world, engagementId, "8.3.6");
  await write(world, id, objective("signed words"));
  await makeMove(await world.as("lead"), id, { move: "submit", reason: "" });
  await sign(world, id);
  await makeMove(await world.steppedUp("lead"), id, { move: "reopen", reason: "" });
  await write(world, id, objective("words of the next revision"));

  const copy = async (by: Person, revision?: number) => copyForRoc(await world.as(by), id, revision);
  const signed = await copy("lead", 1);
  expect(signed).toMatchObject({ revision: 1, signed: true });
  expect(signed.text).toContain("signed words");
  const draft = await copy("lead");
  expect(draft).toMatchObject({ revision: 2, signed: false });
  expect(draft.html).toContain("words of the next revision");
  expect(await copy("observer")).toMatchObject({ revision: 1, signed: true });
  await expect(copy("qsa", 2)).rejects.toMatchObject({ code: "not_found" });
});

it("tells an assistant whose a decision is, and somebody who looks for none nothing", async () => {
  const id = await openSheet(world, engagementId, "8.3.7");
  await write(world, id, objective("words"));
  await makeMove(await world.as("lead"), id, { move: "submit", reason: "" });
  const held = async (by: Person) => (await getWorksheet(await world.as(by), id)).permissions.held;
  const reason = "Only the QSA lead may do this.";
  expect(await held("assistant")).toEqual([
    { move: "sign", reason },
    { move: "refuse", reason },
  ]);
  expect(await held("qsa")).toEqual([]);
  expect(await held("lead")).toEqual([]);
});
