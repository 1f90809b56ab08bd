import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { saveSectionInput } from "@/lib/contracts/section";
import { CRITERION_IDS } from "@/lib/domain/worksheet/criteria";
import type { SectionContent } from "@/lib/domain/worksheet/model";
import { SECTION_KEYS } from "@/lib/domain/worksheet/sections";
import { readWorkbook } from "@/lib/services/disposition/read-workbook";
import { makeMove } from "@/lib/services/review/make-move";
import { getWorksheet } from "@/lib/services/worksheet/get-worksheet";
import { openWorksheet } from "@/lib/services/worksheet/open-worksheet";
import { saveSection } from "@/lib/services/worksheet/save-section";
import { setAssignees } from "@/lib/services/worksheet/set-assignees";
import { addRow, makeEngagement, openSheet, write } from "@/test/engagement";
import { OPENING } from "@/test/fixtures/gate-answers";
import { doc, para } from "@/test/fixtures/narrative";
import { SAMPLE_SECTIONS } from "@/test/fixtures/sample-sections";
import { World } from "@/test/world";

let world: World;
let engagementId = "";
beforeAll(async () => {
  world = await World.make();
  engagementId = await makeEngagement(world);
});
afterAll(() => world.close());

const objective = (words: string): SectionContent<"objective"> => ({
  narrative: doc(para(words)),
  items: { objectiveRef: "" },
});

