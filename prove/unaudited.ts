import { randomUUID } from "node:crypto";
import type pg from "pg";
import { NO_SECRETS } from "@/lib/auth/secret-box";
import { systemClock } from "@/lib/clock";
import { withConnection } from "@/lib/db/connect";
import { type Database, openDatabase } from "@/lib/db/database";
import { startTemporaryServer } from "@/lib/db/embedded/temporary";
import { sqlState } from "@/lib/db/errors";
import { NO_MAIL } from "@/lib/mail/mailer";
import { verifyWholeTrail } from "@/lib/services/trail/verify-whole-trail";
import { NO_SIGNER } from "@/lib/signing/client";
import { Findings } from "./support/findings";
import type { Proof } from "./support/proof";
import { columnOf, type ProtectedTable } from "./support/protected-tables";
import { Random } from "./support/random";
import { dropRules, putToldRows, type Telling, tell } from "./support/told-rows";
import { type Attempt, FORMS, type Said } from "./unaudited/forms";
import { advanceTo, pass, restore } from "./unaudited/restore";

/** A target row, another row of its table, and an earlier event that tells the state that the target has. */
interface Play {
  readonly target: ProtectedTable;
  readonly id: string;
  readonly other: string;
}

/**
 * No change without its event, whichever way Prisma asks for it: every protected table, in every form, without an event,
 * with an event about another row, and in a restored cluster, whose transactions have the numbers of those in the backup,
 * with the token of an event of before that tells exactly the state that the row comes to. The change is asked for by a
 * superuser, so that nothing but the rule itself stands in the way. Each error has to reach whoever asked. The short form
 * tries every table in every form without an event, and the rest of it in one form after the other.
 */
export const prove: Proof = async ({ short, seed }) => {
  const findings = new Findings();
  const [first, second] = [await startTemporaryServer(), await startTemporaryServer()];
  try {
    await first.makeMigrated("unaudited");
    await second.makeMigrated("restored");
    const [url, restoredUrl] = [first.server.adminUrl("unaudited"), second.server.adminUrl("restored")];
    let refused = 0;
    const counts = await withConnection(url, async (sql) => {
      const put = await putToldRows(sql, new Random(seed));
      const plays = [...put].map(([target, [id = "", other = ""]]): Play => ({ target, id, other }));
      refused += await withoutAndAboutOthers(url, sql, plays, short, findings);
      const restored = await withConnection(restoredUrl, (into) =>
        afterRestore(restoredUrl, sql, into, plays, short, findings),
      );
      for (const address of [url, restoredUrl]) await checkNothingWentThrough(address, findings);
      return { tables: put.size, restored };
    });
    return findings.result(
      `${refused + counts.restored} changes of ${counts.tables} tables in ${Object.keys(FORMS).length} forms refused, and each error reached the caller; ${counts.restored} of them after a restore, under an old transaction's own number and token`,
    );
  } finally {
    await first.remove();
    await second.remove();
  }
};

/** @returns how many attempts were refused */
async function withoutAndAboutOthers(
  url: string,
  sql: pg.Client,
  plays: readonly Play[],
  short: boolean,
  findings: Findings,
): Promise<number> {
  let refused = 0;
  await withSession(url, null, async (bare) => {
    for (const [index, { target, id, other }] of plays.entries()) {
      const fresh = { target, id, value: randomUUID(), before: [] };
      for (const form of Object.keys(FORMS)) {
        refused += await attempt(form, bare, sql, fresh, "no event", findings);
        if (!short)
          refused += await attempt(form, bare, sql, { ...fresh, value: null }, "no event, deletion", findings);
      }
      const token = randomUUID();
      await withSession(url, token, async (named) => {
        const told = append("system", token, target.table, other);
        for (const form of formsFor(index, short).filter((one) => one !== "single")) {
          const asked = { ...fresh, before: [setToken(token), told] };
          refused += await attempt(form, named, sql, asked, "an event about another row", findings);
        }
        // There is no place for an event in a single change: it comes before, with the token that the session still has.
        await named.prisma.$executeRawUnsafe(told.text, ...told.values);
        refused += await attempt("single", named, sql, fresh, "an event about another row", findings);
      });
    }
  });
  return refused;
}

function formsFor(index: number, short: boolean): string[] {
  const forms = Object.keys(FORMS);
  return short ? forms.slice(index % forms.length, (index % forms.length) + 1) : forms;
}

