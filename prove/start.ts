import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isAlive } from "@/lib/db/embedded/processes";
import { freePort } from "@/lib/db/embedded/server";
import { startTemporaryServer } from "@/lib/db/embedded/temporary";
import { initDatabase } from "@/lib/db/init";
import { ROOT, runProgram } from "@/scripts/support/run-program";
import { App, type Settings, sharedApp } from "./support/app";
import { Findings } from "./support/findings";
import type { Proof } from "./support/proof";
import { asSuperuser, superuserUrl } from "./support/sql";

/** How a start that is refused ended. */
interface Refusal {
  readonly status: number | null;
  readonly lines: readonly string[];
}

/**
 * Starts that cannot go well end with status 1 and one line that says what to do. The long form also kills every part at
 * once, starts again, and starts on an external database.
 */
export const prove: Proof = async ({ short }) => {
  const findings = new Findings();
  const app = await sharedApp();
  const scratch = await mkdtemp(join(tmpdir(), "countervail-start-"));
  try {
    const refusals = await checkRefusals(app, scratch, findings);
    if (short) return findings.result(`${refusals} starts refused with one line each`);
    const begin = performance.now();
    const seconds = await checkRecovery(app, findings);
    await checkExternal(scratch, findings);
    const total = ((performance.now() - begin) / 1000).toFixed(0);
    return findings.result(
      `${refusals + 2} starts refused with one line each, recovered ${seconds.length} times from kill -9 of all parts (ready after ${seconds.join(", ")} s), an external database served without a server of our own (${total} s in all)`,
    );
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
};

async function checkRefusals(app: App, scratch: string, findings: Findings): Promise<number> {
  const file = join(scratch, "a-file");
  await writeFile(file, "");
  const port = String(await freePort());
  const silent = await freePort();
  const fresh = join(scratch, "data");
  const bySuperuser = await superuserUrl(app);
  const cases: readonly (readonly [string, Settings, RegExp])[] = [
    ["a busy port", { PORT: String(app.port), COUNTERVAIL_DATA: fresh }, /^Port \d+ is in use: .*PORT=/],
    ["a folder in use", { PORT: port, COUNTERVAIL_DATA: app.dataFolder }, /runs already on this data folder.*stop it/],
    ["a folder that cannot be", { PORT: port, COUNTERVAIL_DATA: join(file, "x") }, /cannot be written: .*another one/],
    [
      "a database that is not there",
      { PORT: port, COUNTERVAIL_DATA: fresh, DATABASE_URL: `postgresql://app:secret@127.0.0.1:${silent}/ccw` },
      /^The database .* cannot be used: nothing listens there; start PostgreSQL or correct the address\.$/,
    ],
    [
      "the demo in an external database",
      { COUNTERVAIL_DEMO: "1", DATABASE_URL: "postgresql://app:secret@127.0.0.1:1/ccw" },
      /ask by name with COUNTERVAIL_DEMO=external/,
    ],
    [
      "a login that row-level security does not hold for",
      { PORT: port, COUNTERVAIL_DATA: fresh, DATABASE_URL: bySuperuser },
      /^The application's login "postgres" is a superuser, .*COUNTERVAIL_UNSAFE_DATABASE_ROLE=allow\.$/,
    ],
    [
      "the same with another owner",
      {
        PORT: port,
        COUNTERVAIL_DATA: fresh,
        DATABASE_URL: bySuperuser,
        COUNTERVAIL_MIGRATION_URL: bySuperuser.replace("postgres:", "countervail_owner:"),
      },
      /^The application's login "postgres" is a superuser, .*COUNTERVAIL_UNSAFE_DATABASE_ROLE=allow\.$/,
    ],
    ["an address without TLS", { COUNTERVAIL_URL: "http://ccw.example" }, /has to begin with https/],
    ["keys in a place that is none", { COUNTERVAIL_KEK: "vault" }, /^COUNTERVAIL_KEK is not usable: has to be file or/],
    ["a port that is none", { PORT: "a port" }, /^PORT is not usable/],
  ];
  for (const [what, env, expected] of cases) expectRefusal(what, await refusedStart(env), expected, findings);
  return cases.length;
}

function expectRefusal(what: string, { status, lines }: Refusal, expected: RegExp, findings: Findings): void {
  const said = lines.join(" ⏎ ");
  findings.expect(status === 1, `${what}: ended with status ${status}: ${said}`);
  findings.expect(lines.length === 1 && expected.test(lines[0] ?? ""), `${what}: said ${said}`);
  findings.expect(!said.includes("secret"), `${what}: showed a password`);
}

/** Runs the launcher with settings that it has to refuse. */
async function refusedStart(settings: Settings): Promise<Refusal> {
  const { PATH, HOME, TMPDIR, COUNTERVAIL_BUILD } = process.env;
  const child = spawn(process.execPath, ["scripts/run.mjs", "start"], {
    cwd: ROOT,
    env: { PATH, HOME, TMPDIR, COUNTERVAIL_BUILD, NODE_ENV: "production", COUNTERVAIL_DEMO: "0", ...settings },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let words = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      words += chunk.toString();
    });
  }
  const limit = setTimeout(() => child.kill("SIGKILL"), 180_000);
  const status = await new Promise<number | null>((ended) => child.once("close", ended));
  clearTimeout(limit);
  return { status, lines: words.split("\n").filter((line) => line.trim() !== "") };
}

