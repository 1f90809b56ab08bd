import { type ChildProcess, spawn } from "node:child_process";
import { rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { waitUntilGone } from "@/lib/db/embedded/processes";
import { freePort } from "@/lib/db/embedded/server";
import { makeFirstStart, newDataFolder, putFirstStart } from "./first-start";

const ROOT = fileURLToPath(new URL("../", import.meta.url));

/** How long a launcher may take to become ready; the first time it builds then (milliseconds). */
const START_TIME = 300_000;

/** How long it may take to end in good order (milliseconds). */
const END_TIME = 60_000;

/**
 * How long `startApp` may take: a first start that is made and ended before, and a start (milliseconds). A hook that
 * starts an app sets its time by this, so that what the launcher said is what a failure shows.
 */
export const APP_TIME = 2 * START_TIME + 2 * END_TIME;

/** The built app, started by the real launcher with data of its own. */
export interface RunningApp {
  /** Its address, without a slash at the end. */
  readonly url: string;
  /** Its data folder: `postgres/postmaster.pid` names the database's process. */
  readonly dataFolder: string;
  /** The launcher's process. */
  readonly launcher: ChildProcess;
  /** What the launcher and the web server wrote so far. */
  readonly output: () => string;
  /** Ends it in good order, as Ctrl-C does, and removes its data. */
  readonly stop: () => Promise<void>;
}

/** What may differ between runs. */
export interface AppOptions {
  /** Demo content and its sign-ins; on unless said otherwise. Without it the start is a real first one. */
  readonly demo?: boolean;
  /** More settings for the launcher. */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Starts the app on a free port with `npm start`'s launcher and waits until it is ready. With the demo it goes on from
 * what a first start of this day left, which is made when it is not there yet.
 */
export async function startApp({ demo = true, env = {} }: AppOptions = {}): Promise<RunningApp> {
  const folder = newDataFolder();
  const clear = () => rm(folder, { recursive: true, force: true });
  try {
    if (demo) await putFirstStart(folder, "demo", startAndEnd);
    const app = await launch(folder, demo, env);
    return { ...app, stop: () => app.stop().finally(clear) };
  } catch (error) {
    await clear();
    throw error;
  }
}

/** Has the demo ready for every `startApp` to come, so that none of them has to wait for it. */
export async function prepareDemo(): Promise<void> {
  await makeFirstStart("demo", startAndEnd);
}

async function startAndEnd(folder: string): Promise<void> {
  await (await launch(folder, true, {})).stop();
}

async function launch(folder: string, demo: boolean, env: Readonly<Record<string, string>>): Promise<RunningApp> {
  const port = await freePort();
  const launcher = spawn(process.execPath, ["scripts/run.mjs", "start"], {
    cwd: ROOT,
    env: {
      ...process.env,
      PORT: String(port),
      HOST: "127.0.0.1",
      COUNTERVAIL_DATA: folder,
      COUNTERVAIL_DEMO: demo ? "1" : "0",
      COUNTERVAIL_URL: "",
      DATABASE_URL: "",
      COUNTERVAIL_MIGRATION_URL: "",
      COUNTERVAIL_LOG: "warn",
      // Everybody in a test comes from one address.
      COUNTERVAIL_RATE_LIMIT: "100000",
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const collect = (chunk: Buffer) => {
    output += chunk.toString();
  };
  launcher.stdout.on("data", collect);
  launcher.stderr.on("data", collect);
  const ended = new Promise<void>((resolve) => launcher.once("close", () => resolve()));
  const stop = async () => {
    launcher.kill("SIGTERM");
    if (!(await waitUntilGone(launcher.pid ?? 0, END_TIME))) launcher.kill("SIGKILL");
    await ended;
  };
  try {
    await readiness(launcher, () => output);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `http://localhost:${port}`, dataFolder: folder, launcher, output: () => output, stop };
}

/** Waits for the launcher's line. */
function readiness(launcher: ChildProcess, output: () => string): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`The app did not start (${why}):\n${output()}`));
    const limit = setTimeout(() => fail(`not ready in ${START_TIME / 1000} s`), START_TIME);
    const onEnd = () => {
      clearTimeout(limit);
      fail("its launcher ended");
    };
    launcher.once("close", onEnd);
    launcher.stdout?.on("data", () => {
      if (!output().includes("Countervail is ready at")) return;
      clearTimeout(limit);
      launcher.off("close", onEnd);
      resolve();
    });
  });
}
