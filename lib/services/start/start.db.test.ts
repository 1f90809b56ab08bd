import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OpenWorksheetInput } from "@/lib/contracts/rigour";
import type { StartInput } from "@/lib/contracts/start";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import { criteriaOf } from "@/lib/domain/worksheet/criteria";
import { EMPTY_NARRATIVE } from "@/lib/domain/worksheet/narrative";
import { narrativeText } from "@/lib/domain/worksheet/narrative-text";
import { SECTION_KEYS } from "@/lib/domain/worksheet/sections";
import { addRequirements } from "@/lib/services/disposition/add-requirements";
import { bulkAssign } from "@/lib/services/disposition/bulk-assign";
import { createEngagement } from "@/lib/services/engagement/create-engagement";
import { changeSettings } from "@/lib/services/engagement/update-engagement";
import { makeMove } from "@/lib/services/review/make-move";
import { listStarts } from "@/lib/services/start/list-starts";
import { startWorksheet } from "@/lib/services/start/start-worksheet";
import { addEvidence } from "@/lib/services/worksheet/add-evidence";
import { getWorksheet } from "@/lib/services/worksheet/get-worksheet";
import { openWorksheet } from "@/lib/services/worksheet/open-worksheet";
import { saveSection } from "@/lib/services/worksheet/save-section";
import { addRow, makeEngagement, openSheet, sign, submitSheet, write } from "@/test/engagement";
import { OPENING } from "@/test/fixtures/gate-answers";
import { doc, para } from "@/test/fixtures/narrative";
import { passingLinks } from "@/test/fixtures/passing-worksheet";
import { SAMPLE_ANSWERS } from "@/test/fixtures/sample-answers";
import { SAMPLE_SECTIONS } from "@/test/fixtures/sample-sections";
import { type Person, World } from "@/test/world";

let world: World;
let engagementId = "";
beforeAll(async () => {
  world = await World.make();
  engagementId = await makeEngagement(world);
});
afterAll(() => world.close());

const SAMPLE = { kind: "sample", sampleId: "8.1.6" } as const;
const copy = (worksheetId: string): StartInput => ({ kind: "worksheet", worksheetId });
const read = async (id: string, by: Person = "contributor") => getWorksheet(await world.as(by), id);
const start = async (id: string, from: StartInput, by: Person = "contributor") =>
  startWorksheet(await world.as(by), id, from);
const submit = async (id: string) => makeMove(await world.as("lead"), id, { move: "submit", reason: "" });

function textOf({ sections }: WorksheetDto): string {
  if (!sections) throw new Error("The draft is not shown.");
  return SECTION_KEYS.map((key) => narrativeText(sections[key]?.content.narrative ?? EMPTY_NARRATIVE)).join("\n");
}

function blockersOf(error: unknown): readonly { readonly rule?: string; readonly message: string }[] {
  return (error as { extras: { blockers: { rule?: string; message: string }[] } }).extras.blockers;
}

