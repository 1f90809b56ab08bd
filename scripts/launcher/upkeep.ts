import { spawn } from "node:child_process";
import { resolve } from "node:path";
import type { Config } from "@/lib/config";
import { openKeeperStore } from "@/lib/keeper/store";
import { ROOT } from "../support/run-program";
import type { Closers } from "./closers";
import type { LauncherDatabase } from "./databases";

const HOUR_MS = 60 * 60_000;

/**
 * Keeps the trail in order from now on, each hour: cuts its ranges once a month has ended, and where a setting says so
 * archives what has become old enough, which it has at the beginning of a month. An event always finds its place, whether
 * this runs or not, so that what fails is said and tried again an hour later.
 */
export function keepTrail(settings: Config, { keeperUrl }: LauncherDatabase, closers: Closers): void {
  if (keeperUrl === undefined) {
    console.error(
      "The trail is not cut into ranges, nor archived: set COUNTERVAIL_KEEPER_DATABASE_URL (npm run db:init makes its login).",
    );
    return;
  }
  let running = false;
  const look = async () => {
    // What takes more than an hour gets no second one beside it.
    if (running || closers.isClosing) return;
    running = true;
    await cutRanges(keeperUrl);
    if (settings.archive.monthly) await runArchive(settings, keeperUrl, closers);
    running = false;
  };
  const timer = setInterval(() => void look(), HOUR_MS);
  timer.unref();
  closers.add(async () => clearInterval(timer));
  void look();
}

/** Cuts what is due. Somebody who writes just then has precedence. */
async function cutRanges(keeperUrl: string): Promise<void> {
  const store = openKeeperStore(keeperUrl);
  try {
    await store.cut();
  } catch (error) {
    console.error(
      `The trail was not cut: ${error instanceof Error ? error.message : String(error)}. It is tried again.`,
    );
  } finally {
    await store.close();
  }
}

async function runArchive(settings: Config, keeperUrl: string, closers: Closers): Promise<void> {
  const child = spawn(process.execPath, ["scripts/run.mjs", "trail-archive"], {
    cwd: ROOT,
    env: {
      ...process.env,
      COUNTERVAIL_DATA: resolve(settings.dataFolder),
      COUNTERVAIL_KEEPER_DATABASE_URL: keeperUrl,
    },
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
