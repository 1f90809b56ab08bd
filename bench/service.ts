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
import { type Bare, startBare } from "./support/bare";
import { ask } from "./support/requests";
import { median, quantile } from "./support/statistics";

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
 * same database with the same pool, one at a time and 16 at once on different sections; medians and the 95th of 100.
 */
export async function bench(): Promise<void> {
  const app = await App.make();
  let bare: Bare | undefined;
  try {
    await app.start();
    const stage = await setStage(app);
    const { app: password } = await loadSecrets(app.dataFolder);
    const address = { host: "127.0.0.1", port: await app.databasePort(), user: "countervail_app", password };
    bare = await startBare(databaseUrl({ ...address, database: "countervail" }));
    const sides = { ours: () => sideOfOurs(app, stage), bare: sideOfBare(bare, stage) };
    await run(sides.ours(), 1, 60);
    await run(sides.bare, 1, 60);
    for (const savers of [1, 16] as const) {
      const found: Record<"ours" | "bare", number[]> = { ours: [], bare: [] };
      const rates: Record<"ours" | "bare", number[]> = { ours: [], bare: [] };
      for (let round = 0; round < ROUNDS; round += 1) {
        for (const side of round % 2 ? (["ours", "bare"] as const) : (["bare", "ours"] as const)) {
          const begun = performance.now();
          found[side].push(...(await run(side === "ours" ? sides.ours() : sides.bare, savers, SAVES[savers])));
          rates[side].push((SAVES[savers] * 1_000) / (performance.now() - begun));
        }
      }
      const [ours, plain] = [median(found.ours), median(found.bare)];
      console.log(
        `section save, ${savers} at once: median ${ours.toFixed(2)} ms beside ${plain.toFixed(2)} ms: ${(ours / plain).toFixed(2)}; ` +
          `p95 ${quantile(found.ours, 0.95).toFixed(2)} beside ${quantile(found.bare, 0.95).toFixed(2)}; ` +
          `${median(rates.ours).toFixed(0)}/s beside ${median(rates.bare).toFixed(0)}/s`,
      );
    }
  } finally {
    await bare?.stop();
    await app.remove();
  }
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
