import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { access, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { OperatorError } from "@/lib/operator-error";
import { databaseUrl } from "../addresses";
import { giveTo, type Place } from "./place";
import { clearUp } from "./postmaster";
import { waitUntilGone } from "./processes";

/** Name of the server's superuser: only the launcher signs in as it, to make roles and databases. */
const SUPERUSER = "postgres";

/** Major version of the embedded server, as a cluster's PG_VERSION says it. */
const MAJOR = "18";

/** An embedded PostgreSQL that runs and answers. */
export interface EmbeddedServer {
  readonly port: number;
  readonly pid: number;
  /** Address as superuser, for a database of the cluster. */
  readonly adminUrl: (database: string) => string;
  /** Resolves when the process has ended, whoever ended it. */
  readonly ended: Promise<void>;
  /** Stops it in good order: sessions are ended, everything is written. May be called twice. */
  readonly stop: () => Promise<void>;
}

/** How to start a server. */
export interface ServerOptions {
  readonly place: Place;
  readonly password: string;
  /** Port to take again after a crash; a free one is chosen otherwise. */
  readonly port?: number;
  /** Settings beyond our own, such as those that make tests faster. */
  readonly settings?: Readonly<Record<string, string>>;
}

/**
 * Starts the server of a place, on loopback only, making its cluster the first time. What an earlier start left behind
 * (a stale postmaster.pid, a server whose launcher was killed) is cleared up before.
 * @throws OperatorError when it does not start; the message names the log
 */
export async function startServer(options: ServerOptions): Promise<EmbeddedServer> {
  const { place, password } = options;
  await makeCluster(place, password);
  await clearUp(place.cluster);
  const log = `${place.cluster}.log`;
  // After kill -9 of a postmaster its sessions take a moment to notice and let go of the shared memory.
  for (let attempt = 1; ; attempt += 1) {
    const port = options.port ?? (await freePort());
    const child = launch(place, port, log, options.settings ?? {});
    if (await answers(child, port, password, place.cluster)) return running(child, port, password);
    if (attempt === 5) throw new OperatorError(`PostgreSQL did not start: ${await lastWords(log)} (log: ${log}).`);
    await clearUp(place.cluster);
    await pause(attempt * 300);
  }
}

/** A TCP port of loopback that nothing uses at this moment. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

/**
 * Makes the cluster unless it is there. It is made aside and renamed, so that a start killed half-way leaves only a
 * draft; a folder that exists is never emptied.
 */
async function makeCluster(place: Place, password: string): Promise<void> {
  const version = await readFile(join(place.cluster, "PG_VERSION"), "utf8").catch(() => undefined);
  if (version !== undefined) return checkVersion(place, version.trim());
  if (await exists(place.cluster)) {
    throw new OperatorError(`${place.cluster} is not a database: move it away, or restore it from a backup.`);
  }
  const draft = `${place.cluster}.new`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { mode: 0o700 });
  await giveTo(place.account, draft);
  const passwordFile = `${draft}.password`;
  await rm(passwordFile, { force: true });
  await writeFile(passwordFile, password, { mode: 0o600 });
  try {
    await giveTo(place.account, passwordFile);
    await initdb({ ...place, cluster: draft }, passwordFile);
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(draft, place.cluster);
}

function checkVersion(place: Place, version: string): void {
  if (version === MAJOR) return;
  throw new OperatorError(
    `${place.cluster} was made by PostgreSQL ${version}, this is ${MAJOR}: start the older Countervail, or move its data with pg_dump and restore (docs/operator-guide.md).`,
  );
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function initdb(place: Place, passwordFile: string): Promise<void> {
  const flags = [
    `--pgdata=${place.cluster}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
    "--data-checksums",
  ];
  const child = spawn(join(place.programs, "bin", "initdb"), flags, {
    ...place.account,
    cwd: "/",
    env: environment(),
    stdio: ["ignore", "ignore", "pipe"],
  });
  let words = "";
  child.stderr.on("data", (chunk: Buffer) => {
    words += chunk.toString();
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code !== 0) throw new OperatorError(`The embedded database could not be made: ${words.trim().split("\n").pop()}`);
}

function launch(place: Place, port: number, log: string, settings: Record<string, string>): ChildProcess {
  const all: Record<string, string> = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: "100",
    log_checkpoints: "off",
    lc_messages: "C",
    timezone: "UTC",
    log_timezone: "UTC",
    ...settings,
  };
  const flags = Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const output = openSync(log, "a", 0o600);
  try {
    // Its own session (detached), so that Ctrl-C at the terminal reaches the launcher alone, which stops things in order.
    return spawn(join(place.programs, "bin", "postgres"), ["-D", place.cluster, "-p", String(port), ...flags], {
      ...place.account,
      cwd: "/",
      env: environment(),
      detached: true,
      stdio: ["ignore", output, output],
    });
  } finally {
    closeSync(output);
  }
}

/** Waits until the server answers with our password; false when the process ends or stays silent. */
async function answers(child: ChildProcess, port: number, password: string, cluster: string): Promise<boolean> {
  let over = false;
  child.once("exit", () => {
    over = true;
  });
  child.once("error", () => {
    over = true;
  });
  // Crash recovery of a large cluster may take its time.
  const end = Date.now() + 60_000;
  while (!over && Date.now() < end) {
    const client = new pg.Client({ connectionString: superuserUrl(port, password, "postgres") });
    client.on("error", () => undefined);
    try {
      await client.connect();
      return true;
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "28P01") {
        child.kill("SIGINT");
        throw new OperatorError(
          `The database in ${cluster} refuses the password in secrets.json: restore both from one backup, or remove ${cluster} to begin anew.`,
        );
      }
      await pause(50);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
  child.kill("SIGINT");
  return false;
}

function running(child: ChildProcess, port: number, password: string): EmbeddedServer {
  const pid = child.pid ?? 0;
  const ended = new Promise<void>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.once("exit", () => resolve());
  });
  const stop = async () => {
    child.kill("SIGINT");
    if (!(await waitUntilGone(pid, 30_000))) child.kill("SIGQUIT");
    await ended;
  };
  return { port, pid, ended, stop, adminUrl: (database) => superuserUrl(port, password, database) };
}

function superuserUrl(port: number, password: string, database: string): string {
  return databaseUrl({ host: "127.0.0.1", port, user: SUPERUSER, password, database });
}

/** The server needs next to nothing from our environment, and must not see addresses and secrets in it. */
function environment(): NodeJS.ProcessEnv {
  return { PATH: "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC", NODE_ENV: "production" };
}

async function lastWords(log: string): Promise<string> {
  const text = await readFile(log, "utf8").catch(() => "");
  const lines = text.trim().split("\n");
  return lines.findLast((line) => /FATAL|ERROR|error/.test(line)) ?? lines.pop() ?? "it said nothing";
}
