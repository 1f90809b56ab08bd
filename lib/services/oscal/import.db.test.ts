import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Failure } from "@/lib/contracts/failure";
import type { ApplyPlanInput, PlanConflictDto, PlanPreviewDto } from "@/lib/contracts/oscal-import";
import { takeOut } from "@/lib/domain/controls/record";
import type { OscalBook } from "@/lib/domain/oscal/book";
import type { WorksheetSections } from "@/lib/domain/worksheet/model";
import { readPlan } from "@/lib/render/oscal/read-plan";
import { decideDisposition } from "@/lib/services/disposition/decide-disposition";
import { readWorkbook } from "@/lib/services/disposition/read-workbook";
import { exportEngagementOscal } from "@/lib/services/export/export-oscal";
import { applyPlan } from "@/lib/services/oscal/apply-plan";
import { previewPlan } from "@/lib/services/oscal/preview-plan";
import { makeMove } from "@/lib/services/review/make-move";
import { addEvidence } from "@/lib/services/worksheet/add-evidence";
import { getWorksheet } from "@/lib/services/worksheet/get-worksheet";
import { saveSection } from "@/lib/services/worksheet/save-section";
import { seal } from "@/lib/services/worksheet/seal";
import { Author } from "@/prove/oscal/author";
import { anySections } from "@/prove/oscal/sections";
import { Random } from "@/prove/support/random";
import { type BundleFolder, makeBundleFolder } from "@/test/bundle-folder";
import { addRow, giveReasons, makeEngagement, openSheet, write } from "@/test/engagement";
import { OPENING } from "@/test/fixtures/gate-answers";
import { passingSections, UUIDS } from "@/test/fixtures/passing-worksheet";
import { type Person, World } from "@/test/world";

let world: World;
let bundles: BundleFolder;
let from = "";
beforeAll(async () => {
  world = await World.make();
  from = await makeEngagement(world);
  await fill(from);
  bundles = await makeBundleFolder();
});
afterAll(async () => {
  await bundles?.remove();
  await world.close();
});

const NUMBERS = ["8.3.4", "8.3.6", "10.3.4", "11.5.2"] as const;
const today = () => world.now.toISOString().slice(0, 10);

/** Worksheets with generated text, one that passes the checks, and a fix that is planned. */
async function fill(engagementId: string): Promise<void> {
  const author = new Author(new Random(7));
  for (const number of NUMBERS.slice(1)) {
    const id = await openSheet(world, engagementId, number);
    const stored = (await getWorksheet(await world.as("contributor"), id)).sections;
    for (const [key, content] of Object.entries(withoutRegister(anySections(author)))) {
      const part = key as "objective";
      const change = { baseVersion: stored?.[part]?.version ?? 0, content, acknowledgeCardNumber: true };
      await saveSection(await world.as("contributor"), id, part, change as never);
    }
    await addEvidence(await world.as("contributor"), id, {
      ...{ section: "validation", itemId: null, title: `Proof of ${number}`, url: "https://evidence.example/1" },
      ...{ shows: "That it is\nas it is.", collectedOn: today(), validUntil: null },
    });
  }
  const passing = await openSheet(world, engagementId, "8.3.4");
  await write(world, passing, passingSections(today(), { objective: "Its own words." }, UUIDS));
  await giveReasons(world, passing);
  await planFix(engagementId);
}

/** Generated controls name shared ones that no register has. */
function withoutRegister(sections: WorksheetSections): WorksheetSections {
  const { definition } = sections;
  return { ...sections, definition: { ...definition, items: { controls: definition.items.controls.map(takeOut) } } };
}

async function planFix(engagementId: string): Promise<void> {
  const id = await addRow(world, engagementId, "8.3.7");
  await decideDisposition(await world.as("lead"), id, {
    ...{ version: 1, disposition: "fix_planned", note: "Longer\npasswords.", fixOwner: "Platform" },
    ...{ fixDueOn: "2028-03-31", dueOn: null, ownerId: null, evidenceTitle: "", evidenceUrl: "" },
  });
}

const plan = async (engagementId: string) =>
  (await exportEngagementOscal(await world.as("lead"), engagementId, { model: "poam" })).text;
const preview = async (by: Person, engagementId: string, text: string) =>
  previewPlan(await world.as(by), engagementId, Buffer.from(text));
const apply = async (by: Person, engagementId: string, found: PlanPreviewDto, more: Partial<ApplyPlanInput> = {}) =>
  applyPlan(await world.as(by), engagementId, { ...inputOf(found), acknowledgeCardNumber: true, ...more });

