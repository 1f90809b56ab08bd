import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { startTemporaryServer } from "@/lib/db/embedded/temporary";
import { estimate } from "@/lib/services/export/estimate-export";
import { readExport } from "@/lib/services/export/own-exports";
import { requestExport } from "@/lib/services/export/request-export";
import { loadCatalogue } from "@/prisma/seed/catalogue";
import { makeEngagement, submitSheet } from "@/test/engagement";
import { World } from "@/test/world";
import { startWorkerProcess } from "../prove/resume/worker-process";
import { cloneSheets } from "./exports/clone-sheets";
import { type BenchResult, type Check, figureOf, type Row } from "./support/result";

/** Worksheets of the workbooks; `BENCH_EXPORTS=20,200` in the environment takes others. */
const COUNTS = (process.env.BENCH_EXPORTS ?? "100,1000,5000").split(",").map(Number);
const PATIENCE_MS = 20 * 60_000;

/** An export that was made, beside what was said of it before. */
interface Made {
  readonly worksheets: number;
  readonly seconds: number;
  readonly peakMb: number;
  readonly pages: number;
  readonly mb: number;
  readonly toldSeconds: number;
  readonly toldPages: number | null;
  readonly toldMb: number;
}

/**
 * `npm run bench -- exports`: the export of workbooks of 100, 1,000 and 5,000 worksheets as PDF, as the product makes
 * it: by the worker's process, from PostgreSQL to the finished file. Tells the most memory that the process held, with the
 * thread that draws in it, and what was estimated before. Build the workers first.
 */
export async function bench(): Promise<BenchResult> {
  const made: Made[] = [];
  for (const count of COUNTS) {
    console.error(`export of ${count} …`);
    made.push(await measure(count));
  }
  return { rows: made.map(rowOf), checks: made.flatMap(checksOf), versions: {} };
}

const taskOf = ({ worksheets }: Made) => `workbook of ${worksheets.toLocaleString("en")}, from database to file`;

function rowOf(made: Made): Row {
  return {
    ...{ task: taskOf(made), side: "Countervail", unit: "s" },
    figure: figureOf([made.seconds]),
    memory: figureOf([made.peakMb]),
    extra: { pages: made.pages, "file MB": made.mb },
  };
}

/** What was told before the start, beside what came: told, and held to nothing, for it depends on the texts. */
function checksOf(made: Made): Check[] {
  const about = (what: string, told: number | null, came: number): Check => {
    return {
      task: taskOf(made),
      what: `${what}: told ÷ come`,
      value: told !== null && came > 0 ? told / came : undefined,
      unit: "×",
    };
  };
  return [
    about("seconds", made.toldSeconds, made.seconds),
    about("pages", made.toldPages, made.pages),
    about("size", made.toldMb, made.mb),
  ];
}

async function measure(count: number): Promise<Made> {
  const temporary = await startTemporaryServer();
  const dataFolder = mkdtempSync(join(tmpdir(), "countervail-bench-"));
  try {
    const addresses = await temporary.makeMigrated("bench");
    await loadCatalogue(addresses.ownerUrl);
    const adminUrl = temporary.server.adminUrl("bench");
    const world = await World.make(new Date().toISOString(), {
      stored: { ...addresses, adminUrl, drop: async () => undefined },
    });
    const signer = await world.startSigner();
    const engagementId = await makeEngagement(world);
    await submitSheet(world, engagementId, "8.3.4");
    await cloneSheets(adminUrl, engagementId, count - 1);
    const lead = await world.as("lead");
    const told = await estimate(lead, engagementId, { kind: "workbook", paper: "A4", conformance: "PDF/UA-1" });
    const { id } = await requestExport(lead, engagementId, { kind: "workbook" });
    const worker = startWorkerProcess({
      COUNTERVAIL_WORKER_DATABASE_URL: addresses.workerUrl,
      COUNTERVAIL_DATA: dataFolder,
      COUNTERVAIL_SIGNER: signer.socketPath,
    });
    const started = performance.now();
    const end = Date.now() + PATIENCE_MS;
    for (;;) {
      const { state, note } = await world.behind.prisma.exportJob.findUniqueOrThrow({ where: { id } });
      if (state === "done") break;
      if (state === "failed" || Date.now() > end) throw new Error(`The export is ${state}: ${note} ${worker.words()}`);
      await pause(200);
    }
    const seconds = Math.round((performance.now() - started) / 100) / 10;
    const peakMb = peakOf(worker.pid);
    await worker.stop();
    const { file } = await readExport(lead, id);
    const pdf = readFileSync(join(dataFolder, "exports", id, "file"));
    const pages = Number(/\/Count (\d+)/.exec(pdf.toString("latin1"))?.[1]);
    await world.close();
    return {
      worksheets: count,
      ...{ seconds, peakMb, pages, mb: megabytes(file?.size ?? 0) },
      ...{ toldSeconds: told.seconds, toldPages: told.pages, toldMb: megabytes(told.bytes) },
    };
  } finally {
    await temporary.remove();
    rmSync(dataFolder, { recursive: true, force: true });
  }
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 10_000) / 100;
}

/** The most that a process held at once, in MB; Linux alone tells it. */
function peakOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Math.round(Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024);
}
