import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { ExportDto } from "@/lib/contracts/export";
import { OperatorError } from "@/lib/operator-error";
import { App } from "@/prove/support/app";
import { asSuperuser } from "@/prove/support/sql";
import { putSession } from "@/test/app-database";
import { ROOT } from "./support/run-program";

/** The body of asking for a pack, and how long one may take (milliseconds). */
const PACK = JSON.stringify({ kind: "pack" });
const PACK_MS = 120_000;

/** Who asks for the pack in the demo: the lead of its engagement. */
const ASKS = "aisha.khan@harbourlane.example";

/**
 * `npm run drill`: the restore drill, on a demo of its own. Starts one, has it make a proof pack, backs it up while it
 * runs, restores it into a new folder and database, verifies trail and evidence, compares the number of rows, starts it,
 * sees that nothing is signed there, records the gap, and has a second pack go on from the first. Says what it did and how
 * long each step took.
 * @returns 0 when all of it went as it should
 */
export async function main(given: readonly string[]): Promise<number> {
  if (given.length > 0) throw new OperatorError("Use: npm run drill");
  const home = await mkdtemp(join(resolve(tmpdir()), "countervail-drill-"));
  const drill = new Drill(home);
  try {
    return await drill.run();
  } finally {
    await drill.end();
    await rm(home, { recursive: true, force: true });
  }
}

class Drill {
  readonly #apps: App[] = [];
  #problems = 0;

  constructor(private readonly home: string) {}

