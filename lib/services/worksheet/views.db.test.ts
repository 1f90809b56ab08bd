import { afterAll, beforeAll, expect, it } from "vitest";
import { readMatrix, readRisks } from "@/lib/services/controls/overviews";
import { readControl, readRegister } from "@/lib/services/controls/read-register";
import { shareControl } from "@/lib/services/controls/share-control";
import { getDiff } from "@/lib/services/review/get-diff";
import { getRevision } from "@/lib/services/review/get-revision";
import { listThreads } from "@/lib/services/review/list-threads";
import { makeMove } from "@/lib/services/review/make-move";
import { openThread } from "@/lib/services/review/open-thread";
import { addEvidence } from "@/lib/services/worksheet/add-evidence";
import { getWorksheet } from "@/lib/services/worksheet/get-worksheet";
import { listWorksheets } from "@/lib/services/worksheet/list-worksheets";
import { makeEngagement, openSheet, sign, write } from "@/test/engagement";
import { objectiveSaying, SAMPLE_SECTIONS } from "@/test/fixtures/sample-sections";
import { type Person, World } from "@/test/world";

let world: World;
let engagementId = "";
let id = "";
beforeAll(async () => {
  world = await World.make();
  await world.startSigner();
  engagementId = await makeEngagement(world);
  id = await openSheet(world, engagementId, "8.3.4");
});
afterAll(() => world.close());

/** Makes the contributor write words that can be looked for. */
const say = (words: string) => write(world, id, { ...SAMPLE_SECTIONS, objective: objectiveSaying(words) });
const move = async (by: Person, name: "submit" | "request_changes") =>
  makeMove(await world.as(by), id, { move: name, reason: "Say which users." });
const read = async (by: Person) => getWorksheet(await world.as(by), id);
const listed = async (by: Person) => (await listWorksheets(await world.as(by), engagementId)).items;

/** Everything that a person can read of the worksheet, as one text. */
async function allOf(by: Person): Promise<string> {
  const context = await world.as(by);
  const sheet = await getWorksheet(context, id);
  const revisions = await Promise.all(sheet.revisions.map(({ number }) => getRevision(context, id, number)));
  const list = await listWorksheets(context, engagementId);
  const threads = await listThreads(context, id);
  return JSON.stringify([sheet, revisions, list, threads]);
}

it("shows the draft to the entity's writers and reviewers and to nobody else", async () => {
  await say("first words");
  for (const person of ["lead", "contributor", "colleague", "reviewer"] as const) {
    expect(JSON.stringify(await read(person)), person).toContain("first words");
    expect(await listed(person)).toMatchObject([{ id, state: "draft", revision: 1 }]);
  }
  for (const person of ["qsa", "assistant", "observer"] as const) {
    await expect(read(person), person).rejects.toMatchObject({ code: "forbidden" });
    expect(await listed(person), person).toEqual([]);
  }
  for (const person of ["admin", "firmAdmin"] as const) {
    await expect(read(person), person).rejects.toMatchObject({ code: "forbidden" });
  }
  for (const person of ["stranger", "isa"] as const) {
    await expect(read(person), person).rejects.toMatchObject({ code: "not_found" });
  }
});

it("shows the assessor what was submitted, and not the draft that follows", async () => {
  const { digest } = await move("lead", "submit");
  expect(await read("qsa")).toMatchObject({ state: "qsa_review", revision: 1, digest, revisions: [{ digest }] });
  expect(await allOf("qsa")).toContain("first words");
  await expect(read("observer")).rejects.toMatchObject({ code: "forbidden" });

  await move("qsa", "request_changes");
  await say("unsubmitted words");
  const link = { title: "unsubmitted evidence", url: "https://evidence.example/", shows: "", itemId: null };
  const days = { collectedOn: "2026-11-20", validUntil: null };
  await addEvidence(await world.as("contributor"), id, { ...link, ...days, section: "objective" });
  const seen = await read("qsa");
  expect(seen).toMatchObject({ state: "changes_requested", sections: null, evidence: null, digest, blockers: [] });
  expect(seen.revisions.map(({ number }) => number)).toEqual([1]);
  expect(await allOf("qsa")).not.toContain("unsubmitted");
  expect(await allOf("lead")).toContain("unsubmitted words");
  const qsa = await world.as("qsa");
  await expect(getRevision(qsa, id, 2)).rejects.toMatchObject({ code: "not_found" });
  await expect(getDiff(qsa, id, { from: 1, to: "draft" })).rejects.toMatchObject({ code: "not_found" });
});

