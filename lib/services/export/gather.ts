import { randomUUID } from "node:crypto";
import { posix } from "node:path";
import { type Grant, readOneInstant, readScope } from "@/lib/auth/scope";
import { Failure } from "@/lib/contracts/failure";
import type { WorksheetTarget } from "@/lib/data/facts";
import { listWorksheets } from "@/lib/data/worksheets";
import { LockLost } from "@/lib/db/advisory-locks";
import { isUnavailable } from "@/lib/db/errors";
import type { ScopedTx } from "@/lib/db/kinds";
import { KIND_NAMES } from "@/lib/domain/records/kinds";
import { logger } from "@/lib/logger";
import { type ExportRun, Interrupted, NotWanted } from "@/lib/services/export/export-run";
import type { JobFolder } from "@/lib/storage/job-folder";

/** Worksheets that are read, and in memory, at once. */
const AT_ONCE = 50;

/** How something is gathered: a plan of what goes in, and of each few of the planned worksheets what is laid down. */
export interface Gathering<Plan, Item extends { readonly id: string }, Told> {
  readonly plan: (tx: ScopedTx, grant: Grant) => Promise<Plan>;
  /** The worksheets of a plan, by their ids. */
  readonly items: (plan: Plan) => readonly Item[];
  /** @returns what a stretch's file holds, and what is kept of it beside the plan */
  readonly gather: (tx: ScopedTx, grant: Grant, some: readonly Item[]) => Promise<Stretch<Told>>;
  /** Says that the plan is made, and with each stretch how many of its worksheets have been gathered. */
  readonly reached?: (plan: Plan, gathered: number) => void;
}

interface Stretch<Told> {
  readonly laid: unknown;
  readonly told: readonly Told[];
}

/** The folder of the attempts' folders, and the outcome that names one of them. */
const [ATTEMPTS, PLAN] = ["gathered", "plan.json"];
const GONE = "What this attempt has gathered was removed by whoever holds the export's lock now.";

/** Counts up when what an earlier version of Countervail has gathered cannot be gone on with. */
const VERSION = 4;

/** A plan with what was gathered by it. */
export interface Gathered<Plan, Told> {
  readonly version: number;
  readonly plan: Plan;
  readonly told: readonly Told[];
  /** The files of the stretches in the job's folder, in their order. */
  readonly stretches: readonly string[];
}

/**
 * Plans and gathers what goes into one file: all of it of one instant, in one transaction that only reads, and laid down a
 * stretch at a time, so that no more is in memory. The files lie in a folder of this attempt's own, which the outcome
 * names: whatever ended an attempt, or if two ran at once, stretches of two instants never come together. What earlier
 * attempts left behind is removed first, so call it under the export's lock.
 * @throws Failure wrong_state by the name of a worksheet that cannot be read, and for what another version has gathered;
 * LockLost when somebody else has removed what this one gathered; as the gathering does
 */
export async function gatherAtOneInstant<Plan, Item extends { readonly id: string }, Told>(
  run: ExportRun,
  gathering: Gathering<Plan, Item, Told>,
  parts: (plan: Plan) => number,
): Promise<Gathered<Plan, Told>> {
  await tidyAttempts(run.folder);
  const make = async () => {
    const attempt: Attempt<Item> = { suspects: [] };
    try {
      const work = (tx: ScopedTx, grant: Grant) => layAll(run, gathering, attempt, [tx, grant]);
      return await readOneInstant(run.context, "workbook.export", named(run), work, "export");
    } catch (error) {
      if (isExpected(error)) throw error;
      for (const one of attempt.suspects) await accuse(run, gathering, one);
      throw error;
    }
  };
  const gathered = await run.json("plan", PLAN, make, ({ version, plan }) => (version === VERSION ? parts(plan) : 0));
  if (gathered.version !== VERSION) {
    throw new Failure("wrong_state", "This export was begun by another version of Countervail. Ask for it again.");
  }
  // Somebody who lost the lock may have laid its own just now. The next attempt begins anew.
  await requireStretches(run.folder, gathered.stretches);
  return gathered;
}

/**
 * Removes the folders of attempts that no outcome names, since a job that is killed again and again would fill the disk
 * with them. An outcome whose stretches are gone goes too, with all that rests on it.
 */
