import { databaseUrl } from "@/lib/db/addresses";
import { loadSecrets } from "@/lib/db/embedded/secrets";
import { App } from "../prove/support/app";
import { addSession } from "../prove/support/cast";
import { asSuperuser } from "../prove/support/sql";
import {
  contentOf,
  makeWorkbook,
  must,
  type Place,
  placesOf,
  readSections,
  saveSection,
} from "../prove/support/workbook";
import { benchChain } from "./service/chain";
import { type Bare, startBare } from "./support/bare";
import { processorTime } from "./support/processor-time";
import { ask } from "./support/requests";
import { type BenchResult, figureOf, type Row, ratioOf } from "./support/result";
import { median, quantile } from "./support/statistics";
import { versionsOf } from "./support/versions";

/** Rounds of each side, turn about. */
const ROUNDS = 8;
/** Saves of a round, at each number of savers at once. */
const SAVES = { 1: 60, 16: 240 } as const;
/** How many save at once. */
type Savers = keyof typeof SAVES;
/** What a commit waits for a disk that is not in the machine, where a network's disk answers within some milliseconds. */
const FAR_DISK_MICROSECONDS = 3_000;
/** What is saved: a narrative of some 250 words, as people write them. */
const PARAGRAPHS = Array.from(
  { length: 5 },
  (_, at) => `Paragraph ${at}. ${"Words of a worksheet, as one writes. ".repeat(8)}`,
);

/**
 * `npm run bench -- service`: the save of a section beside a bare Next route that makes one UPDATE by primary key, on the
 * same database with the same pool: one at a time, 16 at once on different sections of one organisation, whose events follow
 * one another on its chain, and 16 at once in an organisation each. With 16 at once the processors have no time left, so
 * what a save takes of them is told. One at a time is told with a far disk too: what both sides wait for is then most of
 * what the bare route takes. And the verifying of a chain beside hashing alone.
 */
export async function bench(): Promise<BenchResult> {
  const app = await App.make();
  let bare: Bare | undefined;
  try {
    await app.start();
    const together = await setStage(app, "Saves", 16);
    const apart: Spot[] = [];
    for (let n = 1; n <= 16; n += 1) apart.push(...(await setStage(app, `Saves ${n}`, 1)));
    const rows = await makeBareRows(app);
    const { app: password } = await loadSecrets(app.dataFolder);
    const address = { host: "127.0.0.1", port: await app.databasePort(), user: "countervail_app", password };
    bare = await startBare(databaseUrl({ ...address, database: "countervail" }));
    const database = await app.pidOf("database");
    const web = await app.pidOf("web");
    const ours = (spots: Spot[]): Side => ({ save: sideOfOurs(app, spots), pids: [web, database] });
    const beside: Side = { save: sideOfBare(bare, rows), pids: [bare.pid, database] };
    const one = { ours: ours(together), bare: beside };
    for (const { save } of Object.values(one)) await run(save, 16, SAVES[16]);
    const parts = [
      await compare("section save, one at a time", one, 1),
      await withFarDisk(app, () => compare("section save, one at a time, far disk", one, 1, {})),
      await compare("section save, 16 at once", one, 16),
      await compare("section save, 16 at once in 16 organisations", { ours: ours(apart), bare: beside }, 16),
    ];
    await bare.stop();
    bare = undefined;
    await app.stop();
    parts.push(benchChain());
    return {
      rows: parts.flatMap(({ rows }) => rows),
      checks: parts.flatMap(({ checks }) => checks),
      versions: versionsOf("next", "@prisma/client", "pg"),
    };
  } finally {
    await bare?.stop();
    await app.remove();
  }
}

type Part = Pick<BenchResult, "rows" | "checks">;

/** One side of a comparison, and the processes that do its work. */
interface Side {
  readonly save: Save;
  readonly pids: readonly number[];
}

/** What a comparison is held to. */
type Held = Pick<BenchResult["checks"][number], "bar">;

/** Does something while every commit waits as long as a far disk takes. */
async function withFarDisk<T>(app: App, work: () => Promise<T>): Promise<T> {
  const set = (delay: number, siblings: number) =>
    asSuperuser(app, async (sql) => {
      await sql.query(`ALTER SYSTEM SET commit_delay = ${delay}`);
      await sql.query(`ALTER SYSTEM SET commit_siblings = ${siblings}`);
      await sql.query("SELECT pg_reload_conf()");
    });
  await set(FAR_DISK_MICROSECONDS, 0);
  try {
    return await work();
  } finally {
    await set(0, 5);
  }
}

/** Saves on both sides, round by round, so many at once. Only one at a time is held to a bar. */
async function compare(
  task: string,
  sides: { readonly ours: Side; readonly bare: Side },
  savers: Savers,
  held: Held = savers === 1 ? { bar: { atMost: 2 } } : {},
): Promise<Part> {
  const seen = { ours: new Seen(), bare: new Seen() };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const side of round % 2 ? (["ours", "bare"] as const) : (["bare", "ours"] as const)) {
      await seen[side].look(sides[side], savers);
    }
  }
  const figures = { ours: figureOf(seen.ours.times), bare: figureOf(seen.bare.times) };
  const row = (side: "ours" | "bare", name: string): Row => ({
    ...{ task, side: name, unit: "ms", figure: figures[side] },
    extra: seen[side].extra(),
  });
  const value = ratioOf(figures.ours, figures.bare);
  console.error(
    `${task}: ${figures.ours.median.toFixed(2)} ms beside ${figures.bare.median.toFixed(2)} ms: ${value?.toFixed(2)}`,
  );
  return {
    rows: [row("ours", "Countervail"), row("bare", "bare route")],
    checks: [{ task, what: "Countervail ÷ bare route, median", value, unit: "×", ...held }],
  };
}

