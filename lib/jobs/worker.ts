import { setTimeout as pause } from "node:timers/promises";
import PgBoss from "pg-boss";
import type { ServiceContext } from "@/lib/auth/context";
import { AdvisoryLocks } from "@/lib/db/advisory-locks";
import { Deliveries } from "@/lib/jobs/deliveries";
import { logger } from "@/lib/logger";
import { EXPORT_QUEUE } from "@/lib/queue/enqueue-export";
import { afterPause, runExport, type Workshop } from "@/lib/services/export/run-export";
import { enqueueOpenExports, sweepExports } from "@/lib/services/export/tend-exports";
import { sweepDeliveries } from "@/lib/services/webhooks/tend-deliveries";

/** What a worker is started with. */
export interface WorkerSettings {
  /** PostgreSQL as the worker's login. */
  readonly databaseUrl: string;
  /** The service, with nobody signed in; its database is opened as the worker's login too. */
  readonly context: ServiceContext;
  readonly workshop: Workshop;
  /** What delays between attempts to deliver are multiplied by: 1, but for tests. */
  readonly pace?: number;
}

/** A running worker. */
export interface RunningWorker {
  /** Lets exports stop after the part they are at, to go on at the next start. */
  stop(): Promise<void>;
}

/** Exports that are made at the same time; the renderer takes no more. */
const AT_ONCE = 2;
/** How long until an empty queue is looked at again, and a database that is away (milliseconds). */
const IDLE_MS = 500;
const AWAY_MS = 2_000;
/** How often open exports get a new ticket, in case theirs was lost or they wait for something, and folders are swept. */
const TEND_MS = 10_000;
const SWEEP_MS = 60_000;
/** When nothing was tended for longer, nobody was there to. */
const PAUSE_MS = 5 * 60_000;
/** How often it is looked whether the locks are still held. */
const LOOK_MS = 5_000;

/** A ticket of the queue. */
interface Ticket {
  readonly exportId: string;
}

/**
 * Starts to take tickets and to make what they name. The queue may be away now and then, and a ticket may come twice or
 * never: each export is taken under a lock that ends with its holder, and open ones get new tickets. Beside them it
 * delivers what webhooks are to be told.
 */
export function startWorker({ databaseUrl, context, workshop, pace = 1 }: WorkerSettings): RunningWorker {
  const ending = new AbortController();
  const { signal } = ending;
  const locks = new AdvisoryLocks(databaseUrl);
  // The owner made the queue's tables; the worker's login could not.
  const boss = new PgBoss({ connectionString: databaseUrl, schema: "pgboss", migrate: false, schedule: false, max: 3 });
  boss.on("error", (error) => logger().warn({ err: error }, "the queue is not to be reached"));
  const running = new Set<string>();

  let tried = 0;
  /** The worker was off until now, or its whole machine slept. @returns the instant at which something is tried */
  const notePause = async () => {
    const now = context.clock().getTime();
    if (now - tried > PAUSE_MS) await afterPause(context);
    return now;
  };
  const make = async ({ exportId }: Ticket) => {
    tried = await notePause();
    if (running.has(exportId)) return;
    running.add(exportId);
    try {
      const lock = await locks.take(`countervail-export:${exportId}`);
      if (!lock) return;
      const held = { lost: lock.lost, settled: () => locks.check() };
      await runExport({ ...context, requestId: exportId }, workshop, exportId, signal, held).finally(lock.release);
    } finally {
      running.delete(exportId);
    }
  };
  const takeOne = async () => {
    const [ticket] = await boss.fetch<Ticket>(EXPORT_QUEUE);
    if (!ticket) return rest(IDLE_MS, signal);
    try {
      await make(ticket.data);
    } finally {
      await boss.complete(EXPORT_QUEUE, ticket.id);
    }
  };
  const look = async () => {
    await locks.check();
    await rest(LOOK_MS, signal);
  };
  const tend = async () => {
    const now = await notePause();
    await enqueueOpenExports(context, running);
    // Where the database is away nothing is tried, and as long as that is a pause too.
    tried = now;
    await rest(TEND_MS, signal);
  };
  // Each in a loop of its own: a folder that cannot be swept must not keep what webhooks were told.
  const sweepFolders = async () => {
    await sweepExports(context, workshop.exports.folder);
    await rest(SWEEP_MS, signal);
  };
  const sweepWebhooks = async () => {
    await sweepDeliveries(context, signal);
    await rest(SWEEP_MS, signal);
  };
  const deliveries = new Deliveries({ context, locks, pace, ending: signal });
  const deliver = async () => {
    if (!(await deliveries.begin())) await rest(IDLE_MS, signal);
  };
  const ended = (async () => {
    // What is delivered has no ticket in the queue, and does not wait for it.
    const delivering = over(deliver, signal).then(() => deliveries.ended());
    await onceThere(() => boss.start(), signal);
    const all = [...Array.from({ length: AT_ONCE }, () => takeOne), look, tend, sweepFolders, sweepWebhooks];
    await Promise.all([delivering, ...all.map((work) => over(work, signal))]);
  })();
  return {
    stop: async () => {
      ending.abort();
      await ended;
      await boss.stop({ graceful: false, wait: true, close: true });
      await locks.close();
    },
  };
}

/** Does something over and over until the end. What fails is said, and tried again after a while. */
async function over(work: () => Promise<void>, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) await attempt(work, signal);
}

async function onceThere(work: () => Promise<unknown>, signal: AbortSignal): Promise<void> {
  let there = false;
  while (!there && !signal.aborted) {
    await attempt(async () => {
      await work();
      there = true;
    }, signal);
  }
}

async function attempt(work: () => Promise<void>, signal: AbortSignal): Promise<void> {
  try {
    await work();
  } catch (error) {
    logger().warn({ err: error }, "the worker tries again");
    await rest(AWAY_MS, signal);
  }
}

async function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  await pause(milliseconds, undefined, { signal }).catch(() => undefined);
}
