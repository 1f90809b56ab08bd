import { type ChildProcess, spawn } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Config } from "@/lib/config";
import { openSigner, type Signer } from "@/lib/signing/client";
import { signerSocketPath } from "@/lib/signing/socket-path";
import { ROOT } from "../support/run-program";
import type { Closers } from "./closers";
import { Patience } from "./patience";

/** How long a signer may take to answer the first time (milliseconds). */
const START_TIME = 60_000;

/** How long it may take to end when it is asked to (milliseconds). */
const END_TIME = 10_000;

/** After it ended by itself, or too often: how long until it is tried again (milliseconds). */
const REST = 10_000;

const AWAY = "Until it runs nothing can be signed and no checkpoint is made; everything else goes on.";

/**
 * Starts the signer, waits until it answers, and keeps it running. Countervail works without one, except for what has to
 * be signed, so that a signer that does not start is said and tried again, and ends nothing.
 * @param databaseUrl PostgreSQL as the signer's login; undefined when there is none
 * @returns the signer, to be asked
 */
export async function startSigner(
  settings: Config,
  databaseUrl: string | undefined,
  closers: Closers,
): Promise<Signer> {
  const socketPath = signerSocketPath(settings);
  const signer = openSigner(socketPath);
  if (settings.signerSocket !== undefined) {
    if ((await signer.health()) === null) console.error(`The signer at ${socketPath} does not answer. ${AWAY}`);
    return signer;
  }
  if (databaseUrl === undefined) {
    console.error(`There is no signer: set COUNTERVAIL_SIGNER_DATABASE_URL (npm run db:init makes its login). ${AWAY}`);
    return signer;
  }
  await mkdir(settings.signerFolder, { recursive: true, mode: 0o700 });
  const hasEnded = keepRunning(settings, databaseUrl, closers);
  if (!(await answers(signer, () => closers.isClosing || hasEnded()))) {
    console.error(`The signer does not answer. ${AWAY}`);
  }
  return signer;
}

/** @returns whether it ended by itself, with a reason that it said */
function keepRunning(settings: Config, databaseUrl: string, closers: Closers): () => boolean {
  let child = launch(settings, databaseUrl);
  let rest: NodeJS.Timeout | undefined;
  closers.add(async () => {
    clearTimeout(rest);
    await stop(child);
  });
  let hasEnded = false;
  const patience = new Patience();
  const watch = () => {
    child.once("exit", (code) => {
      if (closers.isClosing) return;
      hasEnded = code !== null;
      const again = () => {
        child = launch(settings, databaseUrl);
        watch();
      };
      if (hasEnded || patience.isOver()) {
        console.error(`The signer ended: see its message above. It is tried again in a while. ${AWAY}`);
        rest = setTimeout(again, REST);
        return;
      }
      console.error("The signer ended unexpectedly; it is started again.");
      again();
    });
  };
  watch();
  return () => hasEnded;
}

/** It is told what it needs and nothing of what others sign in with. */
function launch(settings: Config, databaseUrl: string): ChildProcess {
  const { PATH, HOME, TMPDIR } = process.env;
  const follow = new URL("./follow-parent.mjs", import.meta.url).href;
  const child = spawn(process.execPath, ["--import", follow, "scripts/run.mjs", "signer"], {
    cwd: ROOT,
    env: {
      PATH,
      HOME,
      TMPDIR,
      NODE_ENV: "production",
      COUNTERVAIL_FOLLOW: "1",
      COUNTERVAIL_DATA: resolve(settings.dataFolder),
      COUNTERVAIL_SIGNER_DATABASE_URL: databaseUrl,
      COUNTERVAIL_LOG: settings.logLevel,
      ...(settings.demo ? { COUNTERVAIL_SIGNER_BACKDATES: "demo" } : {}),
    },
    // A session of its own: Ctrl-C reaches the launcher alone, which ends the signer before the database.
    detached: true,
    stdio: ["pipe", "inherit", "inherit"],
  });
  child.stdin?.on("error", () => undefined);
  return child;
}

async function answers(signer: Signer, isOver: () => boolean): Promise<boolean> {
  const end = Date.now() + START_TIME;
  while (Date.now() < end && !isOver()) {
    if ((await signer.health()) !== null) return true;
    await pause(100);
  }
  return false;
}

/** Asks it to end, lets what it is doing finish, and insists after a while. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((done) => child.once("exit", () => done()));
  child.kill("SIGTERM");
  const insist = setTimeout(() => child.kill("SIGKILL"), END_TIME);
  await gone;
  clearTimeout(insist);
}
