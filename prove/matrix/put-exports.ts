import { createHash, randomUUID } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type pg from "pg";
import type { App } from "../support/app";
import { unguarded } from "../support/sql";
import { PERSON_KEYS, type PersonKey, WORLDS, type World } from "./people";
import type { Player, Stage } from "./stage";

const FILE = Buffer.from("A workbook that was printed.");
const SHA256 = createHash("sha256").update(FILE).digest("hex");

/** What of worksheets somebody sees, by hand after access.md. */
function seenBy(key: PersonKey): string {
  if (key === "observer") return "signed";
  return ["qsa_lead", "qsa_assistant", "isa", "officer"].includes(key) ? "submitted" : "all";
}

/**
 * Exports of everybody in every engagement, also where they have no role any more, as if a worker had made one of them;
 * the other one waits.
 */
export async function putExports(
  app: App,
  sql: pg.Client,
  organisationId: string,
  engagements: Readonly<Record<World, string>>,
  players: Readonly<Record<PersonKey, Player>>,
): Promise<Stage["exports"]> {
  const put: Record<string, Record<string, Record<"done" | "open", string>>> = {};
  for (const world of WORLDS) {
    const ofWorld: Record<string, Record<"done" | "open", string>> = {};
    for (const key of PERSON_KEYS) {
      const ids = { done: randomUUID(), open: randomUUID() };
      await unguarded(sql, async () => {
        const row = [organisationId, engagements[world], players[key].userId];
        await sql.query(
          `INSERT INTO export_job (id, organisation_id, engagement_id, requested_by_id, kind, paper, seen, state, file_name, size,
             sha256, requested_at, finished_at, removes_at)
           VALUES ($4, $1, $2, $3, 'workbook', 'A4', $7, 'done', 'workbook.pdf', $5, $6, now(), now(), now() + interval '1 day')`,
          [...row, ids.done, FILE.length, SHA256, seenBy(key)],
        );
        await sql.query(
          `INSERT INTO export_job (id, organisation_id, engagement_id, requested_by_id, kind, paper, seen, requested_at)
           VALUES ($4, $1, $2, $3, 'workbook', 'Letter', $5, now())`,
          [...row, ids.open, seenBy(key)],
        );
      });
      const folder = join(app.dataFolder, "exports", ids.done);
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, "file"), FILE);
      ofWorld[key] = ids;
    }
    put[world] = ofWorld;
  }
  return put as Stage["exports"];
}
