import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Webhook } from "standardwebhooks";
import { makeSecretBox } from "@/lib/auth/secret-box";
import { systemClock } from "@/lib/clock";
import { startTemporaryServer } from "@/lib/db/embedded/temporary";
import { fileKek } from "@/lib/secrets/file-kek";
import { makeKekFile } from "@/lib/secrets/kek-file";
import { makeWebhook } from "@/lib/services/webhooks/manage-webhooks";
import { addEvidence } from "@/lib/services/worksheet/add-evidence";
import { loadCatalogue } from "@/prisma/seed/catalogue";
import { makeEngagement, openSheet } from "@/test/engagement";
import { WebhookReceiver } from "@/test/webhook-receiver";
import { World } from "@/test/world";
import { startWorkerProcess, type WorkerProcess } from "../resume/worker-process";
import type { Random } from "../support/random";

/** What delays are multiplied by, so that three days are some minutes. */
const PACE = "0.001";

/** A request as it came in: whether it was answered as a delivery, and what is wrong with its signature. */
export interface Request {
  readonly id: string;
  /** When it came, as a number that only grows. */
  readonly at: number;
  readonly accepted: boolean;
  readonly unsigned: string | null;
}

/** A message as it is stored, in the order in which it happened. */
export interface Stored {
  readonly id: string;
  readonly subject: string;
  readonly state: string;
}

/** A service with worksheets, an endpoint that fails at random, and workers. */
export interface Stage {
  readonly requests: readonly Request[];
  readonly startWorker: () => WorkerProcess;
  /** Lets so many things happen to each worksheet, in turn. */
  readonly happen: (each: number) => Promise<void>;
  readonly untilReceived: (count: number) => Promise<void>;
  readonly untilSettled: (patience: number) => Promise<void>;
  readonly messages: () => Promise<Stored[]>;
  readonly remove: () => Promise<void>;
}

/** Makes one. @param short leaves out what waits ten seconds */
export async function makeStage(random: Random, subjects: number, short: boolean): Promise<Stage> {
  const temporary = await startTemporaryServer();
  const dataFolder = await mkdtemp(join(tmpdir(), "countervail-webhooks-"));
  const addresses = await temporary.makeMigrated("webhooks");
  await loadCatalogue(addresses.ownerUrl);
  const adminUrl = temporary.server.adminUrl("webhooks");
  const world = await World.make(new Date().toISOString(), {
    stored: { ...addresses, adminUrl, drop: async () => undefined },
  });
  const clock = setInterval(() => {
    world.now = new Date();
  }, 200);
  const kekFile = join(dataFolder, "kek.json");
  await makeKekFile(kekFile, new Date());
  const receiver = await WebhookReceiver.start();
  const engagementId = await makeEngagement(world);
  const sheets = await openSheets(world, engagementId, subjects);
  const by = { ...(await world.steppedUp("admin")), secrets: makeSecretBox(fileKek(kekFile), systemClock) };
  const eventTypes = ["evidence.added" as const];
  const { secret } = await makeWebhook(by, { url: receiver.url, description: "", eventTypes, engagementId: null });
  const requests = takeAtRandom(receiver, secret, random, short);
  const stored = () =>
    world.behind.prisma.webhookMessage.findMany({
      orderBy: { seq: "asc" },
      select: { id: true, subject: true, state: true },
    });
  return {
    requests,
    messages: stored,
    startWorker: () =>
      startWorkerProcess({
        COUNTERVAIL_WORKER_DATABASE_URL: addresses.workerUrl,
        COUNTERVAIL_DATA: dataFolder,
        COUNTERVAIL_KEK_FILE: kekFile,
        COUNTERVAIL_URL: "http://localhost:4999",
        COUNTERVAIL_WEBHOOK_PACE: PACE,
      }),
    happen: async (each) => {
      for (let turn = 0; turn < each; turn += 1) for (const sheet of sheets) await addOne(world, sheet, turn);
    },
    untilReceived: async (count) => {
      while (requests.length < count) await pause(20);
    },
    untilSettled: async (patience) => {
      const end = Date.now() + patience;
      while ((await stored()).some(({ state }) => state === "waiting")) {
        if (Date.now() > end) return;
        await pause(200);
      }
    },
    remove: async () => {
      clearInterval(clock);
      await receiver.close();
      await world.close();
      await temporary.remove();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

async function openSheets(world: World, engagementId: string, count: number): Promise<string[]> {
  const known = await world.behind.prisma.requirement.findMany({
    where: { standardVersion: "4.0.1", leaf: true },
    select: { number: true },
    orderBy: { number: "asc" },
  });
  const sheets: string[] = [];
  for (const { number } of known) {
    if (sheets.length === count) break;
    const sheet = await openSheet(world, engagementId, number).catch(() => null);
    if (sheet !== null) sheets.push(sheet);
  }
  if (sheets.length < count) throw new Error(`Only ${sheets.length} of ${count} worksheets could be opened.`);
  return sheets;
}

async function addOne(world: World, sheet: string, turn: number): Promise<void> {
  await addEvidence(await world.as("contributor"), sheet, {
    section: "validation",
    itemId: null,
    title: `Drill ${turn} ${randomUUID()}`,
    url: "https://example.com/drill",
    shows: "",
    collectedOn: "2026-11-20",
    validUntil: null,
  });
}

/** How an endpoint fails; each is as likely as its share of a hundred. */
const FAILURES: readonly (readonly [share: number, fail: (reply: ServerResponse) => void])[] = [
  [12, (reply) => reply.writeHead(500).end("Sorry.")],
  [4, (reply) => reply.writeHead(503, { "retry-after": "2" }).end()],
  [4, (reply) => reply.writeHead(302, { location: "http://127.0.0.1:1/" }).end()],
  [8, (reply) => reply.destroy()],
  [3, (reply) => setTimeout(() => reply.writeHead(429).end(), 800)],
];
const SILENCE = 1;
/** After so many requests for a message the endpoint takes it, so that none is given up. */
const MOST_FAILURES = 5;

function takeAtRandom(receiver: WebhookReceiver, secret: string, random: Random, short: boolean): Request[] {
  const requests: Request[] = [];
  const peer = new Webhook(secret);
  receiver.answer = ({ id, body, headers }) => {
    let unsigned: string | null = null;
    try {
      peer.verify(body, headers);
    } catch (error) {
      unsigned = String(error);
    }
    const tries = requests.filter((one) => one.id === id).length;
    const fail = tries < MOST_FAILURES ? failureOf(random, short) : null;
    requests.push({ id, at: requests.length + 1, accepted: fail === null, unsigned });
    return fail ?? 204;
  };
  return requests;
}

function failureOf(random: Random, short: boolean): ((reply: ServerResponse) => void) | null {
  let left = random.int(100);
  for (const [share, fail] of FAILURES) {
    if (left < share) return fail;
    left -= share;
  }
  return !short && left < SILENCE ? () => undefined : null;
}
