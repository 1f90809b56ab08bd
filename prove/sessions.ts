import { SESSION_CASES } from "@/test/session-cases/all";
import { playAges } from "./sessions/ages";
import { playCases } from "./sessions/cases";
import { REVOCATIONS, runRound } from "./sessions/revocations";
import { startSecond } from "./sessions/second-instance";
import { sharedApp } from "./support/app";
import { Findings } from "./support/findings";
import type { Proof } from "./support/proof";
import { Random } from "./support/random";
import { asSuperuser } from "./support/sql";

/**
 * Sessions end when they should, at whichever of two instances over one database the next request arrives.
 *
 * To the millisecond that is tried with the real handlers in this process, by a clock of the proof's own. Then two whole
 * apps run over one PostgreSQL: whatever ends a session through one of them is in force at the other with the very next
 * request. The clock of a running app cannot be set, and nothing in the product lets it be: there the stored instants of
 * a session's making and last use are moved back by SQL instead, which comes to the same as time passing.
 */
export const prove: Proof = async ({ short, seed }) => {
  const rounds = short ? 2 : 100;
  // All of them are tests too, which run wherever the short form does.
  const cases = short ? new Random(seed).shuffle(SESSION_CASES).slice(0, 8) : SESSION_CASES;
  const findings = new Findings();
  const first = await sharedApp();
  // One after the other, so that neither waits for a machine that the other keeps busy.
  await playCases(cases, findings);
  const second = await startSecond(first);
  try {
    const [ages, ended] = await asSuperuser(first, async (sql) => {
      const tried = await playAges(sql, [first, second], findings);
      let total = 0;
      for (let round = 0; round < rounds; round += 1) {
        const [here, there] = round % 2 === 0 ? [first, second] : [second, first];
        total += await runRound({ sql, here, there, findings }, round);
      }
      return [tried, total];
    });
    return findings.result(
      `${cases.length} cases by the proof's clock; ${ages} with running apps and aged sessions; ${REVOCATIONS.length} ways to end sessions in ${rounds} rounds at one app, ${ended} sessions refused by the other with the next request`,
    );
  } finally {
    await second.remove();
  }
};