/** What was seen of one side. */
class Seen {
  readonly times: number[] = [];
  readonly #rates: number[] = [];
  readonly #used: number[] = [];

  async look({ save, pids }: Side, savers: Savers): Promise<void> {
    const [begun, used] = [performance.now(), usedBy(pids)];
    this.times.push(...(await run(save, savers, SAVES[savers])));
    this.#rates.push((SAVES[savers] * 1_000) / (performance.now() - begun));
    this.#used.push((usedBy(pids) - used) / SAVES[savers]);
  }

  extra(): Readonly<Record<string, number>> {
    return {
      "95 of 100": rounded(quantile(this.times, 0.95)),
      "a second": rounded(median(this.#rates)),
      "ms of processors each": rounded(median(this.#used)),
    };
  }
}

function usedBy(pids: readonly number[]): number {
  return pids.reduce((total, pid) => total + processorTime(pid), 0);
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}

/** A section to be saved, by whom, over which version. */
interface Spot {
  readonly place: Place;
  readonly cookie: string;
  version: number;
}

/** A save at a spot: sends it, and throws where it is refused. */
type Save = (at: number) => Promise<number>;

/** An organisation of its own with so many sections that have a text. */
async function setStage(app: App, name: string, sections: number): Promise<Spot[]> {
  const { worksheetIds, people, clients } = await makeWorkbook(app, name, Math.ceil(sections / 4), 0);
  const places = placesOf(worksheetIds, 36)
    .filter(({ key }) => key !== "definition")
    .slice(0, sections);
  const [client] = clients;
  const [lead] = people;
  if (!client || !lead) throw new Error("There is nobody to write.");
  for (const [at, { version }] of (await readSections(client, places)).entries()) {
    const place = places[at] as Place;
    must(await saveSection(client, place, version, contentOf(place.key, PARAGRAPHS)));
  }
  const stored = await readSections(client, places);
  const { cookie } = await asSuperuser(app, async (sql) => (await addSession(sql, app, lead)).client);
  return stored.map(({ version }, at) => ({ place: places[at] as Place, cookie, version }));
}

/** The rows that the bare route updates. @returns their ids */
function makeBareRows(app: App): Promise<string[]> {
  return asSuperuser(app, async (sql) => {
    await sql.query(
      "CREATE TABLE bench_bare (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), version int, content jsonb)",
    );
    await sql.query("GRANT SELECT, UPDATE ON bench_bare TO countervail_app");
    const { rows } = await sql.query<{ id: string }>(
      "INSERT INTO bench_bare (version, content) SELECT 1, '{}' FROM generate_series(1, 16) RETURNING id",
    );
    return rows.map(({ id }) => id);
  });
}

let saved = 0;

/** What a save sends: each time other words. */
function contentNow(key: Place["key"]) {
  saved += 1;
  return contentOf(key, [...PARAGRAPHS, `Save ${saved}.`]);
}

function sideOfOurs(app: App, spots: readonly Spot[]): Save {
  const headers = { host: new URL(app.url).host, origin: app.url, "content-type": "application/json" };
  return async (at) => {
    const spot = spots[at] as Spot;
    const { worksheetId, key } = spot.place;
    const path = `/api/v1/worksheets/${worksheetId}/sections/${key}`;
    const body = JSON.stringify({ baseVersion: spot.version, content: contentNow(key) });
    const own = { ...headers, cookie: spot.cookie, "idempotency-key": `bench-save-${process.pid}-${saved}` };
    const { status, text, ms } = await ask({ port: app.port, method: "PUT", path, headers: own, body });
    if (status !== 200) throw new Error(`A save was refused with ${status}: ${text.slice(0, 300)}`);
    spot.version += 1;
    return ms;
  };
}

function sideOfBare({ port }: Bare, rows: readonly string[]): Save {
  return async (at) => {
    const body = JSON.stringify({ id: rows[at], content: contentNow("objective") });
    const headers = { "content-type": "application/json" };
    const { status, text, ms } = await ask({ port, method: "PUT", path: "/save", headers, body });
    if (status !== 200) throw new Error(`The bare save failed with ${status}: ${text.slice(0, 300)}`);
    return ms;
  };
}

/** Saves as often as said, by some at once, each in a section of its own. @returns what each took, in milliseconds */
async function run(save: Save, savers: number, saves: number): Promise<number[]> {
  const times: number[] = [];
  await Promise.all(
    Array.from({ length: savers }, async (_, at) => {
      for (let n = at; n < saves; n += savers) times.push(await save(at));
    }),
  );
  return times;
}
