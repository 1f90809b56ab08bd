import type pg from "pg";
import type { ExportDto } from "@/lib/contracts/export";
import { App } from "../prove/support/app";
import { addSession } from "../prove/support/cast";
import type { Client } from "../prove/support/client";
import { asSuperuser, unguarded } from "../prove/support/sql";
import { makeWorkbook, must, submittableOf, type Workbook } from "../prove/support/workbook";
import { ask } from "./support/requests";
import { type BenchResult, figureOf, type Row } from "./support/result";
import { median, quantile } from "./support/statistics";
import { versionsOf } from "./support/versions";

/** Worksheets of the export. */
const ENTRIES = 1_000;
/** Page requests of a turn without an export; a turn with one lasts as long as it runs. */
const REQUESTS = 150;
/** Turns of each side. */
const TURNS = 3;
/** Between two page requests, as from some people who read (milliseconds). */
const READING = 20;

/**
 * `npm run bench -- export-load`: what a page costs while a workbook of 1,000 worksheets is made into a PDF by the worker,
 * beside what it costs otherwise. Two pages are asked for in turn, an engagement's trail and a worksheet, of an engagement
 * that has no part in the export.
 */
export async function bench(): Promise<BenchResult> {
  const app = await App.make();
  try {
    await app.start();
    const big = await makeWorkbook(app, "Export", 1, 0);
    const other = await makeWorkbook(app, "Reading", 2, 1);
    await asSuperuser(app, (sql) => fill(sql, big));
    const [exporter] = big.clients;
    const [reader] = other.people;
    if (!exporter || !reader) throw new Error("There is nobody to ask.");
    const { cookie } = (await asSuperuser(app, (sql) => addSession(sql, app, reader))).client;
    const paths = [`/engagements/${other.engagementId}`, `/worksheets/${other.worksheetIds[0]}`];
    const read = readerOf(app, cookie, paths);
    await read(50, () => true);
    const [without, during, lasted]: [number[], number[], number[]] = [[], [], []];
    for (let turn = 0; turn < TURNS; turn += 1) {
      without.push(...(await read(REQUESTS, () => true)));
      const begun = performance.now();
      const { id } = must<ExportDto>(
        await exporter.send("POST", `/api/v1/engagements/${big.engagementId}/exports`, {
          body: { kind: "workbook", paper: "A4" },
        }),
      );
      let running = true;
      const ended = untilDone(exporter, id).finally(() => {
        running = false;
      });
      during.push(...(await read(Number.POSITIVE_INFINITY, () => running)));
      await ended;
      lasted.push(performance.now() - begun);
    }
    const task = `page beside an export of ${ENTRIES.toLocaleString("en")} worksheets`;
    const [quiet, busy] = [quantile(without, 0.95), quantile(during, 0.95)];
    const row = (side: string, times: readonly number[], of95: number): Row => ({
      ...{ task, side, unit: "ms", figure: figureOf(times) },
      extra: { "95 of 100": Math.round(of95 * 10) / 10 },
    });
    console.error(
      `${task}: 95 of 100 ${busy.toFixed(1)} ms, ${quiet.toFixed(1)} ms without; it took ${median(lasted)} ms`,
    );
    return {
      rows: [
        row("while it runs", during, busy),
        row("without", without, quiet),
        { task: "the export meanwhile", side: "Countervail", unit: "ms", figure: figureOf(lasted) },
      ],
      checks: [
        { task, what: "while it runs ÷ without, 95 of 100", value: busy / quiet, unit: "×", bar: { atMost: 2 } },
      ],
      versions: versionsOf("next", "pdfkit"),
    };
  } finally {
    await app.remove();
  }
}

function readerOf(app: App, cookie: string, paths: readonly string[]) {
  const headers = { host: new URL(app.url).host, cookie };
  return async (most: number, goOn: () => boolean): Promise<number[]> => {
    const times: number[] = [];
    while (times.length < most && goOn()) {
      const path = paths[times.length % paths.length] ?? "";
      const { status, text, ms } = await ask({ port: app.port, method: "GET", path, headers });
      if (status !== 200) throw new Error(`${path} came back with ${status}: ${text.slice(0, 300)}`);
      times.push(ms);
      await new Promise((resolve) => setTimeout(resolve, READING));
    }
    return times;
  };
}

async function untilDone(client: Client, id: string): Promise<void> {
  for (;;) {
    const found = must<ExportDto>(await client.send("GET", `/api/v1/exports/${id}`));
    if (found.state === "done") return;
    if (found.state === "failed" || found.state === "cancelled") throw new Error(`The export ended: ${found.note}`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** Puts down worksheets with text in all sections, until there are as many as wanted. */
async function fill(sql: pg.Client, { engagementId, organisationId, people }: Workbook): Promise<void> {
  const userId = people[0]?.userId;
  await unguarded(sql, async () => {
    await sql.query(
      `INSERT INTO disposition (id, engagement_id, organisation_id, requirement_number, source, disposition, updated_by_id, updated_at)
       SELECT md5('row' || n)::uuid, $1, $2, '8.3.' || (1000 + n), 'added', 'compensating_control', $3, now()
       FROM generate_series(1, $4::int) n`,
      [engagementId, organisationId, userId, ENTRIES - 1],
    );
    await sql.query(
      `INSERT INTO worksheet (id, engagement_id, organisation_id, disposition_id, requirement_number, eligibility, eligibility_version, created_by_id)
       SELECT md5('sheet' || d.id)::uuid, d.engagement_id, d.organisation_id, d.id, d.requirement_number, w.eligibility, w.eligibility_version, $2
       FROM disposition d, (SELECT * FROM worksheet WHERE engagement_id = $1 LIMIT 1) w
       WHERE d.engagement_id = $1 AND d.id <> w.disposition_id`,
      [engagementId, userId],
    );
    const keys = ["constraints", "definition", "objective", "identifiedRisk", "validation", "maintenance"] as const;
    for (const key of keys) {
      const { narrative, items } = submittableOf(key, "Words of a worksheet, as one writes. ".repeat(30));
      await sql.query("DELETE FROM section WHERE engagement_id = $1 AND key = $2", [engagementId, key]);
      await sql.query(
        `INSERT INTO section (id, engagement_id, organisation_id, worksheet_id, key, narrative, items, updated_by_id, updated_at)
         SELECT gen_random_uuid(), engagement_id, organisation_id, id, $2, $3::jsonb, $4::jsonb, $5, now()
         FROM worksheet WHERE engagement_id = $1`,
        [engagementId, key, JSON.stringify(narrative), JSON.stringify(items), userId],
      );
    }
  });
  await sql.query("ANALYZE");
}