it("shows observers the signed revisions alone, without the talk about them", async () => {
  const shared = { section: null, itemId: null, visibility: "shared" } as const;
  await openThread(await world.as("qsa"), id, { ...shared, body: "Which users?" });
  await openThread(await world.as("lead"), id, { ...shared, visibility: "private", body: "Ask the platform team." });
  await move("lead", "submit");
  await expect(read("observer")).rejects.toMatchObject({ code: "forbidden" });
  await sign(world, id);
  const seen = await read("observer");
  expect(seen).toMatchObject({ state: "signed", revision: 2, validity: { status: "valid" }, openThreads: 0 });
  expect(seen.revisions.map(({ number }) => number)).toEqual([2]);
  expect(seen.sections?.objective?.content).toEqual(objectiveSaying("unsubmitted words"));
  expect(seen.transitions).toEqual([]);
  expect(await listed("observer")).toMatchObject([{ id, state: "signed", openThreads: 0 }]);
  const observer = await world.as("observer");
  await expect(getRevision(observer, id, 1)).rejects.toMatchObject({ code: "not_found" });
  await expect(listThreads(observer, id)).resolves.toMatchObject({ items: [] });
});

it("leaves them the signed revision while the next one is written", async () => {
  await makeMove(await world.steppedUp("lead"), id, { move: "reopen", reason: "" });
  await say("third words");
  for (const person of ["observer", "qsa"] as const) {
    const seen = await read(person);
    expect(seen, person).toMatchObject({ sections: null, revision: 3, validity: { status: "superseded" } });
    expect(seen.revisions.at(-1)?.number).toBe(2);
    expect(seen.digest).toBe(seen.revisions.at(-1)?.digest);
    expect(await allOf(person)).not.toContain("third words");
    expect(await allOf(person)).toContain("unsubmitted words");
  }
});

it("keeps one view of the other company in the trail for a quarter of an hour", async () => {
  const id = await openSheet(world, engagementId, "8.3.6");
  await write(world, id);
  await makeMove(await world.as("lead"), id, { move: "submit", reason: "" });
  const qsa = await world.as("qsa");
  const views = () => world.eventsOf(() => getWorksheet(qsa, id).then(() => getRevision(qsa, id, 1)));
  expect(await views()).toMatchObject([{ action: "revision.viewed", by: "qsa", chain: "entity", worksheetId: id }]);
  expect(await views()).toEqual([]);
  world.pass({ minutes: 15 });
  expect(await views()).toHaveLength(1);
  const lead = await world.as("lead");
  expect(await world.eventsOf(() => getWorksheet(lead, id))).toEqual([]);
});

it("tells of each overview in which the other company sees texts of a submitted worksheet", async () => {
  const overviews = await makeEngagement(world);
  const [draft, submitted] = [await openSheet(world, overviews, "8.3.9"), await openSheet(world, overviews, "8.3.6")];
  for (const sheet of [draft, submitted]) await write(world, sheet);
  const lead = await world.as("lead");
  const shared = await shareControl(lead, submitted, "c1");
  await makeMove(lead, submitted, { move: "submit", reason: "" });
  const controlId = shared.sharedControls[0]?.controlRecordId ?? "";
  const looks = async (by: Person) => {
    const context = await world.as(by);
    return [
      () => readRegister(context, overviews),
      () => readControl(context, controlId),
      () => readMatrix(context, overviews),
      () => readRisks(context, overviews),
    ];
  };
  const left = async (by: Person) => {
    const all: unknown[] = [];
    for (const look of await looks(by)) {
      const events = await world.eventsOf(look);
      all.push(events.map(({ action, worksheetId, detail }) => [action, worksheetId, detail.revision, detail.within]));
    }
    return all;
  };
  const viewed = (within?: string) => [["revision.viewed", submitted, 1, within]];
  expect(await left("qsa")).toEqual([viewed("register"), [], viewed("matrix"), viewed("risks")]);
  expect(await left("qsa")).toEqual([[], [], [], []]);
  expect(await left("lead")).toEqual([[], [], [], []]);
  // A part is not the whole; the whole is each of its parts.
  const qsa = await world.as("qsa");
  expect(await world.eventsOf(() => getWorksheet(qsa, submitted))).toHaveLength(1);
  world.pass({ minutes: 15 });
  expect(await world.eventsOf(() => getWorksheet(qsa, submitted))).toHaveLength(1);
  expect(await left("qsa")).toEqual([[], [], [], []]);
});
