import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { ExportListDto } from "@/lib/contracts/export";
import type { SectionDto } from "@/lib/contracts/section";
import { seal } from "@/lib/services/worksheet/seal";
import { type App, type Part, sharedApp } from "./support/app";
import { ChainFollower, readChain } from "./support/chain";
import type { Client, Reply } from "./support/client";
import { Findings } from "./support/findings";
import type { Proof } from "./support/proof";
import { Random } from "./support/random";
import { asSuperuser } from "./support/sql";
import {
  contentOf,
  makeWorkbook,
  must,
  type Place,
  paragraphsOf,
  placesOf,
  readSections,
  saveSection,
  type Workbook,
} from "./support/workbook";

/** How long a save may be tried again while something restarts (milliseconds). */
const PATIENCE = 90_000;
const PARTS: readonly Part[] = ["web", "database", "signer", "worker"];
/** Kills, least saves between two of them, and most more by chance. */
const SHORT = { kills: 4, between: 10, more: 30 };
const LONG = { kills: 200, between: 250, more: 30 };
/** The long form has to have so many acknowledged saves. */
const FEWEST_SAVES = 50_000;

/** Somebody who alone writes one section, save after save. */
interface Writer {
  readonly client: Client;
  readonly place: Place;
  /** Digest of the content of each acknowledged save; the first one made version 1. */
  readonly acknowledged: string[];
  last: readonly string[];
}

interface Tally {
  retries: number;
  replays: number;
}

/**
 * Kills web server, database, signer and worker by SIGKILL, one after the other, while people save. Every save carries an
 * idempotency key and is sent again, key and all, until it is acknowledged. After each kill the chain verifies; in the end
 * every acknowledged save is there once. (That the launcher may be killed is start's to prove.)
 */
export const prove: Proof = async ({ short, seed }) => {
  const { kills, between, more } = short ? SHORT : LONG;
  const random = new Random(seed);
  const findings = new Findings();
  const app = await sharedApp();
  const workbook = await makeWorkbook(app, "Kill", 2, 5);
  const places = placesOf(workbook.worksheetIds, workbook.clients.length);
  const writers: Writer[] = workbook.clients.map((client, index) => {
    const place = places[index];
    if (!place) throw new Error("There is no section for a writer.");
    return { client, place, acknowledged: [], last: [] };
  });

  const tally: Tally = { retries: 0, replays: 0 };
  const ending = { now: false };
  const loops = writers.map((writer, index) => saveOn(writer, `writer ${index} of ${seed}`, ending, tally, findings));
  const done = Promise.all(loops);
  const killed: Part[] = [];
  const chain = new ChainFollower(`org:${workbook.organisationId}`);
  try {
    for (let n = 0; n < kills; n += 1) {
      await acknowledged(writers, countOf(writers) + between + random.int(more), done);
      const part = PARTS[n % PARTS.length] ?? "web";
      if (part === "worker") await askForWorkbook(workbook, tally);
      await app.kill(part);
      killed.push(part);
      await app.untilReady();
      const problem = await asSuperuser(app, (sql) => chain.problem(sql));
      findings.expect(problem === null, `after kill ${n + 1}, of the ${part}: ${problem}`);
    }
    await acknowledged(writers, countOf(writers) + 10, done);
    await expectWorkbook(workbook, tally, findings);
  } finally {
    ending.now = true;
    await done;
  }
  return check(app, { organisationId: workbook.organisationId, writers, killed, tally, findings });
};

const exportsOf = ({ engagementId }: Workbook) => `/api/v1/engagements/${engagementId}/exports`;

/** Gives the worker something to be killed at; what came out before is removed. */
async function askForWorkbook(workbook: Workbook, tally: Tally): Promise<void> {
  const [lead] = workbook.clients;
  if (!lead) throw new Error("There is no lead.");
  const { items } = must<ExportListDto>(await untilAnswered(() => lead.send("GET", exportsOf(workbook)), tally));
  for (const { id } of items.filter(({ file }) => file !== null)) {
    const headers = { "idempotency-key": randomUUID() };
    must(await untilAnswered(() => lead.send("DELETE", `/api/v1/exports/${id}`, { headers }), tally));
  }
  const key = randomUUID();
  const ask = () =>
    lead.send("POST", exportsOf(workbook), { body: { kind: "workbook" }, headers: { "idempotency-key": key } });
  must(await untilAnswered(ask, tally));
}

/** However often the worker was killed, the export comes out. */
async function expectWorkbook(workbook: Workbook, tally: Tally, findings: Findings): Promise<void> {
  const [lead] = workbook.clients;
  if (!lead) throw new Error("There is no lead.");
  const end = Date.now() + PATIENCE;
  for (;;) {
    const { items } = must<ExportListDto>(await untilAnswered(() => lead.send("GET", exportsOf(workbook)), tally));
    const [last] = items;
    if (last?.state === "done") return;
    if (last?.state === "failed" || Date.now() > end) {
      findings.add(`the export is ${last?.state ?? "gone"}: ${last?.note ?? ""}`);
      return;
    }
    await pause(250);
  }
}

