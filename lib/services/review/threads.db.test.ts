import { afterAll, beforeAll, expect, it } from "vitest";
import type { OpenThreadInput } from "@/lib/contracts/review";
import { readWorkbook } from "@/lib/services/disposition/read-workbook";
import { addComment, setThreadState } from "@/lib/services/review/answer-thread";
import { listThreads } from "@/lib/services/review/list-threads";
import { makeMove } from "@/lib/services/review/make-move";
import { openThread } from "@/lib/services/review/open-thread";
import { readEngagementTrail, readOrganisationTrail } from "@/lib/services/trail/read-trail";
import { getWorksheet } from "@/lib/services/worksheet/get-worksheet";
import { listWorksheets } from "@/lib/services/worksheet/list-worksheets";
import { makeEngagement, openSheet, submitSheet } from "@/test/engagement";
import { nameOf, type Person, World } from "@/test/world";

let world: World;
let engagementId = "";
let id = "";
beforeAll(async () => {
  world = await World.make();
  engagementId = await makeEngagement(world);
  id = await submitSheet(world, engagementId, "8.3.4");
});
afterAll(() => world.close());

const SHARED = { section: "definition", itemId: "c1", visibility: "shared" } as const;
const PRIVATE = { section: null, itemId: null, visibility: "private" } as const;
const open = async (by: Person, body: string, anchor: Omit<OpenThreadInput, "body">) =>
  openThread(await world.as(by), id, { ...anchor, body });
const bodies = async (by: Person) =>
  (await listThreads(await world.as(by), id)).items.flatMap(({ comments }) => comments.map(({ body }) => body));
const reply = async (by: Person, thread: string) => addComment(await world.as(by), thread, `A reply of ${by}`);
const resolve = async (by: Person, thread: string, resolved = true) =>
  setThreadState(await world.as(by), thread, resolved);

it("lets both sides talk, and each side resolve what is its to resolve", async () => {
  const asked = await open("qsa", "Which users?", SHARED);
  expect(asked).toMatchObject({ ...SHARED, revision: 1, mayResolve: true, resolvedAt: null });
  await reply("contributor", asked.id);
  await reply("assistant", asked.id);
  const [seen] = (await listThreads(await world.as("lead"), id)).items;
  expect(seen?.comments.map(({ side, author }) => [side, author.name])).toEqual([
    ["assessor", nameOf("qsa")],
    ["entity", nameOf("contributor")],
    ["assessor", nameOf("assistant")],
  ]);
  expect(seen).toMatchObject({ mayComment: true, mayResolve: false });
  await expect(resolve("lead", asked.id)).rejects.toMatchObject({
    code: "forbidden",
    message: expect.stringContaining("The assessor opened this thread"),
  });
  await expect(resolve("contributor", asked.id)).rejects.toMatchObject({ code: "forbidden" });
  expect(await resolve("assistant", asked.id)).toMatchObject({ resolvedBy: { id: world.userId("assistant") } });
  expect(await resolve("qsa", asked.id, false)).toMatchObject({ resolvedBy: null, resolvedAt: null });

  const own = await open("contributor", "Is the sample enough?", SHARED);
  await expect(resolve("reviewer", own.id)).rejects.toMatchObject({ code: "forbidden" });
  await resolve("lead", own.id);
  await resolve("qsa", own.id, false);
  for (const person of ["observer", "admin"] as const) {
    await expect(open(person, "Me too.", SHARED)).rejects.toMatchObject({ code: "forbidden" });
    await expect(reply(person, own.id)).rejects.toMatchObject({ code: "forbidden" });
  }
  await expect(open("stranger", "Me too.", SHARED)).rejects.toMatchObject({ code: "not_found" });
  await expect(reply("stranger", own.id)).rejects.toMatchObject({ code: "not_found" });
});

it("keeps a private note within the company that wrote it, in lists, counts and the trail", async () => {
  const before = (await getWorksheet(await world.as("lead"), id)).openThreads;
  const left = await world.eventsOf(async () => {
    await open("qsa", "note of the firm", PRIVATE);
    await open("lead", "note of the entity", PRIVATE);
  });
  const about = { action: "thread.opened", worksheetId: null, detail: { worksheetId: id, engagementId } };
  expect(left).toMatchObject([
    { ...about, chain: "firm", by: "qsa" },
    { ...about, chain: "entity", by: "lead" },
  ]);
  const ours = (await listThreads(await world.as("assistant"), id)).items.at(-1);
  const theirs = (await listThreads(await world.as("contributor"), id)).items.at(-1);
  if (!ours || !theirs) throw new Error("A note is missing.");
  expect(await bodies("assistant")).toEqual(expect.arrayContaining(["note of the firm"]));
  expect(await bodies("assistant")).not.toContain("note of the entity");
  expect(await bodies("reviewer")).toEqual(expect.arrayContaining(["note of the entity"]));
  expect(await bodies("reviewer")).not.toContain("note of the firm");

  for (const person of ["lead", "qsa"] as const) {
    expect((await getWorksheet(await world.as(person), id)).openThreads).toBe(before + 1);
    expect((await listWorksheets(await world.as(person), engagementId)).items[0]?.openThreads).toBe(before + 1);
    expect((await readWorkbook(await world.as(person), engagementId)).items[0]?.worksheet?.openThreads).toBe(before);
  }
  for (const [person, thread] of [
    ["lead", ours.id],
    ["qsa", theirs.id],
  ] as const) {
    await expect(reply(person, thread)).rejects.toMatchObject({ code: "not_found" });
    await expect(resolve(person, thread)).rejects.toMatchObject({ code: "not_found" });
  }
  await reply("assistant", ours.id);
  await resolve("assistant", ours.id);

  const query = { limit: 200 };
  for (const person of ["lead", "qsa"] as const) {
    const trail = await readEngagementTrail(await world.as(person), engagementId, query);
    expect(trail.items.some(({ action }) => action === "thread.opened")).toBe(true);
    expect(JSON.stringify(trail)).not.toMatch(/"visibility":"private"/);
    expect(JSON.stringify(trail)).not.toContain(ours.id);
    expect(JSON.stringify(trail)).not.toContain(theirs.id);
  }
  const own = await readOrganisationTrail(await world.as("firmAdmin"), query);
  expect(own.items.map(({ action }) => action)).toEqual(
    expect.arrayContaining(["thread.opened", "comment.added", "thread.resolved"]),
  );
  expect(JSON.stringify(own)).not.toContain("note of the firm");
});

it("is closed to the assessor before a submission, and then about the newest submitted revision", async () => {
  const draft = await openSheet(world, engagementId, "8.3.6");
  const anchor = { section: null, itemId: null, visibility: "shared", body: "Already?" } as const;
  await expect(openThread(await world.as("qsa"), draft, anchor)).rejects.toMatchObject({ code: "forbidden" });
  expect(await openThread(await world.as("colleague"), draft, anchor)).toMatchObject({ revision: 1 });

  await makeMove(await world.as("qsa"), id, { move: "request_changes", reason: "Say which users." });
  expect(await open("contributor", "In the next revision.", SHARED)).toMatchObject({ revision: 2 });
  expect(await open("qsa", "On what I read.", SHARED)).toMatchObject({ revision: 1 });
});