describe("a draft begun from the sample of its row", () => {
  let id = "";
  beforeAll(async () => {
    id = await openSheet(world, engagementId, "8.3.4");
  });

  it("is offered while nothing is written, with its title and whose it is", async () => {
    const { samples, worksheets } = await listStarts(await world.as("contributor"), id);
    expect(samples.map(({ sampleId }) => sampleId)).toContain("8.1.6");
    expect(samples[0]).toMatchObject({ requirementNumber: "8.3.4", title: expect.stringMatching(/\S/) });
    expect(worksheets).toEqual([]);
  });

  it("has its text, says so, leaves an event that names every row, and makes an author", async () => {
    const left = await world.eventsOf(async () => void (await start(id, SAMPLE)));
    expect(left).toHaveLength(1);
    expect(left[0]).toMatchObject({ action: "worksheet.started", by: "contributor", worksheetId: id });
    expect(left[0]?.detail).toMatchObject({ kind: "sample", from: "8.1.6", revision: null });
    expect(left[0]?.changes.map(({ table }) => table).sort()).toEqual([
      ...Array.from({ length: 7 }, () => "section"),
      "worksheet_origin",
    ]);
    const begun = await read(id);
    expect(textOf(begun).length).toBeGreaterThan(1_000);
    expect(textOf(begun)).not.toContain("{{");
    expect(begun.origin).toMatchObject({ kind: "sample", takenBy: { id: world.userId("contributor") } });
    expect(begun.origin?.source).toMatchObject({ sampleId: "8.1.6", requirementNumber: "8.3.4" });
    expect(begun.origin?.source?.evidence.length).toBeGreaterThan(0);
    expect(begun.evidence).toEqual([]);
    expect(begun.rigour?.facts.people.authors).toContain(world.userId("contributor"));
    expect(begun.sections?.objective).toMatchObject({ version: 1, updatedBy: { id: world.userId("contributor") } });
  });

  it("is not begun a second time over what is written", async () => {
    await expect(start(id, SAMPLE)).rejects.toMatchObject({ code: "blocked" });
  });

  it("is refused as it came, also with its evidence in place", async () => {
    for (const link of passingLinks("2026-11-24")) await addEvidence(await world.as("contributor"), id, link);
    const blockers = blockersOf(await submit(id).catch((error: unknown) => error));
    expect(blockers.filter(({ rule }) => rule === "L23")).toMatchObject([
      { section: null, message: expect.stringContaining("as it came") },
    ]);
    const copied = blockers.filter(({ message }) => message.includes("is the sample's"));
    expect(copied).toHaveLength(criteriaOf("4.0.1").length);
  });

  it("is told section by section what is still alike, once a word is changed, and passes once it is written anew", async () => {
    const contributor = await world.as("contributor");
    const before = (await read(id)).sections?.objective;
    if (!before) throw new Error("The draft is not shown.");
    const text = `In our own offices. ${narrativeText(before.content.narrative)}`;
    const content = { ...before.content, narrative: doc(para(text)) };
    await saveSection(contributor, id, "objective", { baseVersion: before.version, content });
    const alike = (await read(id)).blockers.filter(({ rule }) => rule === "L23");
    expect(alike.map(({ section }) => section).sort()).toEqual([...SECTION_KEYS].sort());
    await write(world, id);
    const baseVersion = (await read(id)).sections?.criteria?.version ?? 0;
    await saveSection(contributor, id, "criteria", { baseVersion, content: SAMPLE_ANSWERS });
    expect((await read(id)).blockers).toEqual([]);
    await submit(id);
    const seen = await read(id, "qsa");
    expect(seen.origin).toMatchObject({ kind: "sample", source: null });
  });
});

