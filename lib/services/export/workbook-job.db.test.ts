import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { onBehalfOf } from "@/lib/auth/on-behalf";
import { noteExports } from "@/lib/auth/open";
import { beginExport } from "@/lib/data/exports";
import { ExportRun } from "@/lib/services/export/export-run";
import { prepareWorkbook } from "@/lib/services/export/export-workbook";
import { folderOf } from "@/lib/services/export/finished-file";
import { gatherWorkbook } from "@/lib/services/export/gather-workbook";
import { endExport, readExport } from "@/lib/services/export/own-exports";
import { planWorkbook } from "@/lib/services/export/plan-workbook";
import { requestExport } from "@/lib/services/export/request-export";
import { changeLogo } from "@/lib/services/organisation/logo";
import { makeMove } from "@/lib/services/review/make-move";
import { type BundleFolder, makeBundleFolder } from "@/test/bundle-folder";
import { makeEngagement, openSheet, sign, submitSheet, write } from "@/test/engagement";
import { makeTestFiles, type TestFiles } from "@/test/evidence-files";
import { makeWorkshop, type TestWorkshop } from "@/test/exports";
import { pngFile } from "@/test/fixtures/png-file";
import { objectiveSaying, SAMPLE_SECTIONS } from "@/test/fixtures/sample-sections";
import { inspectPdf, withPdf } from "@/test/pdf-tools";
import { runTool } from "@/test/tools";
import { type Person, World } from "@/test/world";

let bundles: BundleFolder;
let world: World;
let files: TestFiles;
let workshop: TestWorkshop;
let engagementId = "";
let draft = "";
beforeAll(async () => {
  world = await World.make();
  await world.startSigner();
  files = await makeTestFiles();
  workshop = await makeWorkshop(world, files.store);
  engagementId = await makeEngagement(world);
  await sign(world, await submitSheet(world, engagementId, "8.3.4"));
  draft = await openSheet(world, engagementId, "8.3.9");
  await write(world, draft, { ...SAMPLE_SECTIONS, objective: objectiveSaying("as it was planned") });
  bundles = await makeBundleFolder();
});
afterAll(async () => {
  await world.close();
  await files.remove();
  await workshop.remove();
  await bundles.remove();
});
beforeEach(() => world.pass({ hours: 1 }));

type Wanted = Parameters<typeof requestExport>[2];
const ask = async (by: Person, wanted: Wanted) => requestExport(await world.as(by), engagementId, wanted);

/** Begins an export as a worker does, so that it can be stopped between two of its steps. */
async function begun(by: Person, wanted: Wanted): Promise<ExportRun> {
  const { id } = await ask(by, wanted);
  const row = await noteExports(world.alone(), (tx) => beginExport(tx, id));
  const context = await onBehalfOf(world.alone(), world.userId(by), null);
  if (!row || !context) throw new Error("The export cannot be begun.");
  return new ExportRun(context, row, folderOf(workshop.exports.folder, id), new AbortController().signal);
}
const textOf = (id: string) => inspectPdf(readFileSync(workshop.fileOf(id))).text;

it("prints what was planned: a draft that was submitted since goes in as it was submitted, and a later one does not", async () => {
  const run = await begun("lead", { kind: "workbook" });
  const plan = await planWorkbook(run);
  expect(plan.sheets.map(({ frozen, revision }) => [frozen, revision])).toEqual([
    [true, 1],
    [false, 1],
  ]);
  await makeMove(await world.as("lead"), draft, { move: "submit", reason: "" });
  await makeMove(await world.as("qsa"), draft, { move: "request_changes", reason: "Say more." });
  await write(world, draft, { ...SAMPLE_SECTIONS, objective: objectiveSaying("as nobody planned it") });
  await gatherWorkbook(run, plan);
  // The worker is killed here, and another one goes on.
  await workshop.run(run.row.id);
  expect(await readExport(await world.as("lead"), run.row.id)).toMatchObject({
    state: "done",
    partsDone: 4,
    partsTotal: 4,
  });
  const text = textOf(run.row.id);
  expect(text).toContain("as it was planned");
  expect(text).not.toContain("as nobody planned it");
});

it("has the digest that the workbook has as a whole, and the pictures and files that were asked for", async () => {
  const admin = await world.steppedUp("admin");
  const picture = pngFile({ width: 60, height: 20 }).toString("base64");
  await changeLogo(admin, null, { version: 0, alt: "Quayside: a crane", picture });
  const left = await world.eventsOf(async () => {
    const made = await workshop.make("qsa", engagementId, {
      kind: "workbook",
      paper: "Letter",
      conformance: "PDF/A-3a",
    });
    expect(made.file?.name).toBe("workbook-Quayside-Payments-4.0.1-a3.pdf");
    const pdf = readFileSync(workshop.fileOf(made.id));
    expect(withPdf(pdf, (file) => runTool("pdfdetach", ["-list", file]))).toMatch(/8\.3\.4-r1-[0-9a-f-]{36}\.json/);
    expect(withPdf(pdf, (file) => runTool("pdfimages", ["-list", file]))).toMatch(/^ +1 +\d+ image +60 +20 /m);
    expect(withPdf(pdf, (file) => runTool("pdfinfo", [file]))).toContain("612 x 792");
  });
  const { digest } = await prepareWorkbook(await world.as("qsa"), engagementId, "A4");
  expect(left.at(-1)).toMatchObject({
    action: "export.made",
    detail: { digest, worksheets: 2, conformance: "PDF/A-3a" },
  });
});

it("is stopped within a second when its asker cancels it, in the middle of drawing, and leaves nothing", async () => {
  const { id } = await ask("lead", { kind: "workbook" });
  // A thread that never comes to an end stands for one that has much to draw.
  const worker = join(bundles.path, "dist", "pdf-worker.mjs");
  const real = readFileSync(worker);
  writeFileSync(worker, "for (;;) {}");
  try {
    const running = workshop.run(id);
    const folder = join(workshop.exports.folder, id);
    await vi.waitFor(() => expect(existsSync(join(folder, "book.json"))).toBe(true), { timeout: 30_000, interval: 20 });
    await endExport(await world.as("lead"), id);
    const cancelled = performance.now();
    await running;
    expect(performance.now() - cancelled).toBeLessThan(1_500);
    expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([]);
    expect(await readExport(await world.as("lead"), id)).toMatchObject({ state: "cancelled", file: null });
  } finally {
    writeFileSync(worker, real);
  }
});

it("says which worksheet cannot be drawn and why, and leaves no file", async () => {
  const run = await begun("lead", { kind: "workbook", paper: "Letter" });
  const plan = await planWorkbook(run);
  await gatherWorkbook(run, plan);
  // What was gathered is spoilt, as nothing that can be written is.
  const path = run.folder.pathOf("gathered/0000.json");
  const [first, second] = JSON.parse(readFileSync(path, "utf8")) as [object, { model: object }];
  writeFileSync(path, JSON.stringify([first, { ...second, model: { ...second.model, evidence: null } }]));
  await workshop.run(run.row.id);
  const { state, note, file } = await readExport(await world.as("lead"), run.row.id);
  expect({ state, file }).toEqual({ state: "failed", file: null });
  expect(note).toMatch(/^Worksheet 8\.3\.9, “.+”, cannot be drawn: .+\. Whoever runs the service/);
  expect(existsSync(workshop.fileOf(run.row.id))).toBe(false);
});
