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
import { ask } from "./support/requests";
import { type BenchResult, figureOf, type Row, ratioOf } from "./support/result";
import { median, quantile } from "./support/statistics";
import { versionsOf } from "./support/versions";

/** Rounds of each side, turn about. */
const ROUNDS = 8;
/** Saves of a round, at each number of savers at once. */
const SAVES = { 1: 60, 16: 240 } as const;
/** What is saved: a narrative of some 250 words, as people write them. */
const PARAGRAPHS = Array.from(
  { length: 5 },
  (_, at) => `Paragraph ${at}. ${"Words of a worksheet, as one writes. ".repeat(8)}`,
);

/**
 * `npm run bench -- service`: the save of a section beside a bare Next route that makes one UPDATE by primary key, on the
 * same database with the same pool, one at a time and 16 at once on different sections; and the verifying of a chain
 * beside hashing alone.
 */
export async function bench(): Promise<BenchResult> {
  const app = await App.make();
  let bare: Bare | undefined;
  try {
    await app.start();
    const stage = await setStage(app);
    const { app: password } = await loadSecrets(app.dataFolder);
    const address = { host: "127.0.0.1", port: await app.databasePort(), user: "countervail_app", password };
    bare = await startBare(databaseUrl({ ...address, database: "countervail" }));
    const sides = { ours: sideOfOurs(app, stage), bare: sideOfBare(bare, stage) };
    await run(sides.ours, 1, SAVES[1]);
    await run(sides.bare, 1, SAVES[1]);
    const parts = [await compare(sides, 1), await compare(sides, 16)];
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

/** Saves on both sides, round by round, so many at once. */
async function compare(sides: { readonly ours: Save; readonly bare: Save }, savers: 1 | 16): Promise<Part> {
  const times = { ours: [] as number[], bare: [] as number[] };
  const rates = { ours: [] as number[], bare: [] as number[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const side of round % 2 ? (["ours", "bare"] as const) : (["bare", "ours"] as const)) {
      const begun = performance.now();
      times[side].push(...(await run(sides[side], savers, SAVES[savers])));
      rates[side].push((SAVES[savers] * 1_000) / (performance.now() - begun));
    }
  }
  const task = savers === 1 ? "section save, one at a time" : `section save, ${savers} at once`;
  const figures = { ours: figureOf(times.ours), bare: figureOf(times.bare) };
  const row = (side: "ours" | "bare", name: string): Row => ({
    ...{ task, side: name, unit: "ms", figure: figures[side] },
    extra: { "95 of 100": rounded(quantile(times[side], 0.95)), "a second": rounded(median(rates[side])) },
  });
  const value = ratioOf(figures.ours, figures.bare);
  console.error(
    `${task}: ${figures.ours.median.toFixed(2)} ms beside ${figures.bare.median.toFixed(2)} ms: ${value?.toFixed(2)}`,
  );
  return {
    rows: [row("ours", "Countervail"), row("bare", "bare route")],
    checks: [{ task, what: "Countervail ÷ bare route, median", value, unit: "×", bar: { atMost: 2 } }],
  };
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}

interface Stage {
  readonly places: readonly Place[];
  readonly versions: number[];
  readonly cookie: string;
  readonly rows: readonly string[];
}

/** A save at a place: sends it, and throws where it is refused. */
type Save = (place: number) => Promise<number>;

async function setStage(app: App): Promise<Stage> {
  const { worksheetIds, people, clients } = await makeWorkbook(app, "Saves", 6, 0);
  const places = placesOf(worksheetIds, 36)
    .filter(({ key }) => key !== "definition")
    .slice(0, 16);
  const [client] = clients;
  const [lead] = people;
  if (!client || !lead) throw new Error("There is nobody to write.");
  for (const [at, { version }] of (await readSections(client, places)).entries()) {
    const place = places[at] as Place;
    must(await saveSection(client, place, version, contentOf(place.key, PARAGRAPHS)));
  }
  const versions = (await readSections(client, places)).map(({ version }) => version);
  return asSuperuser(app, async (sql) => {
    await sql.query(
      "CREATE TABLE bench_bare (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), version int, content jsonb)",
    );
    await sql.query("GRANT SELECT, UPDATE ON bench_bare TO countervail_app");
    const { rows } = await sql.query<{ id: string }>(
      "INSERT INTO bench_bare (version, content) SELECT 1, '{}' FROM generate_series(1, 16) RETURNING id",
    );
    const { cookie } = (await addSession(sql, app, lead)).client;
    return { places, versions, cookie, rows: rows.map(({ id }) => id) };
  });
}

let saved = 0;

/** What a save sends: each time other words. */
function contentNow(key: Place["key"]) {
  saved += 1;
  return contentOf(key, [...PARAGRAPHS, `Save ${saved}.`]);
}

function sideOfOurs(app: App, { places, versions, cookie }: Stage): Save {
  const headers = {
    host: new URL(app.url).host,
    origin: app.url,
    cookie,
    "content-type": "application/json",
  };
  return async (at) => {
    const { worksheetId, key } = places[at] as Place;
    saved += 1;
    const path = `/api/v1/worksheets/${worksheetId}/sections/${key}`;
    const body = JSON.stringify({ baseVersion: versions[at], content: contentNow(key) });
    const idempotent = { ...headers, "idempotency-key": `bench-save-${process.pid}-${saved}` };
    const { status, text, ms } = await ask({ port: app.port, method: "PUT", path, headers: idempotent, body });
    if (status !== 200) throw new Error(`A save was refused with ${status}: ${text.slice(0, 300)}`);
    versions[at] = (versions[at] ?? 0) + 1;
    return ms;
  };
}

function sideOfBare({ port }: Bare, { places, rows }: Stage): Save {
  return async (at) => {
    const { key } = places[at] as Place;
    const body = JSON.stringify({ id: rows[at], content: contentNow(key) });
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
