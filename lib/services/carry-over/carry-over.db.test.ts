import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CarryOverInput } from "@/lib/contracts/carry-over";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import { SECTION_KEYS } from "@/lib/domain/worksheet/sections";
import { carryOverWorksheet } from "@/lib/services/carry-over/carry-over-worksheet";
import { getLegacyReading } from "@/lib/services/carry-over/get-legacy-reading";
import { listCarrySources } from "@/lib/services/carry-over/list-carry-sources";
import { readWorkbook } from "@/lib/services/disposition/read-workbook";
import { createEngagement } from "@/lib/services/engagement/create-engagement";
import { addMember, removeMember } from "@/lib/services/engagement/manage-members";
import { makeMove } from "@/lib/services/review/make-move";
import { getWorksheet } from "@/lib/services/worksheet/get-worksheet";
import { saveSection } from "@/lib/services/worksheet/save-section";
import { makeEngagement, openSheet, submitSheet, write } from "@/test/engagement";
import { LET_THROUGH } from "@/test/fixtures/gate-answers";
import { sampleSectionsOn } from "@/test/fixtures/sample-sections";
import { type Person, World } from "@/test/world";

let world: World;
let before = "";
let now = "";
let submitted = "";
beforeAll(async () => {
  world = await World.make();
  before = await makeEngagement(world, { standardVersion: "3.2.1" });
  now = await makeEngagement(world);
  submitted = await submitSheet(world, before, "8.1.6");
});
afterAll(() => world.close());

const carry = async (worksheetId: string, requirementNumber: string, more: Partial<CarryOverInput> = {}) =>
  carryOverWorksheet(await world.as("lead"), now, {
    worksheetId,
    requirementNumber,
    eligibility: LET_THROUGH,
    ...more,
  });
const sources = async (engagementId: string, number?: string, by: Person = "lead") =>
  (await listCarrySources(await world.as(by), engagementId, number)).items;
const read = async (id: string, by: Person = "lead") => getWorksheet(await world.as(by), id);
const rowFor = async (number: string) =>
  (await readWorkbook(await world.as("lead"), now)).items.find((row) => row.requirementNumber === number);
/** What people wrote. Items get ids of their own wherever they come to, so ids are no part of it. */
function written(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(written);
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value).filter(([name]) => name !== "id" && name !== "controlIds");
  return Object.fromEntries(fields.map(([name, one]) => [name, written(one)]));
}
const worded = ({ sections }: WorksheetDto) =>
  written(sections && Object.fromEntries(SECTION_KEYS.map((key) => [key, sections[key]?.content])));

/** A draft of 3.2.1 whose first control names a requirement with one place and the second one that was split. */
async function draftWithReferences(number: string): Promise<string> {
  const id = await openSheet(world, before, number);
  const sections = sampleSectionsOn("2026-11-24");
  const [first, second, ...more] = sections.definition.items.controls;
  if (!first || !second) throw new Error("The sample has too few controls.");
  const controls = [
    { ...first, origin: "required_elsewhere" as const, requirementRef: "10.5.2" },
    { ...second, origin: "required_elsewhere" as const, requirementRef: "1.1.6" },
    ...more,
  ];
  await write(world, id, { ...sections, definition: { ...sections.definition, items: { controls } } });
  return id;
}

