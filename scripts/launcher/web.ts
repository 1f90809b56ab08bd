import { type ChildProcess, spawn } from "node:child_process";
import { request } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import type { Config } from "@/lib/config";
import { OperatorError } from "@/lib/operator-error";
import { packageFile, ROOT } from "../support/run-program";
import type { Closers } from "./closers";
import { Patience } from "./patience";
import { threadPool } from "./threads";

/** Which of Next's servers: the built one, or the one for development. */
export type WebMode = "start" | "dev";

/**
 * How long a connection may stay open without a request (milliseconds). Longer than proxies keep theirs (nginx: 60 s): one
 * that we close first may be used for a request just then, which fails.
 */
const IDLE_MS = 75_000;

/** How many threads it needs at least: it looks up the names of identity providers, and of links that people have it try. */
const THREADS = 32;

/** How long the server may take to answer the first time; development compiles then (milliseconds). */
const START_TIME = 120_000;

/** How long requests under way may take when the server is asked to end (milliseconds). */
const END_TIME = 10_000;

/**
 * Starts the web server, waits until it is ready, and keeps it running: when it ends it is started again.
 * @param environment what the server is told, beside what this process was told
 * @param giveUp called when it ends again and again
 * @throws OperatorError when it ends before it is ready, or does not get ready
 */
export async function startWeb(
  mode: WebMode,
  settings: Config,
  environment: Record<string, string | undefined>,
  closers: Closers,
  giveUp: (reason: OperatorError) => void,
): Promise<void> {
  let web = launch(mode, settings, environment);
  closers.add(() => stop(web.child));
  await untilReady(web, settings);
  web.show();
  const patience = new Patience();
  const watch = () => {
    void web.ended.then(() => {
      if (closers.isClosing) return;
      if (patience.isOver()) return giveUp(new OperatorError("The web server keeps ending: see its messages above."));
      console.error("The web server ended unexpectedly; it is started again.");
      web = launch(mode, settings, environment);
      web.show();
      watch();
    });
  };
  watch();
}

interface Web {
  readonly child: ChildProcess;
  readonly ended: Promise<void>;
  /** What it wrote so far. */
  readonly words: () => string;
  /** From now on its output is ours. */
  readonly show: () => void;
}

function launch(mode: WebMode, settings: Config, environment: Record<string, string | undefined>): Web {
  const first = ["./follow-parent.mjs", "./front-door.mjs"].flatMap((file) => [
    "--import",
    new URL(file, import.meta.url).href,
  ]);
  const idle = mode === "start" ? ["--keepAliveTimeout", String(IDLE_MS)] : [];
  const next = [packageFile("next/dist/bin/next"), mode, "-p", String(settings.port), "-H", settings.host, ...idle];
  // What libraries will drop one day is of no use to an operator; developers see it.
  const quiet = mode === "start" ? ["--no-deprecation"] : [];
  const child = spawn(process.execPath, [...quiet, ...first, ...next], {
    cwd: ROOT,
    env: {
      ...process.env,
      NODE_ENV: mode === "dev" ? "development" : "production",
      COUNTERVAIL_FOLLOW: "1",
      ...environment,
      ...threadPool(THREADS, process.env.UV_THREADPOOL_SIZE),
    },
    // A session of its own: Ctrl-C reaches the launcher alone, which ends the web server before the database.
    detached: true,
    stdio: ["pipe", "pipe", "pipe"],
  });
  let words = "";
  let shown = false;
  const take = (target: NodeJS.WriteStream) => (chunk: Buffer) => {
    if (shown) target.write(chunk);
    else words += chunk.toString();
  };
  child.stdout.on("data", take(process.stdout));
  child.stderr.on("data", take(process.stderr));
  child.stdin.on("error", () => undefined);
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  return {
    child,
    ended,
    words: () => words,
    show: () => {
      shown = true;
    },
  };
}

async function untilReady(web: Web, settings: Config): Promise<void> {
  const end = Date.now() + START_TIME;
  while (Date.now() < end) {
    if (web.child.exitCode !== null || web.child.signalCode !== null) {
      throw new OperatorError(`The web server ended while starting:\n${web.words().trim().slice(-4000)}`);
    }
    if ((await statusOf(settings, "/readyz")) === 200) return;
    await pause(100);
  }
  throw new OperatorError(`The web server did not get ready:\n${web.words().trim().slice(-4000)}`);
}

/** Asks the server under its public name, over the address it listens on; undefined when it does not answer. */
async function statusOf(settings: Config, path: string): Promise<number | undefined> {
  const anywhere: Record<string, string> = { "0.0.0.0": "127.0.0.1", "::": "::1" };
  const host = anywhere[settings.host] ?? settings.host;
  const headers = { host: new URL(settings.url).host };
  return new Promise((resolve) => {
    const asked = request({ host, port: settings.port, path, headers, timeout: 30_000 }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    asked.once("timeout", () => asked.destroy());
    asked.once("error", () => resolve(undefined));
    asked.end();
  });
}

/** Asks the server to end, lets requests under way finish, and insists after a while. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.kill("SIGTERM");
  const insist = setTimeout(() => child.kill("SIGKILL"), END_TIME);
  await gone;
  clearTimeout(insist);
}