describe("opening a worksheet", () => {
  it("makes six empty sections and the answer of the row, once", async () => {
    const row = await addRow(world, engagementId, "8.3.4");
    const sheet = await openWorksheet(await world.as("lead"), row, OPENING);
    expect(sheet).toMatchObject({ state: "draft", revision: 1, dispositionId: row, legacy: false, warning: null });
    expect(SECTION_KEYS.map((key) => sheet.sections?.[key]?.version)).toEqual([0, 0, 0, 0, 0, 0]);
    const unfilled = sheet.blockers.filter(({ rule }) => rule === "L02");
    expect(unfilled.map(({ section }) => section)).toEqual(SECTION_KEYS);
    const unanswered = sheet.blockers.filter(({ section }) => section === "criteria");
    expect(unanswered.map(({ itemId }) => itemId)).toEqual(CRITERION_IDS);
    const { items } = await readWorkbook(await world.as("qsa"), engagementId);
    expect(items).toMatchObject([{ disposition: "compensating_control", worksheet: { id: sheet.id }, turn: "entity" }]);
    await expect(openWorksheet(await world.as("lead"), row, OPENING)).rejects.toMatchObject({
      code: "already_exists",
      extras: { current: { id: sheet.id, state: "draft" } },
    });
  });

  it("opens one of two asked for at once", async () => {
    const row = await addRow(world, engagementId, "8.3.6");
    const lead = await world.as("lead");
    const both = await Promise.allSettled([openWorksheet(lead, row, OPENING), openWorksheet(lead, row, OPENING)]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(both.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "already_exists" } });
  });

  it("asks for the leaf of a grouping, and refuses what no control may stand in for", async () => {
    const grouping = await addRow(world, engagementId, "10.3");
    const refusal = await openWorksheet(await world.as("lead"), grouping, OPENING).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: "blocked" });
    const leaves = (refusal as { extras: { blockers: { message: string }[] } }).extras.blockers;
    expect(leaves.map(({ message }) => message.split(" ")[0])).toEqual(["10.3.1", "10.3.2", "10.3.3", "10.3.4"]);
    const sensitive = await addRow(world, engagementId, "3.3.1");
    await expect(openWorksheet(await world.as("lead"), sensitive, OPENING)).rejects.toMatchObject({ code: "blocked" });
    await expect(addRow(world, engagementId, "99.9")).rejects.toMatchObject({ code: "invalid" });
  });

  it("lets the article's own groupings stay in a legacy engagement, with a warning", async () => {
    const legacy = await makeEngagement(world, { standardVersion: "3.2.1", assessor: false });
    const sheet = await openWorksheet(await world.as("lead"), await addRow(world, legacy, "10.5"), OPENING);
    expect(sheet.legacy).toBe(true);
    expect(sheet.warning).toMatch(/^L01: /);
    const other = await addRow(world, legacy, "10.6");
    await expect(openWorksheet(await world.as("lead"), other, OPENING)).rejects.toMatchObject({ code: "blocked" });
    const leaf = await openWorksheet(await world.as("lead"), await addRow(world, legacy, "8.1.6"), OPENING);
    expect(leaf.warning).toBeNull();
  });

  it("is the lead's, and a contributor's on a row of their own", async () => {
    const row = await addRow(world, engagementId, "8.2.1");
    await expect(openWorksheet(await world.as("contributor"), row, OPENING)).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(openWorksheet(await world.as("qsa"), row, OPENING)).rejects.toMatchObject({ code: "forbidden" });
    await expect(openWorksheet(await world.as("stranger"), row, OPENING)).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("writing", () => {
  it("counts each section's versions by itself and gives a late save what is stored", async () => {
    const id = await openSheet(world, engagementId, "8.3.9");
    const contributor = await world.as("contributor");
    const lead = await world.as("lead");
    const [first, other] = await Promise.all([
      saveSection(contributor, id, "objective", { baseVersion: 0, content: objective("Nobody guesses.") }),
      saveSection(lead, id, "constraints", { baseVersion: 0, content: SAMPLE_SECTIONS.constraints }),
    ]);
    expect([first.version, other.version]).toEqual([1, 1]);
    const next = { baseVersion: 1, content: objective("Nobody guesses twice.") };
    expect((await saveSection(lead, id, "objective", next)).version).toBe(2);
    await expect(
      saveSection(contributor, id, "objective", { ...next, content: objective("Mine.") }),
    ).rejects.toMatchObject({
      code: "stale",
      extras: { current: { version: 2, content: next.content, updatedBy: { id: world.userId("lead") } } },
    });
    const stored = await getWorksheet(lead, id);
    expect(stored.sections?.objective).toMatchObject({ version: 2, content: next.content });
    expect(stored.sections?.constraints).toMatchObject({ version: 1, content: SAMPLE_SECTIONS.constraints });
  });

  it("loses none of the saves that arrive at once", async () => {
    const id = await openSheet(world, engagementId, "8.3.10.1");
    const contributor = await world.as("contributor");
    const saves = await Promise.allSettled(
      [1, 2, 3, 4, 5].map((n) =>
        saveSection(contributor, id, "objective", { baseVersion: 0, content: objective(`Version ${n}`) }),
      ),
    );
    const won = saves.filter(({ status }) => status === "fulfilled");
    expect(won).toHaveLength(1);
    expect(won).toMatchObject([{ value: (await getWorksheet(contributor, id)).sections?.objective }]);
  });

  it("is possible only for those it was given to, and never once it is frozen", async () => {
    const id = await openSheet(world, engagementId, "8.6.2");
    const change = { baseVersion: 0, content: objective("Theirs.") };
    await expect(saveSection(await world.as("colleague"), id, "objective", change)).rejects.toMatchObject({
      code: "forbidden",
    });
    const reply = await setAssignees(await world.as("lead"), id, [world.userId("colleague")]);
    expect(reply.assignees.map((one) => one.id)).toEqual([world.userId("colleague")]);
    await expect(saveSection(await world.as("contributor"), id, "objective", change)).rejects.toMatchObject({
      code: "forbidden",
    });
    expect((await saveSection(await world.as("colleague"), id, "objective", change)).version).toBe(1);
    await expect(setAssignees(await world.as("lead"), id, [world.userId("reviewer")])).rejects.toMatchObject({
      code: "invalid",
      extras: { errors: [{ path: "userIds" }] },
    });
    await expect(setAssignees(await world.as("colleague"), id, [])).rejects.toMatchObject({ code: "forbidden" });
    await setAssignees(await world.as("lead"), id, [world.userId("contributor")]);
    await write(world, id);
    await makeMove(await world.as("lead"), id, { move: "submit", reason: "" });
    const late = { baseVersion: 2, content: objective("Too late.") };
    await expect(saveSection(await world.as("contributor"), id, "objective", late)).rejects.toMatchObject({
      code: "wrong_state",
    });
  });

  it("refuses at the border what the database would change", () => {
    const input = (words: string) => ({ baseVersion: 0, content: objective(words) });
    const schema = saveSectionInput("objective");
    expect(schema.safeParse(input("Łódź, Ελλάδα, Київ → “quotes” 🔑")).success).toBe(true);
    for (const words of ["nul \u0000 inside", "half \ud83d of a key", "\udd11 the other half"]) {
      const refused = schema.safeParse(input(words));
      expect(refused.error?.issues.map(({ path }) => path.join("."))).toEqual([
        "content.narrative.content.0.content.0.text",
      ]);
    }
  });
});

it("reads the same whenever it is read, until something is written", async () => {
  const sheet = await openSheet(world, engagementId, "8.3.7");
  const read = async () => getWorksheet(await world.as("lead"), sheet);
  const before = await read();
  world.pass({ seconds: 5 });
  expect(await read()).toEqual(before);
});