describe("carrying a worksheet over", () => {
  it("lists what may go on, with where to and what changed", async () => {
    const [only, ...others] = await sources(now, "8.3.4");
    expect(others).toEqual([]);
    expect(only).toMatchObject({
      worksheetId: submitted,
      engagement: { id: before },
      requirementNumber: "8.1.6",
      revision: 1,
      places: [{ number: "8.3.4", confidence: "high", worksheetId: null, inWorkbook: false }],
    });
    expect(only?.places[0]?.changed).toContain("TEN attempts instead of six");
    expect(await sources(now, "8.2.8")).toEqual([]);
    expect(await sources(before)).toEqual([]);
  });

  it("opens the worksheet of the chosen number with every word, and tells who took what from where", async () => {
    const source = await read(submitted);
    const left = await world.eventsOf(() => carry(submitted, "8.3.4"));
    const sheet = await read((await rowFor("8.3.4"))?.worksheet?.id ?? "");
    expect(sheet).toMatchObject({
      engagementId: now,
      state: "draft",
      header: { standardVersion: "4.0.1", requirementNumber: "8.3.4" },
      origin: {
        kind: "carried_over",
        title: "8.1.6 of PCI DSS 3.2.1 in Assessment 2026, revision 1",
        source: { worksheetId: submitted, requirementNumber: "8.1.6" },
      },
    });
    expect(sheet.origin?.source?.evidence).toHaveLength(source.evidence?.length ?? -1);
    expect(worded(sheet)).toEqual(worded(source));
    expect(SECTION_KEYS.map((key) => sheet.sections?.[key]?.version)).toEqual([1, 1, 1, 1, 1, 1]);
    const answers = source.sections?.criteria?.content.items.answers.filter(({ id }) => id !== "now_and_future");
    expect(sheet.sections?.criteria?.content.items.answers).toEqual(answers);
    expect(sheet.evidence).toEqual([]);
    expect(await rowFor("8.3.4")).toMatchObject({
      source: "added",
      disposition: "compensating_control",
      worksheet: { id: sheet.id },
    });
    expect(left).toHaveLength(1);
    expect(left[0]).toMatchObject({
      chain: "entity",
      by: "lead",
      worksheetId: sheet.id,
      detail: {
        requirementNumber: "8.3.4",
        dispositionBefore: "undecided",
        rowAdded: true,
        from: { worksheetId: submitted, engagementId: before, revision: 1, requirementNumber: "8.1.6" },
      },
    });
    const tables = left[0]?.changes.map(({ table }) => table).sort();
    expect(tables).toEqual(["disposition", ...Array(7).fill("section"), "worksheet", "worksheet_origin"]);
    expect(JSON.stringify(left)).not.toContain("hardware");
    await expect(carry(submitted, "8.3.4")).rejects.toMatchObject({
      code: "already_exists",
      extras: { current: { id: sheet.id } },
    });
  });

  it("counts as last year’s text until it is written anew, and asks for what 4.0.1 added", async () => {
    const sheet = await read((await rowFor("8.3.4"))?.worksheet?.id ?? "");
    const rules = sheet.blockers.map(({ rule, section, itemId }) => `${rule ?? itemId} ${section}`);
    // As it came it is refused as a whole, and section by section once something is written.
    expect(rules).toEqual(expect.arrayContaining(["L23 null", "now_and_future criteria"]));
    expect(sheet.carriedOver?.added.map(({ id }) => id)).toEqual(
      expect.arrayContaining(["objective.aim", "objective.reached", "criterion.now_and_future"]),
    );
    expect((await read(submitted)).carriedOver).toBeNull();
  });

  it("takes the number that is chosen where several took its place, and no other", async () => {
    const draft = await draftWithReferences("10.5");
    expect((await sources(now)).find(({ worksheetId }) => worksheetId === draft)).toMatchObject({
      revision: null,
      places: [{ number: "10.3.4" }, { number: "10.3.1" }, { number: "10.3.2" }, { number: "10.3.3" }],
    });
    await expect(carry(draft, "10.5.1")).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringContaining("Choose among 10.3.4, 10.3.1, 10.3.2, 10.3.3"),
      extras: { errors: [{ path: "requirementNumber" }] },
    });
    const sheet = await carry(draft, "10.3.2");
    const refs = sheet.sections?.definition?.content.items.controls.map(({ requirementRef }) => requirementRef);
    expect(refs?.slice(0, 2)).toEqual(["10.3.2", "1.1.6"]);
    expect(sheet.carriedOver?.references).toMatchObject([
      { before: "10.5.2", after: "10.3.2", choose: false },
      { before: "1.1.6", after: "1.1.6", choose: true, numbers: [{ places: ["1.2.5", "1.2.6"] }] },
    ]);
    const open = (blockers: WorksheetDto["blockers"]) =>
      blockers.filter(({ message }) => /names “1\.1\.6”/.test(message));
    expect(open(sheet.blockers)).toHaveLength(1);
    const definition = sheet.sections?.definition;
    if (!definition) throw new Error("The lead does not see the draft.");
    const controls = definition.content.items.controls.map((one) =>
      one.requirementRef === "1.1.6" ? { ...one, requirementRef: "1.2.5" } : one,
    );
    await saveSection(await world.as("lead"), sheet.id, "definition", {
      baseVersion: definition.version,
      content: { ...definition.content, items: { controls } },
    });
    expect(open((await read(sheet.id)).blockers)).toEqual([]);
  });

  it("leaves nothing behind where the gate stops it", async () => {
    const draft = await openSheet(world, before, "8.1.8");
    const eligibility = { ...LET_THROUGH, missedActivity: true };
    await expect(carry(draft, "8.2.8", { eligibility })).rejects.toMatchObject({ code: "blocked" });
    expect(await rowFor("8.2.8")).toBeUndefined();
  });
});