async function tidyAttempts(folder: JobFolder): Promise<void> {
  const bytes = await folder.read(PLAN);
  const laid = bytes && (JSON.parse(Buffer.from(bytes).toString("utf8")) as Gathered<unknown, unknown>);
  if (laid && laid.version !== VERSION) return;
  if (laid && !(await areThere(folder, laid.stretches))) await folder.clear();
  const kept = new Set(laid?.stretches.map((name) => posix.dirname(name)));
  for (const name of await folder.folders(ATTEMPTS)) {
    const path = `${ATTEMPTS}/${name}`;
    if (kept.has(path)) continue;
    // Who lost the lock may still be writing there: what stays now goes with the next attempt.
    await folder
      .remove(path)
      .catch((error: unknown) => logger().warn({ err: error }, "an earlier attempt at an export was not removed"));
  }
}

/** @throws LockLost */
async function requireStretches(folder: JobFolder, stretches: readonly string[]): Promise<void> {
  if (!(await areThere(folder, stretches))) throw new LockLost(GONE);
}

async function areThere(folder: JobFolder, stretches: readonly string[]): Promise<boolean> {
  for (const name of stretches) if (!(await folder.has(name))) return false;
  return true;
}

/** A stretch that was gathered. */
export async function readStretch<T>({ folder }: ExportRun, name: string): Promise<T> {
  const bytes = await folder.read(name);
  if (!bytes) throw new Error("A stretch of worksheets is gone.");
  return JSON.parse(Buffer.from(bytes).toString("utf8")) as T;
}

/** What is known when an attempt fails. */
interface Attempt<Item> {
  /** The worksheets that were being read. */
  suspects: readonly Item[];
}

async function layAll<Plan, Item extends { readonly id: string }, Told>(
  run: ExportRun,
  gathering: Gathering<Plan, Item, Told>,
  attempt: Attempt<Item>,
  [tx, grant]: readonly [ScopedTx, Grant],
): Promise<Gathered<Plan, Told>> {
  const folder = `${ATTEMPTS}/${randomUUID()}`;
  const plan = await gathering.plan(tx, grant);
  gathering.reached?.(plan, 0);
  const items = gathering.items(plan);
  const stretches: string[] = [];
  const told: Told[] = [];
  try {
    for (let at = 0; at < items.length; at += AT_ONCE) {
      run.requireWanted();
      attempt.suspects = items.slice(at, at + AT_ONCE);
      const stretch = await gathering.gather(tx, grant, attempt.suspects);
      attempt.suspects = [];
      const name = `${folder}/${String(stretches.length).padStart(4, "0")}.json`;
      await run.folder.bytes(name, () => Buffer.from(JSON.stringify(stretch.laid), "utf8"));
      stretches.push(name);
      for (const one of stretch.told) told.push(one);
      gathering.reached?.(plan, Math.min(at + AT_ONCE, items.length));
    }
    await requireStretches(run.folder, stretches);
  } catch (error) {
    await run.folder.remove(folder);
    throw error;
  }
  return { version: VERSION, plan, told, stretches };
}

/** Reads one worksheet by itself, to find out whether it is the one that cannot be. */
async function accuse<Plan, Item extends { readonly id: string }, Told>(
  run: ExportRun,
  gathering: Gathering<Plan, Item, Told>,
  item: Item,
): Promise<void> {
  await readScope(run.context, "workbook.export", named(run), async (tx, grant) => {
    const [worksheet] = await listWorksheets(tx, [item.id]);
    try {
      await gathering.gather(tx, grant, [item]);
    } catch (error) {
      if (isExpected(error)) throw error;
      logger().error({ err: error, worksheetId: item.id }, "a worksheet cannot be gathered");
      throw new Failure(
        "wrong_state",
        `${worksheet ? worksheetName(worksheet) : "A worksheet"} cannot be read. Whoever runs the service finds the reason in its log.`,
      );
    }
  });
}

function isExpected(error: unknown): boolean {
  const isEnd = [Interrupted, NotWanted, LockLost].some((kind) => error instanceof kind);
  return isEnd || error instanceof Failure || isUnavailable(error);
}

function worksheetName({ kind, requirementNumber }: WorksheetTarget): string {
  return `${KIND_NAMES[kind]} ${requirementNumber}`;
}

function named({ row }: ExportRun): { readonly engagementId: string } {
  return { engagementId: row.engagementId };
}