  async run(): Promise<number> {
    const began = performance.now();
    const at = (name: string) => join(this.home, name);
    const first = await this.#step("A demo was started", () => this.#start("data"));
    await this.#step("It took a file of evidence", () => this.#upload(first));
    const [root, pack] = await this.#step("It made a proof pack", async () => [
      await this.#fingerprint(first),
      await this.#pack(first, "before.zip"),
    ]);
    await this.#step("It was backed up while it ran", () =>
      this.#countervail(first, 0, "backup", at("backup"), "--keys", at("keys")),
    );
    const before = await rowsOf(first);
    await first.stop();
    const second = await App.make(at("restored"));
    this.#apps.push(second);
    await this.#step("It was restored, and its trail and evidence verified", () =>
      this.#countervail(second, 0, "restore", at("backup"), "--keys", at("keys")),
    );
    await this.#step("It was started again", () => second.start({ COUNTERVAIL_DEMO: "1" }));
    await this.#step("The rows were counted", async () => this.#compare(before, await rowsOf(second)));
    await this.#step("Nothing is signed there", async () => {
      const { status, text } = await this.#ask(second, "/readyz");
      this.#expect(
        status === 200 && text.toString().includes("restored from a backup"),
        "it does not say that it is restored",
      );
      const cookie = await this.#cookie(second, ASKS);
      const page = await this.#ask(second, "/engagements", cookie);
      this.#expect(page.text.toString().includes("restored from a backup"), "a page does not say so");
      const refused = await this.#ask(second, await this.#exportsPath(second), cookie, PACK);
      this.#expect(refused.status === 503, `a pack was answered with ${refused.status} and not refused`);
    });
    await this.#step("The gap was recorded", () =>
      this.#countervail(second, 0, "record-gap", "--reason", "A drill.", "--operator", "drill"),
    );
    const after = await this.#step("It made another pack", () => this.#pack(second, "after.zip"));
    await this.#step("The pack from before verifies", () =>
      this.#countervail(second, 0, "verify", pack, "--root", root),
    );
    await this.#step("The new one goes on from it", () =>
      this.#countervail(second, 0, "verify", after, "--root", root, "--extends", pack),
    );
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    console.log(
      this.#problems === 0
        ? `The drill went as it should, in ${seconds} s.`
        : `The drill found ${this.#problems} ${this.#problems === 1 ? "problem" : "problems"}, in ${seconds} s.`,
    );
    return this.#problems === 0 ? 0 : 1;
  }

  async end(): Promise<void> {
    for (const app of this.#apps) await app.remove();
  }

  async #step<T>(what: string, work: () => Promise<T>): Promise<T> {
    const begin = performance.now();
    const result = await work();
    console.log(`${what} (${((performance.now() - begin) / 1000).toFixed(1)} s).`);
    return result;
  }

  async #start(name: string): Promise<App> {
    const app = await App.make(join(this.home, name));
    this.#apps.push(app);
    await app.start({ COUNTERVAIL_DEMO: "1" });
    return app;
  }

  #expect(holds: boolean, problem: string): void {
    if (holds) return;
    this.#problems += 1;
    console.error(`Not as it should be: ${problem}.`);
  }

  /** Every table has as many rows as before; the restore itself and signing in add a few, which are said. */
  async #compare(before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): Promise<void> {
    const more = [...after].filter(([table, rows]) => rows > (before.get(table) ?? 0));
    const fewer = [...before].filter(([table, rows]) => rows > (after.get(table) ?? 0));
    const total = [...after.values()].reduce((sum, rows) => sum + rows, 0);
    const words = more.map(([table, rows]) => `${rows - (before.get(table) ?? 0)} in ${table}`).join(", ");
    console.log(`  ${total} rows in ${after.size} tables; more than before: ${words || "none"}`);
    for (const [table, rows] of fewer)
      this.#expect(false, `${table} had ${rows} rows and has ${after.get(table) ?? 0}`);
  }

  /** Runs a command as an operator does, with the settings of an installation. */
  async #countervail(app: App, wanted: number, ...args: string[]): Promise<void> {
    const { PATH, HOME, TMPDIR } = process.env;
    const env = {
      PATH,
      HOME,
      TMPDIR,
      NODE_ENV: "production" as const,
      COUNTERVAIL_DATA: app.dataFolder,
      COUNTERVAIL_LOG: "error",
    };
    const child = spawn(process.execPath, [join(ROOT, "bin", "countervail.mjs"), ...args], { cwd: ROOT, env });
    let words = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => {
        words += chunk.toString();
      });
    }
    const status = await new Promise<number | null>((ended) => child.once("close", ended));
    if (args[0] !== "verify" || status !== wanted) console.log(words.trim().replace(/^/gm, "  "));
    this.#expect(status === wanted, `countervail ${args[0]} ended with ${status}`);
  }

  async #fingerprint(app: App): Promise<string> {
    const { rows } = await asSuperuser(app, (sql) =>
      sql.query<{ envelope: string }>("SELECT envelope FROM signing_key_set ORDER BY number DESC LIMIT 1"),
    );
    const { payload } = JSON.parse(rows[0]?.envelope ?? "{}") as { payload: string };
    const { keys } = JSON.parse(Buffer.from(payload, "base64").toString("utf8")) as {
      keys: { id: string; purpose: string }[];
    };
    return keys.find(({ purpose }) => purpose === "root")?.id ?? "";
  }

  async #exportsPath(app: App): Promise<string> {
    const { rows } = await asSuperuser(app, (sql) =>
      sql.query<{ id: string }>(
        "SELECT e.id FROM engagement e JOIN sign_off s ON s.engagement_id = e.id GROUP BY e.id ORDER BY count(*) DESC LIMIT 1",
      ),
    );
    return `/api/v1/engagements/${rows[0]?.id}/exports`;
  }

  /** Adds a file to the evidence of a worksheet that is being written, as somebody who writes it. */
  async #upload(app: App): Promise<void> {
    const { rows } = await asSuperuser(app, (sql) =>
      sql.query<{ id: string; email: string }>(
        `SELECT e.id, u.email FROM evidence e JOIN worksheet w ON w.id = e.worksheet_id AND w.state = 'draft'
         JOIN worksheet_assignee a ON a.worksheet_id = w.id JOIN app_user u ON u.id = a.user_id
         WHERE e.removed_at IS NULL ORDER BY e.id LIMIT 1`,
      ),
    );
    const cookie = await this.#cookie(app, rows[0]?.email ?? "");
    const path = `/api/v1/evidence/${rows[0]?.id}/files?name=drill.txt`;
    const { status } = await this.#ask(app, path, cookie, "What the drill puts down.\n".repeat(1_000));
    this.#expect(status === 201, `a file was answered with ${status}`);
  }

  async #cookie(app: App, email: string): Promise<string> {
    const { cookie } = await asSuperuser(app, async (sql) => {
      const { rows } = await sql.query<{ id: string }>("SELECT id FROM app_user WHERE email = $1", [email]);
      return putSession(sql, app.url, rows[0]?.id ?? "");
    });
    return `${cookie.name}=${cookie.value}`;
  }

  async #pack(app: App, name: string): Promise<string> {
    const cookie = await this.#cookie(app, ASKS);
    const asked = await this.#ask(app, await this.#exportsPath(app), cookie, PACK);
    if (asked.status !== 202) throw new OperatorError(`The pack was answered with ${asked.status}: ${asked.text}`);
    const { id } = JSON.parse(asked.text.toString()) as ExportDto;
    const address = `/api/v1/exports/${id}`;
    const end = Date.now() + PACK_MS;
    for (;;) {
      const { text } = await this.#ask(app, address, cookie);
      const { state, note } = JSON.parse(text.toString()) as ExportDto;
      if (state === "done") break;
      if (state === "failed" || Date.now() > end) throw new OperatorError(`The pack is ${state}: ${note}`);
      await pause(200);
    }
    const path = join(this.home, name);
    await writeFile(path, (await this.#ask(app, `${address}/file`, cookie)).text);
    return path;
  }

  /** A request as a browser sends it; POST when there is a body. */
  #ask(
    app: App,
    path: string,
    cookie = "",
    body?: string,
  ): Promise<{ readonly status: number; readonly text: Buffer }> {
    return new Promise((answered, reject) => {
      const sent =
        body === undefined
          ? {}
          : {
              origin: app.url,
              "content-length": Buffer.byteLength(body),
              ...(body === PACK ? { "content-type": "application/json" } : {}),
            };
      const headers = { host: `localhost:${app.port}`, cookie, ...sent };
      const method = body === undefined ? "GET" : "POST";
      const options = { host: "127.0.0.1", port: app.port, path, method, headers, timeout: 120_000 };
      const asked = request(options, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.once("error", reject);
        response.once("end", () => answered({ status: response.statusCode ?? 0, text: Buffer.concat(chunks) }));
      });
      asked.once("timeout", () => asked.destroy(new Error("No answer came.")));
      asked.once("error", reject);
      asked.end(body);
    });
  }
}

/** The number of rows of each table, as its superuser sees them; who is signed in does not count. */
async function rowsOf(app: App): Promise<Map<string, number>> {
  return asSuperuser(app, async (sql) => {
    const { rows } = await sql.query<{ name: string }>(
      `SELECT relname::text AS name FROM pg_class
       WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND relname <> 'session' ORDER BY 1`,
    );
    const counted = new Map<string, number>();
    for (const { name } of rows) {
      const { rows: found } = await sql.query<{ count: number }>(`SELECT count(*)::int AS count FROM "${name}"`);
      counted.set(name, found[0]?.count ?? 0);
    }
    return counted;
  });
}