/** The tables are told anew, carried into another cluster, and asked to take the same state once more. @returns as above */
async function afterRestore(
  restoredUrl: string,
  sql: pg.Client,
  into: pg.Client,
  plays: readonly Play[],
  short: boolean,
  findings: Findings,
): Promise<number> {
  // Numbers of transactions to come in the other cluster.
  await pass(sql, 20_000n);
  const tellings: (readonly [Play, string, Telling])[] = [];
  for (const [index, play] of plays.entries()) {
    for (const form of formsFor(index, short)) {
      tellings.push([play, form, await tell(sql, "system", play.target, [play.id])]);
      await pass(sql, 20n);
    }
  }
  const tables = ["audit_head", "audit_event", "audit_change", ...plays.map(({ target }) => target.table)];
  await dropRules(into);
  await restore(sql, into, tables);
  let refused = 0;
  for (const [{ target, id }, form, { token, xid }] of tellings) {
    const value = await storedValue(into, target, id);
    await withSession(restoredUrl, token, async (old) => {
      // A session that is open already begins no transaction of its own in between.
      await old.prisma.$queryRaw`SELECT 1`;
      findings.expect(await advanceTo(into, xid), `the other cluster is past transaction ${xid}`);
      const same = { target, id, value, before: [] };
      refused += await attempt(form, old, into, same, "an old event after a restore", findings);
    });
  }
  return refused;
}

/** Asks for a change; it has to fail with the rule's own code, and the row has to be what it was. @returns 1 when so */
async function attempt(
  form: string,
  database: Database,
  sql: pg.Client,
  asked: Attempt,
  what: string,
  findings: Findings,
): Promise<number> {
  const name = `${asked.target.table}, ${form}, ${what}`;
  const before = await rowOf(sql, asked.target, asked.id);
  let state: string | null = null;
  try {
    await FORMS[form]?.(database, asked);
    findings.add(`${name}: nothing reached the caller`);
  } catch (error) {
    state = sqlState(error);
    findings.expect(state === "CV002", `${name}: failed for another reason (${state}, ${String(error)})`);
  }
  const same = before !== null && (await rowOf(sql, asked.target, asked.id)) === before;
  findings.expect(same, `${name}: the row was changed`);
  return state === "CV002" && same ? 1 : 0;
}

/** Sessions that carry a token from their first moment, also outside of transactions that set one. */
async function withSession<T>(url: string, token: string | null, work: (database: Database) => Promise<T>): Promise<T> {
  const address = new URL(url);
  if (token !== null) address.searchParams.set("options", `-c countervail.tx_token=${token}`);
  const database = openDatabase(address.href, "any");
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

function setToken(token: string): Said {
  return { text: "SELECT set_config('countervail.tx_token', $1, true)", values: [token] };
}

function append(log: string, token: string, table: string, id: string): Said {
  const payload = { v: 1, at: new Date(0).toISOString(), action: "test", tx: token, changes: [{ table, id }] };
  return { text: "SELECT audit_append($1, $2)", values: [log, JSON.stringify(payload)] };
}

async function rowOf(sql: pg.Client, { table, key }: ProtectedTable, id: string): Promise<string | null> {
  const { rows } = await sql.query<{ row: string }>(
    `SELECT to_jsonb(kept)::text AS row FROM "${table}" AS kept WHERE "${key}"::text = $1`,
    [id],
  );
  return rows[0]?.row ?? null;
}

async function storedValue(sql: pg.Client, { table, key, field }: ProtectedTable, id: string): Promise<string> {
  const column = columnOf(field);
  const { rows } = await sql.query<{ value: string | null }>(
    `SELECT "${column}"::text AS value FROM "${table}" WHERE "${key}"::text = $1`,
    [id],
  );
  return rows[0]?.value ?? "";
}

/** What the verifier says at the end: every row is as its last event tells. */
async function checkNothingWentThrough(url: string, findings: Findings): Promise<void> {
  const database = openDatabase(url, "any");
  try {
    const rest = {
      secrets: NO_SECRETS,
      mail: NO_MAIL,
      signer: NO_SIGNER,
      requestId: "proof",
      url: "",
      address: "unknown",
      actor: null,
    };
    const report = await verifyWholeTrail({ database, clock: systemClock, ...rest });
    for (const { words } of report.findings) findings.add(words);
    findings.expect(report.rows > 0, "the verifier compared no row");
  } finally {
    await database.close();
  }
}
