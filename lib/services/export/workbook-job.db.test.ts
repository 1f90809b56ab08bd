import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { LockLost } from "@/lib/db/advisory-locks";
import { gatheringOf, gatherWorkbook } from "@/lib/services/export/gather-workbook";
import { endExport, readExport } from "@/lib/services/export/own-exports";
import { requestExport } from "@/lib/services/export/request-export";
import { changeLogo } from "@/lib/services/organisation/logo";
import { makeMove } from "@/lib/services/review/make-move";
import { openThread } from "@/lib/services/review/open-thread";
import { type BundleFolder, makeBundleFolder } from "@/test/bundle-folder";
import { makeEngagement, openSheet, sign, submitSheet, write } from "@/test/engagement";
import { makeTestFiles, type TestFiles } from "@/test/evidence-files";
import { makeWorkshop, meanwhile, type TestWorkshop } from "@/test/exports";
import { pngFile } from "@/test/fixtures/png-file";
import { objectiveSaying, SAMPLE_SECTIONS } from "@/test/fixtures/sample-sections";
import { textOfWord, unpackOffice } from "@/test/office-tools";
import { inspectPdf, withPdf } from "@/test/pdf-tools";
import { runTool } from "@/test/tools";
import { wholeWorkbook } from "@/test/whole-workbook";
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

const begun = (by: Person, wanted: Wanted) => workshop.begin(by, engagementId, wanted);
const wordsOf = async (id: string) => {
  const parts = await unpackOffice(readFileSync(workshop.fileOf(id)));
  return [...parts.values()].map(textOfWord).join("\n");
};
const fail = (why: string): never => {
  throw new Error(why);
};
const textOf = (id: string) => inspectPdf(readFileSync(workshop.fileOf(id))).text;

it.each(["workbook", "document"] as const)(
  "as %s is of one instant, whatever happens while it is gathered",
  async (kind) => {
    const sheet = await openSheet(world, engagementId, kind === "workbook" ? "8.3.6" : "8.3.7");
    await write(world, sheet, { ...SAMPLE_SECTIONS, objective: objectiveSaying(`as ${kind} was then`) });
    const run = await begun("lead", { kind });
    await gatherWorkbook(
      run,
      meanwhile(gatheringOf(run), async () => {
        const lead = await world.as("lead");
        await openThread(lead, sheet, {
          section: "objective",
          itemId: null,
          visibility: "shared",
          body: `said too late of ${kind}`,
        });
        await write(world, sheet, { ...SAMPLE_SECTIONS, objective: objectiveSaying(`as ${kind} came to be`) });
        await makeMove(lead, sheet, { move: "submit", reason: "" });
      }),
    );
    // The worker is killed here, and another one goes on.
    await workshop.run(run.row.id);
    const { state, partsDone, partsTotal } = await readExport(await world.as("lead"), run.row.id);
    expect(state).toBe("done");
    expect(partsDone).toBe(partsTotal);
    const text = kind === "workbook" ? textOf(run.row.id) : await wordsOf(run.row.id);
    expect(text).toContain(`as ${kind} was then`);
    for (const later of [`as ${kind} came to be`, `said too late of ${kind}`]) expect(text).not.toContain(later);
  },
);

it("begins to gather anew when the worker was killed meanwhile, and what came before is none of it", async () => {
  const run = await begun("lead", { kind: "workbook", paper: "Letter" });
  const gathering = gatheringOf(run);
  const killed = { ...gathering, reached: (_: unknown, done: number) => void (done > 0 && fail("killed")) };
  await expect(gatherWorkbook(run, killed)).rejects.toThrow("killed");
  expect(existsSync(run.folder.pathOf("plan.json"))).toBe(false);
  await write(world, draft, { ...SAMPLE_SECTIONS, objective: objectiveSaying("as it was at the second beginning") });
  await workshop.run(run.row.id);
  expect(textOf(run.row.id)).toContain("as it was at the second beginning");
});

