import { systemClock } from "@/lib/clock";
import { config } from "@/lib/config";
import { OperatorError } from "@/lib/operator-error";
import type { TrailReport } from "@/lib/services/trail/verify-whole-trail";
import { ownedDatabase } from "./support/installation";
import { generateClient } from "./support/prisma-client";

/** The most findings that are told one by one. */
const TOLD = 200;

/**
 * `npm run trail:verify`: recomputes every chain of the trail from its stored bytes, compares every protected row with
 * what the events tell of it, and says what is not as it was recorded. Works beside the running service.
 * @returns 0 when everything agrees, 1 when something does not
 */
export async function main(args: readonly string[]): Promise<number> {
  const [unknown] = args;
  if (unknown !== undefined) throw new OperatorError(`trail:verify knows no ${unknown}.`);
  const url = await ownedDatabase(config());
  await generateClient();
  return (await verifyAndTell(url)) ? 0 : 1;
}

/**
 * Verifies the trail of a database and says what was found.
 * @param url the login that owns the tables
 * @returns whether everything agrees
 */
export async function verifyAndTell(url: string): Promise<boolean> {
  const report = await verify(url);
  for (const line of linesOf(report)) console.log(line);
  return report.findings.length === 0;
}

async function verify(url: string): Promise<TrailReport> {
  const { NO_SECRETS } = await import("@/lib/auth/secret-box");
  const { openDatabase } = await import("@/lib/db/database");
  const { NO_MAIL } = await import("@/lib/mail/mailer");
  const { NO_SIGNER } = await import("@/lib/signing/client");
  const { verifyWholeTrail } = await import("@/lib/services/trail/verify-whole-trail");
  const database = openDatabase(url, "any");
  try {
    return await verifyWholeTrail({
      database,
      clock: systemClock,
      secrets: NO_SECRETS,
      mail: NO_MAIL,
      signer: NO_SIGNER,
      requestId: "trail:verify",
      url: "",
      address: "unknown",
      actor: null,
    });
  } finally {
    await database.close();
  }
}

/** The report in plain words: what is wrong first, then what was compared, then what could not be. */
function linesOf({ chains, events, rows, uncovered, findings }: TrailReport): string[] {
  const lines = findings.slice(0, TOLD).map(({ words }) => words);
  if (findings.length > TOLD) lines.push(`And ${findings.length - TOLD} more.`);
  lines.push(
    `${count(chains, "chain")} with ${count(events, "event")} recomputed; ${count(rows, "row")} found to be as the last event tells.`,
  );
  const old = [...uncovered].map(([table, amount]) => `${table} ${amount}`).join(", ");
  if (old !== "") {
    lines.push(`Not covered, because their last events are from before states were kept: ${old}.`);
  }
  lines.push(
    findings.length === 0
      ? "Nothing was found. A history that was rewritten as a whole does not show here: compare with a checkpoint or a pack that somebody else holds."
      : `${count(findings.length, "finding")}: the database was changed behind the trail, or the trail itself was.`,
  );
  return lines;
}

function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? "" : "s"}`;
}
