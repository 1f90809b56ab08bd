import { App } from "../prove/support/app";
import { addSession } from "../prove/support/cast";
import { asSuperuser } from "../prove/support/sql";
import { makeWorkbook } from "../prove/support/workbook";
import { fill } from "./pages/fill";
import { ask } from "./support/requests";
import { type BenchResult, type Figure, figureOf, ratioOf } from "./support/result";
import { quantile } from "./support/statistics";
import { versionsOf } from "./support/versions";

/** Rows of the two databases. */
const SIZES = [1_000, 100_000] as const;
/** Requests of each list on each side, turn about. */
const ROUNDS = 25;
/** Before them, and not counted: the first ones find nothing warm. */
const WARMING = 4;

/** Lists, as pages and as the API gives them; what each is called by. */
function listsOf({ engagementId, worksheetId }: Stage): readonly (readonly [string, string])[] {
  const engagement = `/engagements/${engagementId}`;
  return [
    ["engagements, page", "/engagements"],
    ["engagements, API", "/api/v1/engagements"],
    ["engagements by a name, API", "/api/v1/engagements?q=assessment"],
    ["own engagements, API", "/api/v1/me/engagements"],
    ["own account, page", "/account"],
    ["workbook, page", engagement],
    ["workbook, API", `/api/v1${engagement}/dispositions`],
    ["worksheets, API", `/api/v1${engagement}/worksheets`],
    ["people of the engagement, page", `${engagement}/people`],
    ["review, page", `${engagement}/review`],
    ["controls, page", `${engagement}/controls`],
    ["readiness, page", `${engagement}/controls/readiness`],
    ["trail of the engagement, page", `${engagement}/trail`],
    ["trail of the engagement, API", `/api/v1${engagement}/events`],
    ["exports, API", `/api/v1${engagement}/exports`],
    ["worksheet, page", `/worksheets/${worksheetId}`],
    ["findings, page", `/worksheets/${worksheetId}/review`],
    ["findings, API", `/api/v1/worksheets/${worksheetId}/threads`],
    ["organisation, page", "/organisation"],
    ["people, API", "/api/v1/organisation/people"],
    ["trail of the organisation, page", "/organisation/trail"],
    ["trail of the organisation, API", "/api/v1/organisation/events"],
    ["sign-ins of the organisation, page", "/organisation/sign-ins"],
    ["sign-ins of the organisation, API", "/api/v1/organisation/sign-ins"],
    ["own sign-ins, page", "/account/sign-ins"],
    ["own sign-ins, API", "/api/v1/me/sign-ins"],
  ];
}

/**
 * `npm run bench -- pages`: each list in a database of 1,000 rows of each kind and in one of 100,000, both behind the built
 * app, asked turn about; medians and the 95th of 100. With `BENCH_PAGES` in the environment only lists whose name has that.
 */
export async function bench(): Promise<BenchResult> {
  const sides: Side[] = [];
  try {
    for (const rows of SIZES) sides.push(await setStage(rows));
    const [small, large] = sides;
    if (!small || !large) throw new Error("There is nothing to compare.");
    const wanted = process.env.BENCH_PAGES ?? "";
    const parts: Part[] = [];
    for (const [at, [name]] of listsOf(small.stage).entries()) {
      if (name.includes(wanted)) parts.push(await compare(name, at, small, large));
    }
    return {
      rows: parts.flatMap(({ rows }) => rows),
      checks: parts.flatMap(({ checks }) => checks),
      versions: versionsOf("next", "@prisma/client", "pg"),
    };
  } finally {
    for (const { app } of sides) await app.remove();
  }
}

type Part = Pick<BenchResult, "rows" | "checks">;

async function compare(name: string, at: number, small: Side, large: Side): Promise<Part> {
  const times = new Map<Side, number[]>([small, large].map((side) => [side, []]));
  for (let round = -WARMING; round < ROUNDS; round += 1) {
    for (const side of round % 2 ? [small, large] : [large, small]) {
      const ms = await read(side, listsOf(side.stage)[at]?.[1] ?? "");
      if (round >= 0) times.get(side)?.push(ms);
    }
  }
  const task = `list of ${name}`;
  const figures = [small, large].map((side) => figureOf(times.get(side) ?? []));
  const rows = [small, large].map((side, n) => ({
    ...{ task, side: `${side.rows.toLocaleString("en")} rows`, unit: "ms", figure: figures[n] as Figure },
    extra: { "95 of 100": Math.round(quantile(times.get(side) ?? [], 0.95) * 10) / 10 },
  }));
  const value = ratioOf(figures[1], figures[0]);
  console.error(
    `${task}: ${figures[0]?.median.toFixed(1)} ms, ${figures[1]?.median.toFixed(1)} ms: ${value?.toFixed(2)}`,
  );
  return { rows, checks: [{ task, what: "100,000 rows ÷ 1,000, median", value, unit: "×", bar: { atMost: 1.5 } }] };
}

interface Stage {
  readonly engagementId: string;
  readonly worksheetId: string;
}

interface Side {
  readonly rows: number;
  readonly app: App;
  readonly stage: Stage;
  readonly cookie: string;
}

async function setStage(rows: number): Promise<Side> {
  const app = await App.make();
  try {
    await app.start();
    const { engagementId, organisationId, worksheetIds, people } = await makeWorkbook(app, "Lists", 2, 3);
    const [worksheetId = ""] = worksheetIds;
    const [lead] = people;
    if (!lead) throw new Error("There is nobody to look.");
    const cookie = await asSuperuser(app, async (sql) => {
      const begun = performance.now();
      await fill(sql, { organisationId, engagementId, userId: lead.userId }, rows);
      console.error(`${rows} rows of each kind in ${Math.round(performance.now() - begun)} ms`);
      return (await addSession(sql, app, lead)).client.cookie;
    });
    return { rows, app, stage: { engagementId, worksheetId }, cookie };
  } catch (error) {
    await app.remove();
    throw error;
  }
}

async function read({ app, cookie }: Side, path: string): Promise<number> {
  const headers = { host: new URL(app.url).host, cookie };
  const { status, text, ms } = await ask({ port: app.port, method: "GET", path, headers });
  if (status !== 200) throw new Error(`${path} came back with ${status}: ${text.slice(0, 300)}`);
  return ms;
}