it("removes what killed attempts have left, however often, and never what it goes on with", async () => {
  const run = await begun("lead", { kind: "workbook", paper: "Letter" });
  const attempts = () => readdirSync(run.folder.pathOf("gathered")).sort();
  const killed = async (name: string) => {
    await run.folder.bytes(`gathered/${name}/0000.json`, () => Buffer.from("[]"));
    await run.folder.bytes(`gathered/${name}/0001.json`, () => Buffer.from("[]"));
  };
  await killed("one");
  await killed("two");
  const { stretches } = await gatherWorkbook(run);
  const own = stretches[0]?.split("/")[1];
  expect(attempts()).toEqual([own]);
  await killed("three");
  expect((await gatherWorkbook(run)).stretches).toEqual(stretches);
  expect(attempts()).toEqual([own]);
  await workshop.run(run.row.id);
  expect((await readExport(await world.as("lead"), run.row.id)).state).toBe("done");
});

it("lays no outcome once somebody else has removed what it gathered, and the export goes on", async () => {
  const run = await begun("lead", { kind: "workbook", paper: "Letter" });
  const gathering = gatheringOf(run);
  const remove = () => rmSync(run.folder.pathOf("gathered"), { recursive: true });
  const late = { ...gathering, reached: (_: unknown, done: number) => void (done > 0 && remove()) };
  await expect(gatherWorkbook(run, late)).rejects.toThrow(LockLost);
  expect(existsSync(run.folder.pathOf("plan.json"))).toBe(false);
  // Laid in the very moment between.
  await gatherWorkbook(run);
  remove();
  await run.folder.json("book.json", () => ({ frame: "of what is gone" }));
  await workshop.run(run.row.id);
  expect((await readExport(await world.as("lead"), run.row.id)).state).toBe("done");
});

it.each(["workbook", "document"] as const)(
  "as %s that another version has begun has to be asked for anew",
  async (kind) => {
    const run = await begun("lead", { kind, paper: "Letter" });
    await run.folder.json("plan.json", () => ({ version: 1, sheets: [] }));
    await workshop.run(run.row.id);
    const { state, note } = await readExport(await world.as("lead"), run.row.id);
    expect({ state, note }).toEqual({ state: "failed", note: expect.stringContaining("begun by another version") });
  },
);

it("names the worksheet that cannot be read, and leaves no outcome", async () => {
  const run = await begun("lead", { kind: "workbook", paper: "Letter" });
  const gathering = gatheringOf(run);
  const torn: typeof gathering = {
    ...gathering,
    gather: (tx, grant, some) =>
      some.some(({ id }) => id === draft) ? fail("torn") : gathering.gather(tx, grant, some),
  };
  await expect(gatherWorkbook(run, torn)).rejects.toMatchObject({
    code: "wrong_state",
    message: expect.stringContaining("Worksheet 8.3.9 cannot be read."),
  });
  expect(existsSync(run.folder.pathOf("plan.json"))).toBe(false);
  await endExport(await world.as("lead"), run.row.id);
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
  const { digest, worksheets } = (await wholeWorkbook(await world.as("qsa"), engagementId)).model;
  expect(left.at(-1)).toMatchObject({
    action: "export.made",
    detail: { digest, worksheets: worksheets.length, conformance: "PDF/A-3a" },
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

it.each(["workbook", "document"] as const)(
  "as %s says which worksheet cannot be drawn and why, and leaves no file",
  async (kind) => {
    const run = await begun("lead", { kind, paper: "Letter" });
    const { stretches } = await gatherWorkbook(run);
    // What was gathered is spoilt, as nothing that can be written is.
    const path = run.folder.pathOf(stretches[0] ?? "");
    const [first, second] = JSON.parse(readFileSync(path, "utf8")) as [object, { model: object }];
    writeFileSync(path, JSON.stringify([first, { ...second, model: { ...second.model, evidence: null } }]));
    await workshop.run(run.row.id);
    const { state, note, file } = await readExport(await world.as("lead"), run.row.id);
    expect({ state, file }).toEqual({ state: "failed", file: null });
    expect(note).toMatch(/^Worksheet 8\.3\.\d, “.+”, cannot be drawn: .+\. Whoever runs the service/);
    expect(existsSync(workshop.fileOf(run.row.id))).toBe(false);
  },
);