describe("a draft begun from another worksheet", () => {
  it("takes the draft of the own engagement with new ids, and leaves the evidence where it is", async () => {
    const from = await openSheet(world, engagementId, "8.3.6");
    const to = await openSheet(world, engagementId, "8.3.9");
    await write(world, from);
    const offered = (await listStarts(await world.as("contributor"), to)).worksheets;
    expect(offered.find(({ worksheetId }) => worksheetId === from)).toMatchObject({
      requirementNumber: "8.3.6",
      revision: null,
      engagement: { id: engagementId },
    });
    const begun = await start(to, copy(from));
    const source = await read(from);
    expect(textOf(begun)).toBe(textOf(source));
    expect(begun.sections?.criteria?.content.items.answers).toEqual(SAMPLE_ANSWERS.items.answers);
    const ids = ({ sections }: WorksheetDto) => sections?.definition?.content.items.controls.map((one) => one.id) ?? [];
    expect(ids(begun)).toHaveLength(ids(source).length);
    expect(ids(begun).filter((id) => ids(source).includes(id))).toEqual([]);
    const own = new Set(ids(begun));
    const referred = begun.sections?.identifiedRisk?.content.items.risks.flatMap(({ controlIds }) => controlIds) ?? [];
    expect(referred.length).toBeGreaterThan(0);
    expect(referred.every((id) => own.has(id))).toBe(true);
    expect(begun.evidence).toEqual([]);
    expect(begun.origin).toMatchObject({ kind: "worksheet", source: { worksheetId: from } });
    expect(begun.origin?.source?.evidence).toHaveLength(source.evidence?.length ?? -1);
    expect(begun.blockers.filter(({ rule }) => rule === "L23")).toMatchObject([
      { section: null, message: expect.stringContaining("as it was copied") },
    ]);
  });

  it("takes what was signed in an earlier year, by the right to read it there", async () => {
    const earlier = await makeEngagement(world);
    const { version } = await engagementOf(earlier);
    const period = { periodStart: "2025-01-01", periodEnd: "2025-12-31", dueOn: "2026-01-31" };
    await changeSettings(await world.as("lead"), earlier, {
      ...{ name: "Assessment 2025", internalReview: false, version },
      ...period,
    });
    const from = await submitSheet(world, earlier, "8.3.4");
    await sign(world, from);
    const to = await openSheet(world, engagementId, "8.3.10.1");
    const begun = await start(to, copy(from), "lead");
    expect(begun.origin).toMatchObject({ title: "8.3.4 in Assessment 2025, revision 1" });
    // Nobody decides over words of their own, whoever brought them here.
    expect(begun.rigour?.facts.people.authors).toContain(world.userId("contributor"));
    // What the checks say may be frozen with a reason, and read by those whom the other engagement does not concern.
    expect(JSON.stringify(begun.blockers)).not.toContain("Assessment 2025");
    // Whoever reads in one engagement alone takes nothing from the other.
    const other = await openSheet(world, engagementId, "8.3.5");
    await expect(start(other, copy(from), "stranger")).rejects.toMatchObject({ code: "not_found" });
    // And the later one is no start for the earlier.
    const back = await openSheet(world, earlier, "8.3.6");
    await expect(start(back, copy(to))).rejects.toMatchObject({ code: "blocked" });
    const offered = (await listStarts(await world.as("contributor"), back)).worksheets;
    expect(offered.map(({ engagement }) => engagement.id)).not.toContain(engagementId);
  });

  it("takes nothing of another version, nothing that is empty, and not a foreign sample", async () => {
    const old = await makeEngagement(world, { standardVersion: "3.2.1" });
    const from = await openSheet(world, old, "8.1.6");
    const to = await openSheet(world, engagementId, "8.6.3");
    await expect(start(to, copy(from))).rejects.toMatchObject({ code: "blocked" });
    await write(world, from);
    await expect(start(to, copy(from))).rejects.toMatchObject({
      code: "blocked",
      message: expect.stringContaining("Carry it over"),
    });
    await expect(start(to, copy(to))).rejects.toMatchObject({ code: "blocked" });
    await expect(start(to, SAMPLE)).rejects.toMatchObject({ code: "blocked" });
    expect(
      (await listStarts(await world.as("contributor"), to)).worksheets.map((one) => one.engagement.id),
    ).not.toContain(old);
  });

  it("keeps another company's worksheets out", async () => {
    const admin = await world.as("stranger");
    const settings = { internalReview: false, standardVersion: "4.0.1", assessmentType: "ROC" } as const;
    const period = { periodStart: "2026-01-01", periodEnd: "2026-12-31", dueOn: "2027-01-31" };
    const { id: theirs } = await createEngagement(admin, { name: "Elsewhere", ...period, ...settings });
    const row = await theirRow(theirs);
    const { id: foreign } = await openWorksheet(admin, row, OPENING);
    const to = await openSheet(world, engagementId, "8.2.8");
    await expect(start(to, copy(foreign))).rejects.toMatchObject({ code: "not_found" });
    await expect(startWorksheet(admin, to, SAMPLE)).rejects.toMatchObject({ code: "not_found" });
    await expect(startWorksheet(admin, foreign, copy(to))).rejects.toMatchObject({ code: "not_found" });
  });
});

async function theirRow(id: string): Promise<string> {
  const { items } = await addRequirements(await world.as("stranger"), id, ["8.3.4"]);
  return items[0]?.id ?? "";
}

async function engagementOf(id: string): Promise<{ readonly version: number }> {
  return world.behind.prisma.engagement.findUniqueOrThrow({ where: { id }, select: { version: true } });
}