function inputOf({ worksheets, rows }: PlanPreviewDto): ApplyPlanInput {
  return { worksheets: worksheets.map(({ change }) => change), rows: rows.map(({ change }) => change) };
}

function bookOf(text: string): OscalBook {
  const { book } = readPlan(JSON.parse(text), (content) => seal(content).digest);
  if (!book) throw new Error("The plan holds no book.");
  return book;
}

/** Everything that a plan says of its worksheets and fixes but whose they are. */
function told(text: string) {
  const { worksheets, rows } = bookOf(text);
  return {
    rows,
    worksheets: worksheets.map(({ content }) => {
      const { worksheetId: _, header, evidence, ...rest } = content;
      return { ...rest, number: header.requirementNumber, evidence: evidence.map(({ id: __, ...link }) => link) };
    }),
  };
}

/** An engagement with rows for everything that the plan holds. */
async function emptyWithRows(): Promise<string> {
  const id = await makeEngagement(world);
  for (const number of [...NUMBERS, "8.3.7"]) await addRow(world, id, number);
  return id;
}

const refusalOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (failure: Failure) => failure,
  );

describe("a plan that is taken in", () => {
  it("is what was exported: worksheets with everything in them, and planned fixes; twice changes nothing", async () => {
    const to = await emptyWithRows();
    const text = await plan(from);
    const found = await preview("lead", to, text);
    expect(found.refused).toEqual([]);
    expect(found.worksheets.map(({ requirementNumber }) => requirementNumber)).toEqual(NUMBERS);
    const done = await apply("lead", to, found);
    expect(done).toMatchObject({ rows: 1, worksheets: NUMBERS.map(() => ({ opened: true })) });
    expect(told(await plan(to))).toEqual(told(text));
    const again = await preview("lead", to, text);
    expect(again).toMatchObject({ worksheets: [], rows: [], refused: [], same: [...NUMBERS, "8.3.7"] });
  });

  it("leaves the event of a single save each, and makes whoever takes it in an author", async () => {
    const to = await emptyWithRows();
    const found = await preview("lead", to, await plan(from));
    const [first] = found.worksheets.slice(1);
    if (!first) throw new Error("There is nothing to take in.");
    const events = await world.eventsOf(() => apply("lead", to, found, { worksheets: [first.change], rows: [] }));
    expect(events.map(({ action }) => action)).toEqual([
      "worksheet.opened",
      ...first.change.parts.map(() => "section.saved"),
      "evidence.added",
    ]);
    const id = events[0]?.worksheetId ?? "";
    const authors = await world.behind.prisma.worksheetAuthor.findMany({ where: { worksheetId: id } });
    expect(authors.map(({ userId }) => userId)).toEqual([world.userId("lead")]);
  });

  it("changes what differs in drafts, and tells what stands now", async () => {
    const before = await plan(from);
    const id = worksheetIn(before, "8.3.4");
    await write(world, id, { objective: passingSections(today(), { objective: "Other words." }, UUIDS).objective });
    const found = await preview("contributor", from, before);
    const expected = [{ requirementNumber: "8.3.4", change: { worksheetId: id, parts: [{ key: "objective" }] } }];
    expect(found).toMatchObject({ worksheets: expected, rows: [], refused: [{ requirementNumber: "8.3.7" }] });
    expect(JSON.stringify(found.worksheets[0]?.before)).toContain("Other words.");
    await apply("contributor", from, found);
    expect(told(await plan(from))).toEqual(told(before));
  });
});

