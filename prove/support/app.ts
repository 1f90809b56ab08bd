import { AsyncLocalStorage } from "node:async_hooks";
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFile, rm } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { choosePlace, type Place } from "@/lib/db/embedded/place";
import { waitUntilGone } from "@/lib/db/embedded/processes";
import { freePort } from "@/lib/db/embedded/server";
import { putFirstStart } from "@/test/first-start";
import { ROOT } from "../../scripts/support/run-program";

/** How long the launcher may take: it builds when sources changed (milliseconds). */
const START_TIME = 300_000;
/** How long a part that was killed may take to come back (milliseconds). */
const RECOVERY_TIME = 60_000;

/** Settings for the launcher, as environment variables. */
export type Settings = Readonly<Record<string, string>>;

/** A part of the running app. */
export type Part = "launcher" | "web" | "worker" | "signer" | "database";

/** What the command of each of the launcher's processes has in it. */
const COMMANDS = { web: "next", worker: "scripts/run.mjs worker", signer: "scripts/run.mjs signer" } as const;

/** The built Countervail as an operator runs it: the real launcher on a free port, with data of its own. */
export class App {
  #launcher: ChildProcess | undefined;
  #words = "";

  private constructor(
    readonly port: number,
    readonly dataFolder: string,
    readonly place: Place,
    /** The address people reach it at, which changes have to come from. */
    readonly url: string,
    /** The certificate, in PEM, to trust at an https address. */
    readonly certificate: string | undefined,
  ) {}

  /**
   * Prepares an app with an empty data folder, in the system's temporary folder unless named; `start` starts it.
   * @param front an https address in front of it, with its certificate; who answers there is the caller's business
   */
  static async make(
    folder = join(resolve(tmpdir()), `countervail-proof-${process.pid}-${randomBytes(4).toString("hex")}`),
    front?: { readonly url: string; readonly certificate: string },
  ): Promise<App> {
    const port = await freePort();
    const { url = `http://localhost:${port}`, certificate } = front ?? {};
    return new App(port, folder, await choosePlace(folder), url, certificate);
  }

  /**
   * Puts what a first start leaves into the empty data folder, copied from one that was made for all, so that `start` takes
   * seconds less. For proofs that are not about a first start.
   */
  async begin(): Promise<void> {
    await putFirstStart(this.dataFolder, "empty", async (folder) => {
      const first = await App.make(folder);
      try {
        await first.start();
      } finally {
        await first.stop();
      }
    });
  }

  /** What launcher and web server wrote so far. */
  get words(): string {
    return this.#words;
  }

