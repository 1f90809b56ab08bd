import { spawn } from "node:child_process";
import { readFile, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Config } from "@/lib/config";
import { manifestPath, takeManifest, writeManifest } from "../support/integrity";
import { ROOT } from "../support/run-program";
import type { Closers } from "./closers";
import type { LauncherDatabase } from "./databases";

const HOUR_MS = 60 * 60_000;
const WEEK_MS = 7 * 24 * HOUR_MS;

/** Where it is noted when the last sweep ended. */
export function sweptPath(dataFolder: string): string {
  return join(dataFolder, "integrity", "swept.txt");
}

/**
 * Notes what the installation's files are at this start, and from then on has everything looked through each week
 * (`npm run evidence:sweep`); where a virus scanner is set up, what waits for it is tried again each hour.
 */
export async function keepSweeping(settings: Config, { appUrl }: LauncherDatabase, closers: Closers): Promise<void> {
  await writeManifest(settings.dataFolder, await takeManifest(settings.buildFolder));
  let running = false;
  const timer = setInterval(() => {
    // A sweep of more than an hour gets no second one beside it.
    if (running) return;
    running = true;
    void sweepWhenDue(settings, appUrl, closers).finally(() => {
      running = false;
    });
  }, HOUR_MS);
  timer.unref();
  closers.add(async () => clearInterval(timer));
}

async function sweepWhenDue(settings: Config, appUrl: string, closers: Closers): Promise<void> {
  if (closers.isClosing) return;
  const swept = await readFile(sweptPath(settings.dataFolder), "utf8").catch(() => "");
  const started = await stat(manifestPath(settings.dataFolder)).catch(() => null);
  const last = Date.parse(swept) || (started?.mtime.getTime() ?? Date.now());
  const due = Date.now() - last >= WEEK_MS;
  if (!due && !settings.evidence.scanner) return;
  const child = spawn(process.execPath, ["scripts/run.mjs", "evidence-sweep", ...(due ? [] : ["--pending"])], {
    cwd: ROOT,
    env: { ...process.env, COUNTERVAIL_DATA: resolve(settings.dataFolder), DATABASE_URL: appUrl },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const forget = closers.add(async () => {
    child.kill("SIGTERM");
  });
  await new Promise<void>((ended) => {
    child.once("error", () => ended());
    child.once("close", () => ended());
  });
  forget();
}