describe("what is not taken in", () => {
  it("is all of it when somebody changed a part since the preview, with what stands and what was sent", async () => {
    const before = await plan(from);
    const id = worksheetIn(before, "8.3.4");
    const words = (text: string) => ({ objective: passingSections(today(), { objective: text }, UUIDS).objective });
    await write(world, id, words("Other words."));
    await write(world, worksheetIn(before, "8.3.6"), words("Words of another one."));
    const found = await preview("lead", from, before);
    expect(found.worksheets).toHaveLength(2);
    await write(world, id, words("Words in between."));
    const failure = await refusalOf(apply("lead", from, found));
    expect(failure).toMatchObject({ code: "stale" });
    expect(failure?.message).toContain("8.3.4");
    const { parts } = (failure as Failure).extras.current as PlanConflictDto;
    expect(parts).toMatchObject([{ requirementNumber: "8.3.4", stored: { key: "objective" } }]);
    expect(JSON.stringify(parts[0]?.stored)).toContain("Words in between.");
    expect(JSON.stringify(parts[0]?.sent)).toContain("Its own words.");
    expect(await plan(from)).toContain("Words of another one.");
    await apply("lead", from, await preview("lead", from, before));
  });

  it("is told by its reason: no row, in review, not one's own to write; and nothing of a stranger's", async () => {
    const text = await plan(from);
    const to = await makeEngagement(world);
    await addRow(world, to, "8.3.4");
    const found = await preview("lead", to, text);
    expect(found.worksheets).toHaveLength(1);
    expect(found.refused.map(({ requirementNumber }) => requirementNumber)).toEqual([...NUMBERS.slice(1), "8.3.7"]);
    expect(found.refused[0]?.reason).toContain("no row");
    for (const person of ["observer", "qsa", "reviewer"] as const) {
      await expect(preview(person, to, text), person).rejects.toMatchObject({ code: "forbidden" });
      await expect(apply(person, to, found), person).rejects.toMatchObject({ code: "forbidden" });
    }
    await expect(preview("stranger", to, text)).rejects.toMatchObject({ code: "not_found" });
    await expect(apply("stranger", to, found)).rejects.toMatchObject({ code: "not_found" });
    await expect(apply("lead", from, found)).rejects.toMatchObject({ code: "not_found" });
    await apply("lead", to, found);
    await submitted(to);
    const after = await preview("lead", to, text);
    expect(after.refused.find(({ requirementNumber }) => requirementNumber === "8.3.4")?.reason).toContain("In review");
    // Whatever it became since, it says what was sent.
    expect(await apply("lead", to, found)).toMatchObject({
      worksheets: [],
      rows: 0,
      already: found.worksheets[0]?.saves,
    });
    const changed = { ...found, worksheets: found.worksheets.map(withOtherGate) };
    await expect(apply("lead", to, changed)).rejects.toMatchObject({ code: "stale" });
  });

  it("is a file that is no plan of ours, or no longer what was exported", async () => {
    const text = await plan(from);
    const files = {
      "no JSON": "PK",
      "another kind": JSON.stringify({ catalog: {} }),
      "changed words": text.replace("Its own words.", "Smuggled words."),
      "a foreign plan": JSON.stringify(foreignPlan()),
      "another version": await plan(await olderWithFix()),
    };
    for (const [name, file] of Object.entries(files)) {
      await expect(preview("lead", from, file), name).rejects.toMatchObject({ code: "invalid" });
    }
    await expect(preview("lead", from, files["a foreign plan"])).rejects.toThrow("not written by Countervail");
    const bytes = Buffer.from([0xff, 0xfe, 0x00]);
    await expect(previewPlan(await world.as("lead"), from, bytes)).rejects.toMatchObject({ code: "invalid" });
  });
});

function withOtherGate(one: PlanPreviewDto["worksheets"][number]) {
  const answers = { ...OPENING.eligibility, whyNotSwitchedOn: "Something else." };
  return { ...one, change: { ...one.change, eligibility: { baseVersion: 0, answers } } };
}

function worksheetIn(text: string, number: string): string {
  const found = bookOf(text).worksheets.find(({ content }) => content.header.requirementNumber === number);
  return found?.content.worksheetId ?? "";
}

async function submitted(engagementId: string): Promise<void> {
  const { items } = await readWorkbook(await world.as("lead"), engagementId);
  const id = items.find(({ requirementNumber }) => requirementNumber === "8.3.4")?.worksheet?.id ?? "";
  await makeMove(await world.as("lead"), id, { move: "submit", reason: "" });
}

async function olderWithFix(): Promise<string> {
  const id = await makeEngagement(world, { standardVersion: "3.2.1" });
  const rowId = await addRow(world, id, "8.1.6");
  await decideDisposition(await world.as("lead"), rowId, {
    ...{ version: 1, disposition: "fix_planned", note: "Soon.", fixOwner: "Platform", fixDueOn: "2028-03-31" },
  });
  return id;
}

function foreignPlan() {
  const uuid = "11111111-1111-4111-8111-111111111111";
  return {
    "plan-of-action-and-milestones": {
      uuid,
      metadata: { title: "Plan", "last-modified": "2026-01-01T00:00:00Z", version: "1", "oscal-version": "1.2.1" },
      "poam-items": [{ uuid, title: "Patch the gateway", description: "It is old." }],
    },
  };
}
