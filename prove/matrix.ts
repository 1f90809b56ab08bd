import type pg from "pg";
import { allCases, type Case, someCases } from "./matrix/cases";
import { type Line, nameOf } from "./matrix/line";
import { ACCOUNT_LINES } from "./matrix/lines-accounts";
import { CARRY_OVER_LINES } from "./matrix/lines-carry-over";
import { CONTROL_LINES } from "./matrix/lines-controls";
import { ENGAGEMENT_LINES } from "./matrix/lines-engagements";
import { EXPORT_LINES } from "./matrix/lines-exports";
import { PEOPLE_LINES } from "./matrix/lines-people";
import { REVIEW_LINES } from "./matrix/lines-review";
import { SHEET_LINES } from "./matrix/lines-sheets";
import { SIGN_IN_LINES } from "./matrix/lines-sign-in";
import { WEBHOOK_LINES } from "./matrix/lines-webhooks";
import { WORKSHEET_LINES } from "./matrix/lines-worksheets";
import { makeStage, type Programme } from "./matrix/make-stage";
import { PERSON_KEYS, type PersonKey } from "./matrix/people";
import { Runner } from "./matrix/run-cases";
import { Separation } from "./matrix/separation";
import { SCENES } from "./matrix/spot";
import { Watch } from "./matrix/watch";
import { App, sharedApp } from "./support/app";
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
  ...CARRY_OVER_LINES,
  ...CONTROL_LINES,
  ...EXPORT_LINES,
  ...SHEET_LINES,
  ...ACCOUNT_LINES,
  ...SIGN_IN_LINES,
  ...PEOPLE_LINES,
  ...WEBHOOK_LINES,
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
 * action, one case of each kind of answer; the long one plays the actions in two rows, each on an app of its own, since a
 * web server that is asked one thing after the other leaves half of a machine idle.
 */
export const prove: Proof = async ({ short, seed }) => {
  const findings = new Findings();
  await checkHandlers(findings);
  const rows = await (short
    ? playRow(await sharedApp(), LINES, { short, seed, separation: true }, findings).then((row) => [row])
    : withOwnApp(async (second) => {
        // A handler stays in one row: what its first line looks at, the next has looked at already.
        const handlers = [...new Set(LINES.map(({ handler }) => handler))];
        const half = (parity: number) => LINES.filter(({ handler }) => handlers.indexOf(handler) % 2 === parity);
        return Promise.all([
          playRow(await sharedApp(), half(0), { short, seed, separation: true }, findings),
          playRow(second, half(1), { short, seed, separation: false }, findings),
        ]);
      }));
  checkCoverage(
    rows.flatMap(({ cases }) => cases),
    findings,
  );
  const words = new Set(rows.flatMap(({ runner }) => runner.wordsForAbsent ?? []));
  findings.expect(words.size <= 1, `what does not exist is answered in ${words.size} ways`);
  const cases = sum(rows.map(({ runner }) => runner.cases));
  if (!short) {
    findings.expect(cases >= FEWEST_CASES, `there are only ${cases} cases`);
    for (const text of unseenInAll(rows)) findings.add(`${text}: that text was never shown`);
  }
  const count = (kind: Case["expected"]["kind"]) => sum(rows.map(({ runner }) => runner.tally[kind]));
  const handlers = new Set(LINES.map(({ handler }) => handler)).size;
  return findings.result(
    `${cases} cases over ${handlers} handlers, ${PERSON_KEYS.length} people and anonymous: ${count("allowed")} allowed, ${count("denied")} denied with no row changed and one event each, ${count("refused")} conflicts, ${count("anonymous")} asked to sign in`,
  );
};

/** Cases that were played one after the other on one app. */
interface Row {
  readonly cases: readonly Case[];
  readonly runner: Runner;
}

/** Puts a stage down on an app and plays the cases of some lines on it, and separation of duties if asked for. */
async function playRow(
  app: App,
  lines: readonly Line[],
  { short, seed, separation }: { readonly short: boolean; readonly seed: number; readonly separation: boolean },
  findings: Findings,
): Promise<Row> {
  const work = async (sql: pg.Client): Promise<Row> => {
    const stage = await makeStage(app, sql, short ? SHORT_PROGRAMME : { assessed: SCENES, self_assessed: SCENES });
    const random = new Random(seed);
    const all = allCases(lines, stage);
    const cases = short ? someCases(all, random) : all;
    const runner = new Runner(stage, await Watch.begin(sql), findings);
    await runner.runAll(cases);
    if (separation) await new Separation(runner, LINES).prove(short, random);
    for (const [name, id] of Object.entries(stage.organisations)) {
      const { problem } = await readChain(sql, id);
      findings.expect(problem === null, `the chain of ${name}: ${problem}`);
    }
    return { cases, runner };
  };
  // What a worker does at its own time would stand beside what each request did.
  return asSuperuser(app, (sql) => withoutWorker(sql, () => work(sql)));
}

/** Works with an app that nobody else uses, and removes it afterwards. */
async function withOwnApp<T>(work: (app: App) => Promise<T>): Promise<T> {
  // One after the other: both would build, and the embedded PostgreSQL is unpacked once.
  await sharedApp();
  const app = await App.make();
  try {
    await app.begin();
    await app.start();
    return await work(app);
  } finally {
    await app.remove();
  }
}

/** The texts that no row has shown to somebody who may read them. */
function unseenInAll(rows: readonly Row[]): string[] {
  const [first = [], ...others] = rows.map(({ runner: { stage } }) => [
    ...stage.confidential.unseen("assessed", PERSON_KEYS),
    ...stage.confidential.unseen("self_assessed", DECIDERS),
  ]);
  return first.filter((text) => others.every((unseen) => unseen.includes(text)));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}

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