describe("rights", () => {
  it("lets only those begin a draft who may write it, and only while it is written", async () => {
    const id = await openSheet(world, engagementId, "8.3.7");
    for (const person of ["colleague", "reviewer", "observer", "qsa", "assistant"] as const) {
      await expect(start(id, SAMPLE, person), person).rejects.toMatchObject({
        code: expect.stringMatching(/^(forbidden|not_found)$/),
      });
      await expect(listStarts(await world.as(person), id), person).rejects.toMatchObject({
        code: expect.stringMatching(/^(forbidden|not_found)$/),
      });
    }
    const frozen = await submitSheet(world, engagementId, "8.3.8");
    await expect(start(frozen, SAMPLE)).rejects.toMatchObject({ code: "wrong_state" });
  });

  it("opens a worksheet that begins so at once, in one event, for the lead and not for whom it is not given to", async () => {
    const body: OpenWorksheetInput = { ...OPENING, start: { kind: "sample", sampleId: "10.7" } };
    const row = await addRow(world, engagementId, "10.5.1");
    let opened: WorksheetDto | undefined;
    const left = await world.eventsOf(async () => {
      opened = await openWorksheet(await world.as("lead"), row, body);
    });
    expect(left.map(({ action, detail }) => [action, detail.start])).toMatchObject([
      ["worksheet.opened", { kind: "sample", from: "10.7" }],
    ]);
    expect(opened?.origin).toMatchObject({ kind: "sample" });
    const own = await addRow(world, engagementId, "10.3.4");
    await bulkAssign(await world.as("lead"), engagementId, { ids: [own], ownerId: world.userId("colleague") });
    const begin = { ...OPENING, start: { kind: "sample", sampleId: "10.5" } } as const;
    await expect(openWorksheet(await world.as("colleague"), own, begin)).rejects.toMatchObject({ code: "forbidden" });
  });

  it("lets an emptied draft begin anew as something else", async () => {
    const id = await openSheet(world, engagementId, "8.4.1");
    const other = await openSheet(world, engagementId, "8.4.2");
    await write(world, other, { objective: SAMPLE_SECTIONS.objective });
    await start(id, copy(other));
    const contributor = await world.as("contributor");
    const empty = { narrative: doc(), items: { objectiveRef: "" } };
    await saveSection(contributor, id, "objective", { baseVersion: 1, content: empty });
    await write(world, other, { maintenance: SAMPLE_SECTIONS.maintenance });
    const begun = await start(id, copy(other));
    expect(begun.sections?.maintenance?.content.items.tasks.length).toBeGreaterThan(0);
    expect(begun.sections?.objective?.version).toBe(3);
  });

  it("holds a draft that was emptied against all that it ever began as, and keeps who wrote that", async () => {
    const id = await openSheet(world, engagementId, "8.6.1");
    const lead = await world.as("lead");
    const [first, second] = [
      await openSheet(world, engagementId, "8.6.2"),
      await openSheet(world, engagementId, "8.3.11"),
    ];
    const { objective, constraints } = SAMPLE_SECTIONS;
    await write(world, first, { objective });
    await saveSection(lead, second, "constraints", { baseVersion: 0, content: constraints });
    await start(id, copy(first), "lead");
    const empty = { narrative: doc(), items: { objectiveRef: "" } };
    await saveSection(lead, id, "objective", { baseVersion: 1, content: empty });
    await start(id, copy(second), "lead");
    await saveSection(lead, id, "objective", { baseVersion: 3, content: objective });
    const again = await read(id);
    expect(again.origin).toMatchObject({ source: { worksheetId: second } });
    const copied = again.blockers.filter(({ message }) => message.includes("is nearly the text of"));
    expect(copied).toMatchObject([
      { rule: "L23", section: "constraints" },
      { rule: "L23", section: "objective" },
    ]);
    const row = await world.behind.prisma.worksheetOrigin.findUniqueOrThrow({ where: { worksheetId: id } });
    expect(row.earlier).toMatchObject([{ kind: "worksheet", source: { worksheetId: first } }]);
    expect([...row.authorIds].sort()).toEqual([world.userId("contributor"), lead.actor.userId].sort());
  });

  it("does not let a draft begin anew without end", async () => {
    const id = await openSheet(world, engagementId, "8.2.1");
    const other = await openSheet(world, engagementId, "8.2.2");
    await write(world, other, { objective: SAMPLE_SECTIONS.objective });
    const contributor = await world.as("contributor");
    const empty = { narrative: doc(), items: { objectiveRef: "" } };
    for (let baseVersion = 1; baseVersion < 20; baseVersion += 2) {
      await start(id, copy(other));
      await saveSection(contributor, id, "objective", { baseVersion, content: empty });
    }
    await expect(start(id, copy(other))).rejects.toMatchObject({
      code: "blocked",
      message: expect.stringContaining("10 times"),
    });
  });
});