/** Saves one text after the other, each over the version that the last one made. */
async function saveOn(
  writer: Writer,
  name: string,
  ending: { readonly now: boolean },
  tally: Tally,
  findings: Findings,
): Promise<void> {
  for (let n = 1; !ending.now; n += 1) {
    const paragraphs = [...writer.last.slice(-4), `save ${n} by ${name}`];
    const content = contentOf(writer.place.key, paragraphs);
    const version = writer.acknowledged.length;
    const key = randomUUID();
    const reply = await untilAnswered(() => saveSection(writer.client, writer.place, version, content, key), tally);
    if (reply.status !== 200) {
      findings.add(`a save was answered with ${reply.status}: ${reply.text.slice(0, 200)}`);
      return;
    }
    if (reply.headers["idempotency-replayed"] === "true") tally.replays += 1;
    const made = reply.json as SectionDto;
    findings.expect(made.version === version + 1, `a save over version ${version} made version ${made.version}`);
    writer.acknowledged.push(seal(content).digest);
    writer.last = paragraphs;
  }
}

/** Sends until there is an answer that is one: a broken connection or "not available" is asked again. */
async function untilAnswered(send: () => Promise<Reply>, tally: Tally): Promise<Reply> {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const reply = await send().catch((error: unknown) => error);
    const answered = typeof reply === "object" && reply !== null && "status" in reply;
    if (answered && (reply as Reply).status < 500) return reply as Reply;
    if (answered && (reply as Reply).status !== 503) return reply as Reply;
    if (Date.now() > end) throw new Error(`A save was not answered in time: ${String(reply)}`);
    tally.retries += 1;
    await pause(100);
  }
}

/** Waits until so many saves are acknowledged; ends with the writers' failure if they end before. */
async function acknowledged(writers: readonly Writer[], count: number, done: Promise<unknown>): Promise<void> {
  const end = Date.now() + PATIENCE;
  let over = false;
  void done.then(
    () => {
      over = true;
    },
    () => {
      over = true;
    },
  );
  while (countOf(writers) < count) {
    if (over) return done.then(() => undefined);
    if (Date.now() > end) throw new Error("The saves do not go on.");
    await pause(10);
  }
}

function countOf(writers: readonly Writer[]): number {
  return writers.reduce((total, writer) => total + writer.acknowledged.length, 0);
}

interface Outcome {
  readonly organisationId: string;
  readonly writers: readonly Writer[];
  readonly killed: readonly Part[];
  readonly tally: Tally;
  readonly findings: Findings;
}

async function check(app: App, { organisationId, writers, killed, tally, findings }: Outcome) {
  const [reader] = writers;
  if (!reader) throw new Error("There is no writer.");
  const stored = await readSections(
    reader.client,
    writers.map((writer) => writer.place),
  );
  const chain = await asSuperuser(app, (sql) => readChain(sql, organisationId));
  findings.expect(chain.problem === null, chain.problem ?? "");
  const saves = chain.events.filter((event) => event.action === "section.saved");
  for (const [index, { place, acknowledged: digests, last }] of writers.entries()) {
    const section = stored[index];
    const own = saves.filter((one) => one.worksheetId === place.worksheetId && one.detail.section === place.key);
    const recorded = new Map(own.map((one) => [one.detail.version, one.detail.sha256]));
    for (const [n, digest] of digests.entries()) {
      findings.expect(
        recorded.get(n + 1) === digest,
        `save ${n + 1} of ${place.key} was acknowledged and is not there`,
      );
    }
    findings.expect(
      section?.version === digests.length,
      `${place.key} has version ${section?.version}, not ${digests.length}`,
    );
    findings.expect(own.length === digests.length, `${own.length} events for ${digests.length} saves of ${place.key}`);
    const text = section ? paragraphsOf(section.content).join("\n") : "";
    findings.expect(text === last.join("\n"), `the text of ${place.key} is not the one saved last`);
  }
  const count = countOf(writers);
  if (killed.length >= LONG.kills) findings.expect(count >= FEWEST_SAVES, `there were only ${count} saves`);
  const times = PARTS.map((part) => `${part} ${killed.filter((one) => one === part).length}`).join(", ");
  return findings.result(
    `${killed.length} kills (${times}) during ${count} saves: every acknowledged save is there, ${saves.length} events = ${count} version increments, ${tally.retries} attempts repeated, ${tally.replays} answered as replays, chain of ${chain.events.length} events verifies, and did after each kill`,
  );
}
