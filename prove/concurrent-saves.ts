import type { SectionDto } from "@/lib/contracts/section";
import { sharedApp } from "./support/app";
import { readChain } from "./support/chain";
import type { Client } from "./support/client";
import { Findings } from "./support/findings";
import type { Proof } from "./support/proof";
import { Random } from "./support/random";
import { asSuperuser } from "./support/sql";
import {
  contentOf,
  makeWorkbook,
  type Place,
  paragraphsOf,
  placesOf,
  readSections,
  saveSection,
} from "./support/workbook";

/** A writer gives up after so many attempts; each takes part in one section, so it needs far fewer. */
const MOST_ATTEMPTS = 60;

/** What was seen of one section: every winner's text by version, every loser's `current`. */
interface Log {
  readonly place: Place;
  readonly winners: Map<number, readonly string[]>;
  readonly losers: SectionDto[];
  busy: number;
}

/**
 * Many saves at once over twenty sections, by several people. Whoever loses takes the text that won, adds the own mark
 * and saves again, as the merge view does, until it is in.
 */
export const prove: Proof = async ({ short, seed }) => {
  const saves = short ? 80 : 200;
  const random = new Random(seed);
  const findings = new Findings();
  const app = await sharedApp();
  const workbook = await makeWorkbook(app, "Storm", 4, 3);
  const logs: Log[] = placesOf(workbook.worksheetIds, 20).map((place) => ({
    place,
    winners: new Map(),
    losers: [],
    busy: 0,
  }));
  const writers = random.shuffle(Array.from({ length: saves }, (_, n) => n)).map((n) => {
    const log = logs[n % logs.length];
    if (!log) throw new Error("There is no section.");
    return { log, mark: `mark ${n} of ${seed}`, client: random.pick(workbook.clients) };
  });

  await Promise.all(writers.map(({ client, log, mark }) => write(client, log, mark, findings)));

  const [lead] = workbook.clients;
  if (!lead) throw new Error("There is no lead.");
  const stored = await readSections(
    lead,
    logs.map((log) => log.place),
  );
  for (const [index, log] of logs.entries()) checkSection(log, stored[index], findings);
  const kept = new Set(stored.flatMap((section) => paragraphsOf(section.content)));
  for (const { mark } of writers) findings.expect(kept.has(mark), `${mark} is lost`);

  const wins = sum(logs.map((log) => log.winners.size));
  const increments = sum(stored.map((section) => section.version));
  findings.expect(wins === saves, `${wins} saves won, ${saves} writers finished`);
  findings.expect(increments === wins, `${increments} version increments for ${wins} wins`);
  const chain = await asSuperuser(app, (sql) => readChain(sql, workbook.organisationId));
  const events = chain.events.filter((event) => event.action === "section.saved");
  const distinct = new Set(
    events.map((event) => `${event.worksheetId} ${event.detail.section} ${event.detail.version}`),
  );
  findings.expect(events.length === wins && distinct.size === wins, `${events.length} events for ${wins} wins`);
  findings.expect(chain.problem === null, chain.problem ?? "");
  const losses = sum(logs.map((log) => log.losers.length));
  const busy = sum(logs.map((log) => log.busy));
  return findings.result(
    `${saves} concurrent saves over ${logs.length} sections: ${wins} wins = ${increments} version increments = ${events.length} events, ${losses} refusals as stale with the winner's text, ${busy} asked to wait, all ${saves} marks kept, chain of ${chain.events.length} events verifies`,
  );
};

/** Saves one mark, over and over until it is in. */
async function write(client: Client, log: Log, mark: string, findings: Findings): Promise<void> {
  const { place } = log;
  let base: { version: number; paragraphs: readonly string[] } = { version: 0, paragraphs: [] };
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
    const paragraphs = [...base.paragraphs, mark];
    const reply = await saveSection(client, place, base.version, contentOf(place.key, paragraphs));
    if (reply.status === 200) return noteWin(log, reply.json as SectionDto, base.version + 1, paragraphs, findings);
    const problem = reply.json as { code?: string; current?: SectionDto } | undefined;
    if (reply.status === 503 && problem?.code === "unavailable") {
      log.busy += 1;
    } else if (reply.status === 409 && problem?.code === "stale" && problem.current) {
      log.losers.push(problem.current);
      base = { version: problem.current.version, paragraphs: paragraphsOf(problem.current.content) };
    } else {
      findings.add(`a save was answered with ${reply.status}: ${reply.text.slice(0, 200)}`);
      return;
    }
  }
  findings.add(`${mark} was not in after ${MOST_ATTEMPTS} attempts`);
}

function noteWin(log: Log, reply: SectionDto, version: number, sent: readonly string[], findings: Findings): void {
  findings.expect(reply.version === version, `a save over version ${version - 1} made version ${reply.version}`);
  findings.expect(!log.winners.has(version), `two saves won version ${version} of ${log.place.key}`);
  findings.expect(same(paragraphsOf(reply.content), sent), `a winner's reply is not what was sent`);
  log.winners.set(version, sent);
}

/** The text stored is that of the last winner, and every loser was shown a winner's. */
function checkSection(log: Log, stored: SectionDto | undefined, findings: Findings): void {
  const { key } = log.place;
  if (!stored) {
    findings.add(`${key} is gone`);
    return;
  }
  const last = log.winners.get(stored.version) ?? [];
  findings.expect(same(paragraphsOf(stored.content), last), `the text of ${key} is not that of its last winner`);
  for (const { version, content } of log.losers) {
    const winner = log.winners.get(version) ?? [];
    findings.expect(same(paragraphsOf(content), winner), `a loser was shown what no winner wrote (${key} ${version})`);
  }
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((one, index) => one === b[index]);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
