import { type ChildProcess, spawn } from "node:child_process";
import { resolve } from "node:path";
import type { Config } from "@/lib/config";
import { signerSocketPath } from "@/lib/signing/socket-path";
import { ROOT } from "../support/run-program";
import type { Closers } from "./closers";
import { Patience } from "./patience";
import { threadPool } from "./threads";

/** How long it may take to come to the end of a part when it is asked to end (milliseconds). */
const END_TIME = 15_000;

/** After it ended by itself, or too often: how long until it is tried again (milliseconds). */
const REST = 10_000;

const AWAY = "Until it runs exports and webhooks wait; everything else goes on.";

/**
 * Starts the worker and keeps it running. Countervail works without one, except for exports and webhooks, so that a worker that does
 * not start is said and tried again, and ends nothing.
 * @param databaseUrl PostgreSQL as the worker's login; undefined when there is none
 */
export function startWorker(settings: Config, databaseUrl: string | undefined, closers: Closers): void {
  if (databaseUrl === undefined) {
    console.error(`There is no worker: set COUNTERVAIL_WORKER_DATABASE_URL (npm run db:init makes its login). ${AWAY}`);
    return;
  }
  let child = launch(settings, databaseUrl);
  let rest: NodeJS.Timeout | undefined;
  closers.add(async () => {
    clearTimeout(rest);
    await stop(child);
  });
  const patience = new Patience();
  const watch = () => {
    child.once("exit", (code) => {
      if (closers.isClosing) return;
      const again = () => {
        child = launch(settings, databaseUrl);
        watch();
      };
      if (code !== null || patience.isOver()) {
        console.error(`The worker ended: see its message above. It is tried again in a while. ${AWAY}`);
        rest = setTimeout(again, REST);
        return;
      }
      console.error("The worker ended unexpectedly; it is started again, and exports go on where they were.");
      again();
    });
  };
  watch();
}

/** What the worker is not told: it signs nobody in and owns nothing. Keys it needs for the secrets of webhooks. */
const WITHHELD = [
  "DATABASE_URL",
  "COUNTERVAIL_MIGRATION_URL",
  "COUNTERVAIL_ADMIN_URL",
  "COUNTERVAIL_SIGNER_DATABASE_URL",
  "COUNTERVAIL_KEEPER_DATABASE_URL",
  "COUNTERVAIL_AUTH_SECRET",
  "COUNTERVAIL_SETUP_CODE",
];

/** How many threads it needs at least: it looks up the names of webhooks of all organisations. */
const THREADS = 128;

function launch(settings: Config, databaseUrl: string): ChildProcess {
  const follow = new URL("./follow-parent.mjs", import.meta.url).href;
  const told = Object.entries(process.env).filter(([name]) => !WITHHELD.includes(name));
  // What libraries will drop one day is of no use to an operator.
  const command = ["--no-deprecation", "--import", follow, "scripts/run.mjs", "worker"];
  const child = spawn(process.execPath, command, {
    cwd: ROOT,
    env: {
      ...Object.fromEntries(told),
      ...threadPool(THREADS, process.env.UV_THREADPOOL_SIZE),
      NODE_ENV: "production",
      COUNTERVAIL_FOLLOW: "1",
      PORT: String(settings.port),
      COUNTERVAIL_URL: settings.url,
      COUNTERVAIL_DATA: resolve(settings.dataFolder),
      COUNTERVAIL_KEK_FILE: resolve(settings.kekFile),
      COUNTERVAIL_SIGNER: signerSocketPath(settings),
      COUNTERVAIL_WORKER_DATABASE_URL: databaseUrl,
      // That the demo is there is not the worker's business, and without another database its setting would be refused.
      COUNTERVAIL_DEMO: "0",
    },
    // A session of its own: Ctrl-C reaches the launcher alone, which ends the worker before the database.
    detached: true,
    stdio: ["pipe", "inherit", "inherit"],
  });
  child.stdin?.on("error", () => undefined);
  return child;
}

/** Asks it to end, lets the part that it is at finish, and insists after a while. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((done) => child.once("exit", () => done()));
  child.kill("SIGTERM");
  const insist = setTimeout(() => child.kill("SIGKILL"), END_TIME);
  await gone;
  clearTimeout(insist);
}
