import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { WorkbookPdfModel, WorksheetPdfModel } from "@/lib/render/pdf/view-model";
import { copyForRoc } from "@/lib/services/export/copy-for-roc";
import { exportWorksheet, exportWorksheetDocx, prepareWorksheet } from "@/lib/services/export/export-worksheet";
import { makeMove } from "@/lib/services/review/make-move";
import { openThread } from "@/lib/services/review/open-thread";
import { getWorksheet } from "@/lib/services/worksheet/get-worksheet";
import { saveSection } from "@/lib/services/worksheet/save-section";
import { setAssignees } from "@/lib/services/worksheet/set-assignees";
import { type BundleFolder, makeBundleFolder } from "@/test/bundle-folder";
import { addRow, makeEngagement, openSheet, sign, write } from "@/test/engagement";
import { doc, para } from "@/test/fixtures/narrative";
import { objectiveSaying, SAMPLE_SECTIONS } from "@/test/fixtures/sample-sections";
import { textOfWord, unpackOffice } from "@/test/office-tools";
import { wholeWorkbook } from "@/test/whole-workbook";
import { nameOf, type Person, World } from "@/test/world";

let world: World;
let engagementId = "";
let sheet = "";
beforeAll(async () => {
  world = await World.make();
  engagementId = await makeEngagement(world, { internalReview: true });
  sheet = await openSheet(world, engagementId, "8.3.4");
  await addRow(world, engagementId, "8.3.6");
});
afterAll(() => world.close());

/** Makes the contributor write words that can be looked for. */
const say = (words: string) => write(world, sheet, { ...SAMPLE_SECTIONS, objective: objectiveSaying(words) });
/** Makes somebody else an author. */
async function addWords(by: Person, words: string): Promise<void> {
  const context = await world.as(by);
  const baseVersion = (await getWorksheet(context, sheet)).sections?.definition?.version ?? 0;
  const content = { ...SAMPLE_SECTIONS.definition, narrative: doc(para(words)) };
  await saveSection(context, sheet, "definition", { baseVersion, content });
}
const move = async (by: Person, name: Parameters<typeof makeMove>[2]["move"], reason = "") =>
  makeMove(await world.as(by), sheet, { move: name, reason });
const talk = async (by: Person, visibility: "shared" | "private", body: string) =>
  openThread(await world.as(by), sheet, { section: "definition", itemId: "c1", visibility, body });

async function worksheetModel(by: Person, revision?: number): Promise<WorksheetPdfModel> {
  const { job } = await prepareWorksheet(await world.as(by), sheet, { paper: "A4", revision });
  if (job.kind !== "worksheet") throw new Error("Another job than asked for.");
  return job.model;
}
async function attachedTo(by: Person, conformance?: "PDF/UA-1" | "PDF/A-3a") {
  const { job } = await prepareWorksheet(await world.as(by), sheet, { paper: "A4", conformance });
  return job.attachments ?? [];
}
async function workbookModel(by: Person): Promise<WorkbookPdfModel> {
  return (await wholeWorkbook(await world.as(by), engagementId)).model;
}
const roles = (model: WorksheetPdfModel) => model.people.map(({ role, name }) => [role, name]);

