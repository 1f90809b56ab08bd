import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "@/lib/db/embedded/server";
import { ROOT } from "../../scripts/support/run-program";

/** The bare Next app of `bench/bare`, built and running. */
export interface Bare {
  readonly url: string;
  readonly port: number;
  /** Its process. */
  readonly pid: number;
  readonly stop: () => Promise<void>;
}

const FOLDER = join(ROOT, "bench", "bare");
/** What a build leaves there. */
const MADE = [".next", "next-env.d.ts"] as const;
const NEXT = join(ROOT, "node_modules", "next", "dist", "bin", "next");
/** How long it may take to become ready (milliseconds). */
const START_TIME = 60_000;

/**
 * Builds the bare app with the product's own Next and starts it.
 * @param databaseUrl where its save goes, with the login of the product's web server
 */
export async function startBare(databaseUrl = ""): Promise<Bare> {
  const environment = { ...process.env, NODE_ENV: "production" as const, DATABASE_URL: databaseUrl };
  await toEnd(spawn(process.execPath, [NEXT, "build", FOLDER], { cwd: FOLDER, env: environment, stdio: "pipe" }));
  const port = await freePort();
  const server = spawn(process.execPath, [NEXT, "start", FOLDER, "-p", String(port), "-H", "127.0.0.1"], {
    cwd: FOLDER,
    env: environment,
    stdio: "ignore",
  });
  const url = `http://127.0.0.1:${port}`;
  const end = Date.now() + START_TIME;
  while (!(await answers(url))) {
    if (server.exitCode !== null || Date.now() > end) throw new Error("The bare app did not start.");
    await pause(100);
  }
  const stop = async () => {
    server.kill("SIGTERM");
    if (server.exitCode === null && server.signalCode === null) await once(server, "close");
    // It is built anew each time, and nothing that looks at sources is to find it.
    await Promise.all(MADE.map((name) => rm(join(FOLDER, name), { recursive: true, force: true })));
  };
  return { url, port, pid: server.pid ?? 0, stop };
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

async function toEnd(child: ChildProcess): Promise<void> {
  let words = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      words += chunk.toString();
    });
  }
  const [status] = (await once(child, "close")) as [number | null];
  if (status !== 0) throw new Error(`The bare app was not built:\n${words.slice(-2_000)}`);
}
