import type pg from "pg";
import { median } from "@/bench/support/statistics";
import { type App, sharedApp } from "./support/app";
import { addOrganisation, addPerson } from "./support/cast";
import { Client, signInForm } from "./support/client";
import { Findings } from "./support/findings";
import type { Proof } from "./support/proof";
import { asSuperuser } from "./support/sql";

/** How far the medians may lie apart, as a part of the smallest. */
const MOST_APART = 0.15;
const KINDS = ["known", "unknown", "locked", "disabled"] as const;
type Kind = (typeof KINDS)[number];

/** The short form only sees that nothing is skipped altogether: few tries on a busy machine scatter, so they are repeated. */
const SHORT = { tries: 12, apart: 1, turns: 5 } as const;
const LONG = { tries: 200, apart: MOST_APART, turns: 1 } as const;

/**
 * How long a failed sign-in takes tells nothing about the account: medians over many tries, one after the other and the
 * kinds interleaved, for an account that is known, unknown, locked and disabled.
 */
export const prove: Proof = async ({ short }) => {
  const { tries, apart: allowed, turns } = short ? SHORT : LONG;
  const findings = new Findings();
  const app = await sharedApp();
  let medians: readonly number[] = [];
  let apart = Number.POSITIVE_INFINITY;
  await asSuperuser(app, async (sql) => {
    const emails = await makeAccounts(sql);
    for (let turn = 0; turn < turns && apart > allowed; turn += 1) {
      medians = await measure(app, sql, emails, tries, findings);
      apart = Math.max(...medians) / Math.min(...medians) - 1;
    }
  });
  const shown = KINDS.map((kind, index) => `${kind} ${medians[index]?.toFixed(0)} ms`).join(", ");
  findings.expect(apart <= allowed, `medians lie ${(apart * 100).toFixed(1)} % apart`);
  return findings.result(`${tries} tries each: ${shown}; ${(apart * 100).toFixed(1)} % apart`);
};

/** @returns the medians of each kind, in milliseconds */
async function measure(
  app: App,
  sql: pg.Client,
  emails: Readonly<Record<Kind, string>>,
  tries: number,
  findings: Findings,
): Promise<number[]> {
  const times: Record<Kind, number[]> = { known: [], unknown: [], locked: [], disabled: [] };
  for (let round = 0; round < tries + 2; round += 1) {
    for (const kind of KINDS) {
      await sql.query("UPDATE sign_in_guard SET failed_attempts = 0, under_way = 0 WHERE locked_until IS NULL");
      const form = await signInForm(app, emails[kind], "a wrong password altogether");
      const begin = performance.now();
      const reply = await new Client(app).send("POST", "/api/auth/callback/credentials", form);
      const took = performance.now() - begin;
      findings.expect(reply.status === 401, `${kind}: answered ${reply.status}`);
      // The first rounds warm up what every later one finds warm.
      if (round >= 2) times[kind].push(took);
    }
  }
  return KINDS.map((kind) => median(times[kind]));
}

async function makeAccounts(sql: pg.Client): Promise<Record<Kind, string>> {
  const organisationId = await addOrganisation(sql, "entity", "Timing Payments");
  const add = (name: string) => addPerson(sql, organisationId, "member", name);
  const [known, locked, disabled] = [await add("Known"), await add("Locked"), await add("Disabled")];
  await sql.query(
    "INSERT INTO sign_in_guard (user_id, failed_attempts, locked_until) VALUES ($1, 6, now() + interval '1 day')",
    [locked.userId],
  );
  await sql.query("BEGIN");
  await sql.query("SET LOCAL session_replication_role = replica");
  await sql.query("UPDATE app_user SET disabled_at = now() WHERE id = $1", [disabled.userId]);
  await sql.query("COMMIT");
  return { known: known.email, unknown: "nobody@proof.example", locked: locked.email, disabled: disabled.email };
}
