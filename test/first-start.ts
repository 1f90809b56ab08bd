import { randomBytes } from "node:crypto";
import { link, mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { choosePlace } from "@/lib/db/embedded/place";
import { isAlive } from "@/lib/db/embedded/processes";
import { hashSources } from "../scripts/launcher/build";
import { filesUnder, hashFiles } from "../scripts/support/hashing";
import { ROOT, runProgram } from "../scripts/support/run-program";

/** What a first start leaves: the demo, or nothing but the catalogue. */
export type FirstStart = "demo" | "empty";

/** Where the data of first starts are kept, to be copied. */
const SHELF = join(ROOT, "node_modules", ".cache", "countervail-first-starts");
/** What nobody has asked for during this time may go (milliseconds). */
const KEPT = 2 * 60 * 60_000;

/** The path of a data folder that is nowhere yet, in the system's temporary folder, where PostgreSQL's account may enter. */
export function newDataFolder(): string {
  return join(resolve(tmpdir()), `countervail-app-${process.pid}-${randomBytes(4).toString("hex")}`);
}

/** Starts Countervail on a folder for the first time and ends it in good order. */
export type StartAndEnd = (folder: string) => Promise<void>;

/**
 * Puts into a data folder what a first start leaves there, so that the start to come takes seconds. Every copy has the same
 * passwords and keys: none of them leaves the machine. Where PostgreSQL may not enter the folder nothing is put there, and
 * the start to come is a first one.
 * @param folder of nobody yet
 */
export async function putFirstStart(folder: string, kind: FirstStart, start: StartAndEnd): Promise<void> {
  const { notice } = await choosePlace(folder);
  if (notice === undefined) await copy(await makeFirstStart(kind, start), folder);
}

/**
 * Makes what copies are taken of, once for the same sources on the same day, from which the demo counts its dates; whoever
 * asks meanwhile waits.
 * @returns the folder to copy
 */
export async function makeFirstStart(kind: FirstStart, start: StartAndEnd): Promise<string> {
  const kept = join(SHELF, `${kind}-${await nameOfNow()}`);
  if (!(await isThere(kept))) await alone(join(SHELF, `${kind}.lock`), () => makeUnlessThere(kept, start));
  // What is in use is young.
  const now = new Date();
  await utimes(kept, now, now);
  return kept;
}

/** A name that changes with all that a first start depends on. */
async function nameOfNow(): Promise<string> {
  const launcher = [...(await filesUnder("scripts/launcher")), ...(await filesUnder("scripts/support"))];
  const day = new Date().toISOString().slice(0, 10);
  const words = [await hashSources(), day, String(process.getuid?.() ?? 0), process.version];
  return `${day}-${(await hashFiles(launcher, ...words)).slice(0, 16)}`;
}

async function makeUnlessThere(kept: string, start: StartAndEnd): Promise<void> {
  if (await isThere(kept)) return;
  await clearOut();
  const folder = newDataFolder();
  const draft = `${kept}.${process.pid}.${randomBytes(4).toString("hex")}.new`;
  try {
    await start(folder);
    // What ended by force may still be written to: a copy of it would be torn.
    if (await isThere(join(folder, "postgres", "postmaster.pid"))) {
      throw new Error("The first start did not end in good order.");
    }
    await mkdir(draft, { mode: 0o700 });
    await copy(folder, draft);
    await rename(draft, kept);
  } finally {
    await Promise.all([folder, draft].map((path) => rm(path, { recursive: true, force: true })));
  }
}

/** Removes what was made on earlier days, or of other sources a while ago. */
async function clearOut(): Promise<void> {
  for (const name of await readdir(SHELF)) {
    const path = join(SHELF, name);
    const info = await stat(path).catch(() => null);
    if (info?.isDirectory() && Date.now() - info.mtimeMs > KEPT) await rm(path, { recursive: true, force: true });
  }
}

/** Copies what is in a folder (the dot: not the folder itself), with owners and rights, as the database's account needs. */
async function copy(from: string, to: string): Promise<void> {
  const { status, output } = await runProgram("cp", ["-R", "-p", `${from}/.`, to]);
  if (status !== 0) throw new Error(`The data of a first start could not be copied: ${output.trim()}`);
}

/** Works while nobody else does: of several that ask at once, in whatever processes, one after the other. */
async function alone(lock: string, work: () => Promise<void>): Promise<void> {
  const draft = `${lock}.${process.pid}.${randomBytes(4).toString("hex")}`;
  await mkdir(SHELF, { recursive: true });
  await writeFile(draft, String(process.pid));
  try {
    // A hard link either appears or fails, whole with what it says.
    while (!(await isLinked(draft, lock))) {
      const holder = Number(await readFile(lock, "utf8").catch(() => "0"));
      // Under a name of one's own first: meanwhile the lock may be a newcomer's, who then keeps it.
      if (holder > 0 && !isAlive(holder)) await removeIfOf(holder, lock, `${draft}.old`);
      await pause(100);
    }
    await work().finally(() => rm(lock, { force: true }));
  } finally {
    await rm(draft, { force: true });
  }
}

async function removeIfOf(holder: number, lock: string, aside: string): Promise<void> {
  await rename(lock, aside).catch(() => undefined);
  const taken = Number(await readFile(aside, "utf8").catch(() => "0"));
  if (taken > 0 && taken !== holder) await link(aside, lock).catch(() => undefined);
  await rm(aside, { force: true });
}

async function isLinked(draft: string, lock: string): Promise<boolean> {
  return link(draft, lock).then(
    () => true,
    (error: unknown) => {
      if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
      throw error;
    },
  );
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