describe("the rights of both engagements", () => {
  it("are asked for: those who may not add rows may not carry over", async () => {
    const input = { worksheetId: submitted, requirementNumber: "8.3.4", eligibility: LET_THROUGH };
    for (const person of ["contributor", "reviewer", "qsa", "observer"] as const) {
      const context = await world.as(person);
      const attempt = carryOverWorksheet(context, now, input);
      await expect(attempt, person).rejects.toMatchObject({ code: "forbidden" });
      await expect(listCarrySources(context, now), person).rejects.toMatchObject({ code: "forbidden" });
    }
  });

  it("are asked for: what another organisation has is not there", async () => {
    const stranger = await world.as("stranger");
    const period = { periodStart: "2026-01-01", periodEnd: "2026-12-31", dueOn: "2027-01-31" };
    const settings = { name: "Elsewhere 2026", ...period, internalReview: false, assessmentType: "ROC" } as const;
    const { id } = await createEngagement(stranger, { ...settings, standardVersion: "4.0.1" });
    const input = { requirementNumber: "8.3.4", eligibility: LET_THROUGH };
    for (const worksheetId of [submitted, "00000000-0000-4000-8000-000000000000"]) {
      await expect(carryOverWorksheet(stranger, id, { ...input, worksheetId })).rejects.toMatchObject({
        code: "not_found",
      });
    }
    expect(await sources(id, undefined, "stranger")).toEqual([]);
    await expect(carryOverWorksheet(stranger, now, { ...input, worksheetId: submitted })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("are asked for: a source that the lead has no role for is neither listed nor taken", async () => {
    const elsewhere = await makeEngagement(world, { standardVersion: "3.2.1", assessor: false });
    const sheet = await openSheet(world, elsewhere, "8.2.3");
    expect((await sources(now, "8.3.6")).map(({ worksheetId }) => worksheetId)).toEqual([sheet]);
    const admin = await world.steppedUp("admin");
    await addMember(admin, elsewhere, { userId: world.userId("colleague"), role: "lead" });
    await removeMember(admin, elsewhere, world.userId("lead"), "lead");
    expect(await sources(now, "8.3.6")).toEqual([]);
    await expect(carry(sheet, "8.3.6")).rejects.toMatchObject({ code: expect.stringMatching(/not_found|forbidden/) });
  });

  it("go only from 3.2.1 to 4.0.1", async () => {
    const lead = await world.as("lead");
    const input = { worksheetId: submitted, requirementNumber: "8.3.4", eligibility: LET_THROUGH };
    const invalid = { code: "invalid", extras: { errors: [{ path: "worksheetId" }] } };
    await expect(carryOverWorksheet(lead, before, input)).rejects.toMatchObject(invalid);
    const sheet = (await rowFor("8.3.4"))?.worksheet?.id ?? "";
    await expect(carry(sheet, "8.3.6")).rejects.toMatchObject(invalid);
  });
});

describe("reading it back as 3.2.1", () => {
  it("shows every word under its old number, by what each reader may see", async () => {
    const sheet = (await rowFor("8.3.4"))?.worksheet?.id ?? "";
    const reading = await getLegacyReading(await world.as("lead"), sheet, undefined);
    expect(reading).toMatchObject({ revision: null, numbers: [{ number: "8.1.6" }], notAsked: [] });
    expect(written(reading.sections)).toEqual(worded(await read(submitted)));
    expect(reading.answers.map(({ number }) => number)).toEqual(["1", "2", "3", "4"]);
    await expect(getLegacyReading(await world.as("qsa"), sheet, undefined)).rejects.toMatchObject({
      code: expect.stringMatching(/not_found|forbidden/),
    });
    await expect(getLegacyReading(await world.as("lead"), submitted, undefined)).rejects.toMatchObject({
      code: "invalid",
    });
  });

  it("reads one that was never one of 3.2.1, which the assessor’s look at a revision leaves an event of", async () => {
    const sheet = await submitSheet(world, now, "8.2.1");
    const qsa = await world.as("qsa");
    const [viewed] = await world.eventsOf(() => getLegacyReading(qsa, sheet, 1));
    const reading = await getLegacyReading(qsa, sheet, 1);
    expect(reading).toMatchObject({
      revision: 1,
      numbers: [{ number: "8.1.1" }],
      header: { requirementNumber: "8.2.1" },
    });
    expect(reading.notAsked).toMatchObject([{ id: "now_and_future", number: "6" }]);
    expect(viewed).toMatchObject({ action: "revision.viewed", by: "qsa", worksheetId: sheet, detail: { revision: 1 } });
    await makeMove(await world.as("lead"), sheet, { move: "withdraw", reason: "Only for reading." });
  });
});
