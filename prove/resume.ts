import { cpSync, existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { onBehalfOf } from "@/lib/auth/on-behalf";
import type { View } from "@/lib/domain/access/policy";
import type { ExportKind } from "@/lib/domain/export/states";
import { ExportRun } from "@/lib/services/export/export-run";
import { makeWorkbook } from "@/lib/services/export/export-workbook";
import { makePack } from "@/lib/services/export/make-pack";
import { readExport } from "@/lib/services/export/own-exports";
import { requestExport } from "@/lib/services/export/request-export";
import { fileStore } from "@/lib/storage/file-store";
import { JobFolder } from "@/lib/storage/job-folder";
import { verifyFile } from "@/lib/verifier/program";
import { makeStage, type Stage } from "./resume/stage";
import { Findings } from "./support/findings";
import type { Proof } from "./support/proof";

/** How long a step may take to leave its outcome, starting of the worker included (milliseconds). */
const PATIENCE = 240_000;

/** How many packs more are made when some of the moments went by before they were seen. */
const MORE_PACKS = 5;

/** A moment at which the worker is killed: when that is there in the job's folder. */
interface Point {
  readonly name: string;
  readonly isThere: (folder: string) => boolean;
}

const outcome = (name: string): Point => ({ name, isThere: (folder) => existsSync(join(folder, name)) });
const namesIn = (folder: string) => (existsSync(folder) ? readdirSync(folder) : []);
const pdfs = (count: number): Point => ({
  name: `PDF ${count}`,
  isThere: (folder) => namesIn(join(folder, "pdf")).filter((name) => name.endsWith(".pdf")).length >= count,
});
const FIXED = outcome("checkpoint.json");
const SHORT_PACK = [FIXED, outcome("signature.json")];
/** A stretch lies in a folder of the attempt that it was gathered in; without the plan it is of no use to another one. */
const GATHERED: Point = {
  name: "a stretch",
  isThere: (folder) =>
    namesIn(join(folder, "gathered")).some((name) => namesIn(join(folder, "gathered", name)).length > 0),
};
const PACK: readonly Point[] = [
  GATHERED,
  outcome("plan.json"),
  FIXED,
  outcome("proofs.json"),
  outcome("evidence.json"),
  pdfs(1),
  pdfs(2),
  outcome("verify.mjs"),
  outcome("readme.txt"),
  outcome("manifest.json"),
  outcome("signature.json"),
  {
    name: "half an archive",
    isThere: (folder) => namesIn(folder).some((name) => name.startsWith("file.") && name.endsWith(".draft")),
  },
  outcome("file"),
];
const WORKBOOK: readonly Point[] = [
  GATHERED,
  outcome("plan.json"),
  outcome("book.json"),
  {
    name: "half a PDF",
    isThere: (folder) => namesIn(folder).some((name) => name.startsWith("file.") && name.endsWith(".draft")),
  },
  outcome("file"),
];

const DOCUMENT = WORKBOOK.filter(({ name }) => name !== "half a PDF");

/**
 * The worker is killed by SIGKILL at each step of an export, when the step's outcome appears, and started anew, time and
 * again until the export is done. The file then is the one that an uninterrupted run gives from the same beginning; its
 * sealing is recorded once, and before it can be had; it verifies; and nothing else of the job stays.
 */
export const prove: Proof = async ({ short }) => {
  const findings = new Findings();
  const stage = await makeStage();
  try {
    const points = short ? SHORT_PACK : PACK;
    const pack = await killThrough(stage, "pack", points, findings);
    const wanted = short ? SHORT_PACK.length : 8;
    const missed = () => points.filter(({ name }) => !pack.includes(name));
    // Whether a moment is met is chance on a busy machine, and says nothing of the product: another pack has it again.
    for (let more = 0; more < MORE_PACKS && pack.length < wanted; more += 1) {
      pack.push(...(await killThrough(stage, "pack", missed(), findings)));
    }
    findings.expect(pack.length >= wanted, `packs were killed at ${pack.length} points only: ${pack.join(", ")}`);
    const workbook = short ? [] : await killThrough(stage, "workbook", WORKBOOK, findings);
    findings.expect(short || workbook.length > 0, "the workbook was killed at no point");
    const document = short ? [] : await killThrough(stage, "document", DOCUMENT, findings);
    findings.expect(short || document.length > 0, "the document was killed at no point");
    const kills = [...pack, ...workbook, ...document];
    return findings.result(
      `${kills.length} kills of the worker (${kills.join(", ")}): the same SHA-256 as a run without any, sealed once, verifies`,
    );
  } finally {
    await stage.remove();
  }
};

/** Kills one export at each point that comes. @returns the points at which it was */
async function killThrough(
  stage: Stage,
  kind: ExportKind,
  points: readonly Point[],
  findings: Findings,
): Promise<string[]> {
  const { world, engagementId, dataFolder } = stage;
  const { id } = await requestExport(await world.as("qsa"), engagementId, { kind });
  const folder = join(dataFolder, "exports", id);
  const killed: string[] = [];
  let clean: string | null = null;
  for (const point of points) {
    // A killed worker may have come further than the step that it was to be killed at.
    if (point.isThere(folder)) continue;
    if (!(await killAt(stage, folder, point))) break;
    killed.push(point.name);
    const isFixed = existsSync(join(folder, kind === "pack" ? FIXED.name : "book.json"));
    if (clean === null && isFixed) clean = await runClean(stage, id, folder);
  }
  await finish(stage, id);
  const made = await readExport(await world.as("qsa"), id);
  findings.expect(made.state === "done", `the ${kind} is ${made.state}: ${made.note}`);
  // Of one that was over before anybody looked there is nothing to compare: it was killed at no point.
  findings.expect(
    clean === null || made.file?.sha256 === clean,
    `the ${kind} is ${made.file?.sha256}, and ${clean} without kills`,
  );
  findings.expect(
    namesIn(folder).join() === "file",
    `of the ${kind} there is more left than its file: ${namesIn(folder)}`,
  );
  await checkEvents(stage, id, kind, findings);
  if (kind === "pack") {
    const { verdict } = await verifyFile({ pack: join(folder, "file"), root: stage.root, older: null }, new Date());
    findings.expect(verdict === "valid", `the resumed pack is ${verdict}`);
  }
  return clean === null ? [] : killed;
}

/** Lets a worker run until the point comes, and kills it there. @returns false when the export was over before */
async function killAt(stage: Stage, folder: string, point: Point): Promise<boolean> {
  const worker = stage.startWorker();
  const end = Date.now() + PATIENCE;
  try {
    while (!point.isThere(folder)) {
      // The rest of the folder goes when the file is done.
      if (namesIn(folder).join() === "file" && point.name !== "file") return false;
      if (Date.now() > end) throw new Error(`${point.name} does not come: ${worker.words()}`);
      await pause(1);
    }
  } finally {
    await worker.kill();
  }
  return true;
}

/** The export made in one go from what its first steps have fixed, in a folder of its own. @returns the file's digest */
async function runClean({ world, dataFolder }: Stage, id: string, folder: string): Promise<string> {
  const copy = join(dataFolder, `clean-${id}`);
  for (const name of ["plan.json", "gathered", FIXED.name, "book.json"]) {
    if (existsSync(join(folder, name))) cpSync(join(folder, name), join(copy, name), { recursive: true });
  }
  const stored = await world.behind.prisma.exportJob.findUniqueOrThrow({ where: { id } });
  const context = await onBehalfOf(world.alone(), stored.requestedById);
  if (!context) throw new Error("The asker's account is gone.");
  const { kind, paper, size: _, state: __, step: ___, ...rest } = stored;
  const row = {
    ...rest,
    kind: kind as ExportKind,
    paper: paper === "" ? null : ("A4" as const),
    conformance: kind === "document" ? null : ("PDF/UA-1" as const),
    seen: stored.seen as View,
    state: "running" as const,
    step: null,
    size: null,
  };
  const run = new ExportRun(
    { ...context, url: "http://localhost:3000" },
    row,
    new JobFolder(copy),
    new AbortController().signal,
  );
  const store = fileStore(join(dataFolder, "blobs", "stored"));
  const made =
    row.kind === "pack" ? await makePack(run, store, "http://localhost:3000/verify") : await makeWorkbook(run);
  return made.sha256;
}

/** Lets a worker bring the export to its end, and stops it in good order. */
async function finish({ world, startWorker }: Stage, id: string): Promise<void> {
  const worker = startWorker();
  const end = Date.now() + PATIENCE;
  try {
    for (;;) {
      const { state } = await world.behind.prisma.exportJob.findUniqueOrThrow({ where: { id } });
      if (state !== "queued" && state !== "running") return;
      if (Date.now() > end) throw new Error(`The export does not end: ${worker.words()}`);
      await pause(50);
    }
  } finally {
    await worker.stop();
  }
}

async function checkEvents({ world }: Stage, id: string, kind: ExportKind, findings: Findings): Promise<void> {
  const events = await world.behind.prisma.auditEvent.findMany({ where: { payload: { contains: id } } });
  const told = events.map(({ action }) => action).filter((action) => action !== "export.requested");
  const wanted = kind === "pack" ? "pack.sealed" : "export.made";
  findings.expect(told.join() === wanted, `the trail tells of the ${kind}: ${told.join(", ")}`);
}