/** Kills all parts at once and starts again; then a database that a newer version has migrated is refused. */
async function checkRecovery(shared: App, findings: Findings): Promise<string[]> {
  const app = await App.make();
  const seconds: string[] = [];
  try {
    await app.start();
    const before = await countRequirements(app);
    for (let round = 0; round < 3; round += 1) {
      const pids = [await app.pidOf("launcher"), await app.pidOf("web"), await app.pidOf("database")];
      for (const pid of pids) process.kill(pid, "SIGKILL");
      const begin = performance.now();
      await app.start();
      seconds.push(((performance.now() - begin) / 1000).toFixed(1));
      findings.expect((await countRequirements(app)) === before, "rows are gone after kill -9");
    }
    await asSuperuser(app, (sql) =>
      sql.query(`INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
        VALUES ('from-the-future', 'x', '9999_from_the_future', now(), 1)`),
    );
    const database = await app.pidOf("database");
    await app.stop();
    findings.expect(!isAlive(database), "the database outlives the launcher");
    findings.expect(await isFree(app.port), "the web server outlives the launcher");
    const settings = { PORT: String(app.port), COUNTERVAIL_DATA: app.dataFolder };
    const newer =
      /^The database is newer than this version of Countervail \(it has 9999_from_the_future\): run the newer/;
    expectRefusal("a newer database", await refusedStart(settings), newer, findings);
  } finally {
    await app.remove();
  }
  findings.expect((await shared.pidOf("web")) > 0, "another app was hit");
  return seconds;
}

async function countRequirements(app: App): Promise<number> {
  return asSuperuser(app, async (sql) => (await sql.query("SELECT FROM requirement")).rowCount ?? 0);
}

/** Prepares an external server by `db:init`, starts on it, and looks that no server of our own was started. */
async function checkExternal(scratch: string, findings: Findings): Promise<void> {
  const external = await startTemporaryServer();
  const folder = join(scratch, "external");
  try {
    const { port } = external.server;
    const address = (user: string) => `postgresql://${user}:pass-of-${user}@127.0.0.1:${port}/ccw`;
    const databaseUrl = address("ccw_app");
    const migrationUrl = address("ccw_owner");
    await initDatabase({ adminUrl: external.server.adminUrl("postgres"), migrationUrl, databaseUrl });
    const app = await App.make(folder);
    const kekFile = join(scratch, "kek.json");
    const settings = {
      DATABASE_URL: databaseUrl,
      COUNTERVAIL_MIGRATION_URL: migrationUrl,
      COUNTERVAIL_KEK_FILE: kekFile,
    };
    const unkeyed = { ...settings, PORT: String(app.port), COUNTERVAIL_DATA: folder };
    const noKey = /^There is no key-encryption key: run npm run keys:init once, which makes .*kek\.json, or name a key/;
    expectRefusal("an external database without a key", await refusedStart(unkeyed), noKey, findings);
    const made = await runProgram(process.execPath, ["scripts/run.mjs", "keys-init"], { env: settings });
    findings.expect(/^The key-encryption key was made/.test(made.output), `keys:init said ${made.output}`);
    try {
      await app.start(settings);
      findings.expect(/the set-up code is [a-z0-9-]{19}/.test(app.words), "no set-up code for an empty database");
      findings.expect(!existsSync(join(folder, "postgres")), "a server of our own beside the external one");
      findings.expect(!app.words.includes("pass-of-"), "the launcher shows a password");
    } finally {
      await app.remove();
    }
  } finally {
    await external.remove();
  }
}

async function isFree(port: number): Promise<boolean> {
  return new Promise((found) => {
    const probe = createServer();
    probe.once("error", () => found(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => found(true)));
  });
}
