import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "@/lib/db/embedded/server";

const ROOT = fileURLToPath(new URL("../", import.meta.url));

/** How long the app may take to become ready; the first time it is built then (milliseconds). */
const START_TIME = 300_000;

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
  /** Demo content and its sign-ins; on unless said otherwise. */
  readonly demo?: boolean;
  /** A data folder to use, which `stop` then keeps; a fresh one otherwise. */
  readonly dataFolder?: string;
  /** More settings for the launcher. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts the app on a free port with `npm start`'s launcher and waits until it is ready. */
export async function startApp({ demo = true, dataFolder, env = {} }: AppOptions = {}): Promise<RunningApp> {
  const home = dataFolder === undefined ? await mkdtemp(join(tmpdir(), "countervail-app-")) : undefined;
  const folder = dataFolder ?? join(home ?? "", "data");
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
    await ended;
    if (home !== undefined) await rm(home, { recursive: true, force: true });
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
    const fail = () => reject(new Error(`The app did not start:\n${output()}`));
    const limit = setTimeout(fail, START_TIME);
    launcher.once("close", fail);
    launcher.stdout?.on("data", () => {
      if (!output().includes("Countervail is ready at")) return;
      clearTimeout(limit);
      launcher.off("close", fail);
      resolve();
    });
  });
}