  /** Starts the launcher, with more settings if given, and waits for its line. @throws Error with its words when it ends before */
  async start(settings: Settings = {}): Promise<void> {
    const { PATH, HOME, TMPDIR, COUNTERVAIL_BUILD } = process.env;
    const child = spawn(process.execPath, ["scripts/run.mjs", "start"], {
      cwd: ROOT,
      env: {
        PATH,
        HOME,
        TMPDIR,
        COUNTERVAIL_BUILD,
        NODE_ENV: "production",
        PORT: String(this.port),
        COUNTERVAIL_URL: this.url,
        COUNTERVAIL_DATA: this.dataFolder,
        COUNTERVAIL_DEMO: "0",
        COUNTERVAIL_LOG: "error",
        // Everybody in a proof comes from one address.
        COUNTERVAIL_RATE_LIMIT: "1000000",
        ...settings,
      },
      stdio: ["ignore", "pipe", "pipe"],
      // Ctrl-C at the terminal is ours to handle: the app is stopped and its data are removed.
      detached: true,
    });
    this.#launcher = child;
    const from = this.#words.length;
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => {
        this.#words += chunk.toString();
      });
    }
    const end = Date.now() + START_TIME;
    while (!this.#words.slice(from).includes("Countervail is ready at")) {
      if (hasEnded(child)) throw new Error(`The launcher ended: ${this.#words.slice(from).trim()}`);
      if (Date.now() > end) throw new Error(`The launcher is not ready: ${this.#words.slice(from).trim()}`);
      await pause(50);
    }
  }

  /** Waits until the web server says that it is ready, as after a part was killed and started again. */
  async untilReady(): Promise<void> {
    const end = Date.now() + RECOVERY_TIME;
    while (!(await this.#isReady())) {
      if (Date.now() > end) throw new Error(`Not ready again in time: ${this.#words.slice(-2000)}`);
      await pause(50);
    }
  }

  /** Process number of a part. @throws Error when it does not run */
  async pidOf(part: Part): Promise<number> {
    if (part === "database") {
      const [pid] = await this.#postmaster();
      return Number(pid);
    }
    const launcher = this.#launcher?.pid;
    if (launcher === undefined) throw new Error("The launcher does not run.");
    if (part === "launcher") return launcher;
    const lines = execFileSync("ps", ["-A", "-o", "pid=,ppid=,args="], { encoding: "utf8" }).split("\n");
    const found = lines
      .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
      .find((match) => match?.[2] === String(launcher) && match[3]?.includes(COMMANDS[part]));
    if (!found) throw new Error(`The ${part} does not run.`);
    return Number(found[1]);
  }

  /** Kills a part with SIGKILL and waits until that process is gone. A killed launcher has to be started again. */
  async kill(part: Part): Promise<void> {
    const pid = await this.pidOf(part);
    process.kill(pid, "SIGKILL");
    if (!(await waitUntilGone(pid, 10_000))) throw new Error(`Process ${pid} survives SIGKILL.`);
  }

  /** TCP port of the database, which may be another one after each start. */
  async databasePort(): Promise<number> {
    const lines = await this.#postmaster();
    return Number(lines[3]);
  }

  /** Stops everything in good order, as Ctrl-C does. */
  async stop(): Promise<void> {
    const child = this.#launcher;
    if (!child || hasEnded(child)) return;
    child.kill("SIGTERM");
    if (!(await waitUntilGone(child.pid ?? 0, 60_000))) child.kill("SIGKILL");
  }

  /** Stops everything and removes the data. */
  async remove(): Promise<void> {
    await this.stop();
    await rm(this.dataFolder, { recursive: true, force: true });
    // The cluster is elsewhere when the server's account could not enter the temporary folder.
    if (this.place.notice !== undefined) await rm(dirname(this.place.cluster), { recursive: true, force: true });
  }

  async #postmaster(): Promise<string[]> {
    return (await readFile(join(this.place.cluster, "postmaster.pid"), "utf8")).split("\n");
  }

  #isReady(): Promise<boolean> {
    return new Promise((found) => {
      const options = { host: "127.0.0.1", port: this.port, path: "/readyz", timeout: 5_000 };
      const asked = request({ ...options, headers: { host: `localhost:${this.port}` } }, (reply) => {
        reply.resume();
        found(reply.statusCode === 200);
      });
      asked.once("timeout", () => asked.destroy());
      asked.once("error", () => found(false));
      asked.end();
    });
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

/** The app that proofs have in common which run one after the other. */
interface Shared {
  app?: Promise<App>;
}

const rows = new AsyncLocalStorage<Shared>();
const all = new Set<Shared>();

/** Runs proofs that have one app in common, and removes it afterwards. Others may run beside them, with an app of theirs. */
export async function withSharedApp<T>(work: () => Promise<T>): Promise<T> {
  const shared: Shared = {};
  all.add(shared);
  try {
    return await rows.run(shared, work);
  } finally {
    await endShared(shared);
  }
}

/** The app that the proofs of a row share, started when the first of them asks. */
export function sharedApp(): Promise<App> {
  const shared = rows.getStore();
  if (!shared) throw new Error("No app is shared here: see withSharedApp.");
  shared.app ??= App.make().then(async (app) => {
    try {
      await app.begin();
      await app.start();
      return app;
    } catch (error) {
      await app.remove();
      throw error;
    }
  });
  return shared.app;
}

/** The end of what the shared app wrote, to be read beside a finding; empty when it wrote nothing or does not run. */
export async function lastWordsOfSharedApp(): Promise<string> {
  const app = await rows.getStore()?.app?.catch(() => undefined);
  return app?.words.slice(-8_000).trim() ?? "";
}

/** Stops every app that is shared. */
export async function endSharedApps(): Promise<void> {
  await Promise.all([...all].map(endShared));
}

async function endShared(shared: Shared): Promise<void> {
  all.delete(shared);
  const app = await shared.app?.catch(() => undefined);
  delete shared.app;
  await app?.remove();
}