describe("what goes to the printer", () => {
  it("is the draft for the entity, marked as such, and nothing at all for the others", async () => {
    await say("first words");
    await talk("lead", "private", "private to the entity");
    const model = await worksheetModel("lead");
    const { digest } = await getWorksheet(await world.as("lead"), sheet);
    expect(model).toMatchObject({ draft: true, state: "draft", revision: 1, digest, revisions: [], threads: [] });
    // PDF/A carries along the very bytes that the digest on its pages is of.
    const [content] = await attachedTo("lead", "PDF/A-3a");
    expect(
      createHash("sha256")
        .update(content?.text ?? "")
        .digest("hex"),
    ).toBe(digest);
    expect(await attachedTo("lead")).toEqual([]);
    expect(roles(model)).toEqual([
      ["Author", nameOf("lead")],
      ["Author", nameOf("contributor")],
    ]);
    expect(JSON.stringify(model)).not.toContain("private to");
    for (const person of ["qsa", "observer"] as const) {
      await expect(worksheetModel(person), person).rejects.toMatchObject({ code: "forbidden" });
      const workbook = await workbookModel(person);
      expect(workbook.worksheets, person).toEqual([]);
      expect(workbook.rows, person).toMatchObject([
        { requirementNumber: "8.3.4", worksheetState: "draft", worksheetIndex: null },
        { requirementNumber: "8.3.6", worksheetState: null },
      ]);
    }
  });

  it("is for the assessor what was submitted: no later draft, no internal review, no private word of the entity", async () => {
    await move("lead", "submit");
    await move("reviewer", "send_back", "our inner doubt");
    await move("lead", "submit");
    await move("reviewer", "approve_internally");
    await talk("qsa", "shared", "Which users?");
    await talk("qsa", "private", "private to the firm");
    await move("qsa", "request_changes", "Say which users.");
    await setAssignees(await world.as("lead"), sheet, [world.userId("contributor"), world.userId("colleague")]);
    world.pass({ minutes: 1 });
    await say("unsubmitted words");
    await addWords("colleague", "unsubmitted controls");
    await move("lead", "submit");
    for (const model of [await worksheetModel("qsa"), (await workbookModel("qsa")).worksheets[0]]) {
      expect(model).toMatchObject({ revision: 1, state: "changes_requested", draft: true });
      expect(model && roles(model)).not.toContainEqual(["Author", nameOf("colleague")]);
      expect(model?.transitions.map((one) => one.move)).toEqual(["approve_internally", "request_changes"]);
      expect(model?.threads).toMatchObject([
        { itemLabel: "C1", comments: [{ side: "assessor", body: "Which users?" }] },
      ]);
      const text = JSON.stringify(model);
      expect(text).toContain("first words");
      for (const secret of ["unsubmitted", "inner doubt", "private to"]) expect(text).not.toContain(secret);
    }
    const refused = { code: "not_found" };
    await expect(worksheetModel("qsa", 2)).rejects.toMatchObject(refused);
    const lead = await worksheetModel("lead");
    expect(lead).toMatchObject({ state: "internal_review", revision: 2 });
    expect(JSON.stringify(lead)).toContain("our inner doubt");
    expect(JSON.stringify(lead)).not.toContain("private to");
    expect(await worksheetModel("lead", 1)).toMatchObject({ state: "changes_requested", revision: 1 });
    const table = JSON.stringify(await copyForRoc(await world.as("qsa"), sheet));
    expect(table).toContain("first words");
    expect(table).not.toContain("unsubmitted");
  });

  it("is for an observer the signed revision with its signature, and stays that while the next one is written", async () => {
    await move("reviewer", "approve_internally");
    await expect(worksheetModel("observer")).rejects.toMatchObject({ code: "forbidden" });
    await sign(world, sheet);
    const signed = await worksheetModel("observer");
    expect(signed).toMatchObject({ draft: false, state: "signed", revision: 2, threads: [], transitions: [] });
    expect(signed.revisions.map(({ number }) => number)).toEqual([2]);
    expect(signed.signOffs).toMatchObject([{ kind: "signed", revision: 2, signerName: nameOf("qsa") }]);
    expect(roles(signed)).toEqual([
      ["Author", nameOf("lead")],
      ["Author", nameOf("contributor")],
      ["Author", nameOf("colleague")],
      ["Lead QSA", nameOf("qsa")],
    ]);

    const before = await prepareWorksheet(await world.as("observer"), sheet, { paper: "A4" });
    world.pass({ days: 1 });
    await makeMove(await world.steppedUp("lead"), sheet, { move: "reopen", reason: "" });
    await say("third words");
    await addWords("lead", "third controls");
    // It says that there will be another one, and is otherwise what it was, to the instant that it is dated.
    const reopened = { ...signed, successor: { revision: 3, submitted: false } };
    const after = await prepareWorksheet(await world.as("observer"), sheet, { paper: "A4" });
    expect(after).toEqual({ ...before, job: { ...before.job, model: reopened } });
    expect((await workbookModel("observer")).worksheets).toEqual([reopened]);
    await expect(worksheetModel("observer", 1)).rejects.toMatchObject({ code: "not_found" });
    expect(await worksheetModel("lead", 2)).toMatchObject({ draft: false, state: "signed", revision: 2 });
    expect(await worksheetModel("lead")).toMatchObject({ draft: true, state: "draft", revision: 3 });
  });

  it("leaves one event each, and a stranger nothing", async () => {
    const exports = [
      ["table", () => world.as("qsa").then((by) => copyForRoc(by, sheet))],
      ["pdf", () => worksheetModel("observer")],
      ["docx", async () => exportWorksheetDocx(await world.as("observer"), sheet, { paper: "A4" })],
    ] as const;
    for (const person of ["qsa", "observer"] as const) await world.as(person);
    for (const [format, work] of exports) {
      const left = await world.eventsOf(work);
      expect(left).toMatchObject([{ action: "export.made", chain: "entity", changes: [], detail: { format } }]);
      expect(left[0]?.detail.digest).toMatch(/^[0-9a-f]{64}$/);
    }
    await expect(worksheetModel("stranger")).rejects.toMatchObject({ code: "not_found" });
    await expect(workbookModel("stranger")).rejects.toMatchObject({ code: "not_found" });
    await expect(workbookModel("admin")).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("the document for word processors", () => {
  it("holds what the same person gets printed, under the same name, and the same bytes each time", async () => {
    const make = async () => exportWorksheetDocx(await world.as("observer"), sheet, { paper: "Letter" });
    const [first, again] = [await make(), await make()];
    expect(first.name).toBe("ccw-8.3.4-r2.docx");
    expect(first.bytes.equals(again.bytes)).toBe(true);
    const text = textOfWord((await unpackOffice(first.bytes)).get("word/document.xml") ?? "");
    expect(text).toContain("unsubmitted words");
    for (const hidden of ["third words", "private to", "our inner doubt"]) expect(text).not.toContain(hidden);
  });
});

describe("the printed file", () => {
  let bundles: BundleFolder;
  beforeAll(async () => {
    bundles = await makeBundleFolder();
  });
  afterAll(() => bundles.remove());

  it("has the same bytes for the same content, under a name that says what it is", async () => {
    const signal = new AbortController().signal;
    const print = async () => exportWorksheet(await world.as("observer"), sheet, { paper: "A4" }, signal);
    const [first, again] = [await print(), await print()];
    expect(first.name).toBe("ccw-8.3.4-r2.pdf");
    expect(first.bytes.subarray(0, 5).toString()).toBe("%PDF-");
    expect(first.bytes.equals(again.bytes)).toBe(true);
  });
});
