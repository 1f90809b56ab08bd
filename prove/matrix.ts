import type pg from "pg";
import { allCases, type Case, someCases } from "./matrix/cases";
import { type Line, nameOf } from "./matrix/line";
import { ACCOUNT_LINES } from "./matrix/lines-accounts";
import { ENGAGEMENT_LINES } from "./matrix/lines-engagements";
import { EXPORT_LINES } from "./matrix/lines-exports";
import { PEOPLE_LINES } from "./matrix/lines-people";
import { REVIEW_LINES } from "./matrix/lines-review";
import { SIGN_IN_LINES } from "./matrix/lines-sign-in";
import { WORKSHEET_LINES } from "./matrix/lines-worksheets";
import { makeStage, type Programme } from "./matrix/make-stage";
import { PERSON_KEYS, type PersonKey } from "./matrix/people";
import { Runner } from "./matrix/run-cases";
import { Separation } from "./matrix/separation";
import { SCENES } from "./matrix/spot";
import { Watch } from "./matrix/watch";
import { sharedApp } from "./support/app";
import { readChain } from "./support/chain";
import { Findings } from "./support/findings";
import { findHandlers } from "./support/handlers";
import type { Proof } from "./support/proof";
import { Random } from "./support/random";
import { asSuperuser, withoutWorker } from "./support/sql";

/** Every handler of the app, with each action that it performs. A handler that is missing here fails the proof. */
const LINES: readonly Line[] = [
  ...WORKSHEET_LINES,
  ...REVIEW_LINES,
  ...ENGAGEMENT_LINES,
  ...EXPORT_LINES,
  ...ACCOUNT_LINES,
  ...SIGN_IN_LINES,
  ...PEOPLE_LINES,
];
/** The short form plays what the ISA and the officer differ in from the assessor company's people. */
const SHORT_PROGRAMME: Programme = { assessed: SCENES, self_assessed: ["draft", "qsa_review", "signed"] };
/** Whoever asks for everything without an assessor company. */
const DECIDERS: readonly PersonKey[] = ["isa", "officer"];
/** The long form has to have so many. */
const FEWEST_CASES = 500;

/**
 * Asks every handler for every action as everybody, in every state: who may, may; a denial changes no row and leaves
 * exactly one event with the actor's own company; a conflict leaves nothing; and nobody reads what is not theirs to read.
 * What has to come out is read off the table that is written by hand beside the policy. The short form takes, for each
 * action, one case of each kind of answer.
 */
export const prove: Proof = async ({ short, seed }) => {
  const findings = new Findings();
  await checkHandlers(findings);
  const app = await sharedApp();
  const work = async (sql: pg.Client) => {
    const stage = await makeStage(app, sql, short ? SHORT_PROGRAMME : { assessed: SCENES, self_assessed: SCENES });
    const random = new Random(seed);
    const all = allCases(LINES, stage);
    const cases = short ? someCases(all, random) : all;
    checkCoverage(cases, findings);
    const watch = await Watch.begin(sql);
    const runner = new Runner(stage, watch, findings);
    await runner.runAll(cases);
    await new Separation(runner, LINES).prove(short, random);
    if (!short) {
      findings.expect(runner.cases >= FEWEST_CASES, `there are only ${runner.cases} cases`);
      const { confidential } = stage;
      const unseen = [
        ...confidential.unseen("assessed", PERSON_KEYS),
        ...confidential.unseen("self_assessed", DECIDERS),
      ];
      for (const text of unseen) findings.add(`${text}: that text was never shown`);
    }
    for (const [name, id] of Object.entries(stage.organisations)) {
      const { problem } = await readChain(sql, id);
      findings.expect(problem === null, `the chain of ${name}: ${problem}`);
    }
    const { allowed, denied, refused, anonymous } = runner.tally;
    const handlers = new Set(LINES.map(({ handler }) => handler)).size;
    return findings.result(
      `${runner.cases} cases over ${handlers} handlers, ${PERSON_KEYS.length} people and anonymous: ${allowed} allowed, ${denied} denied with no row changed and one event each, ${refused} conflicts, ${anonymous} asked to sign in`,
    );
  };
  // What a worker does at its own time would stand beside what each request did.
  return asSuperuser(app, (sql) => withoutWorker(sql, () => work(sql)));
};

/** The table names each handler that is there, and no other. */
async function checkHandlers(findings: Findings): Promise<void> {
  const found = await findHandlers();
  const named = new Set(LINES.map(({ handler }) => handler));
  for (const handler of found) findings.expect(named.has(handler), `${handler} is absent from the matrix`);
  for (const handler of named) findings.expect(found.includes(handler), `${handler} is in the matrix and nowhere else`);
}

/** Each line and each person has a turn. */
function checkCoverage(cases: readonly Case[], findings: Findings): void {
  const lines = new Set(cases.map(({ line }) => nameOf(line)));
  const askers = new Set(cases.map(({ asker }) => asker));
  for (const line of LINES) findings.expect(lines.has(nameOf(line)), `${nameOf(line)} has no case`);
  for (const asker of [...PERSON_KEYS, "anonymous"] as const) findings.expect(askers.has(asker), `${asker} never asks`);
}
