import { createHash } from "node:crypto";
import { access, chmod, chown, constants, cp, mkdir, rename, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { OperatorError } from "@/lib/operator-error";
import { type Account, mayEnter, serverAccount } from "./account";
import { type Binaries, findBinaries } from "./binaries";

/** Where root keeps what the server's account could not reach in the folders it was given. */
const SHARED_HOME = "/var/lib/countervail";

/** Where an embedded server lives and who runs it. */
export interface Place {
  /** The database cluster (PGDATA). */
  readonly cluster: string;
  /** Folder with bin/initdb and bin/postgres. */
  readonly programs: string;
  /** Account to run as; undefined is our own. */
  readonly account: Account | undefined;
  /** What the operator should know, one line, when the cluster is not inside the data folder. */
  readonly notice: string | undefined;
}

/**
 * Makes the data folder and chooses where cluster and programs go. An ordinary user's cluster lies in the data folder.
 * As root the server runs as another account; what that account cannot reach moves to /var/lib/countervail.
 * @throws OperatorError when the folder cannot be made or written
 */
export async function choosePlace(dataFolder: string): Promise<Place> {
  const home = resolve(dataFolder);
  const account = serverAccount();
  await makeDataFolder(home);
  const binaries = await findBinaries();
  if (!account) return { cluster: join(home, "postgres"), programs: binaries.folder, account, notice: undefined };

  const programs = mayEnter(join(binaries.folder, "bin"), account)
    ? binaries.folder
    : await copyPrograms(binaries, SHARED_HOME);
  if (mayEnter(home, account)) return { cluster: join(home, "postgres"), programs, account, notice: undefined };
  const elsewhere = join(SHARED_HOME, createHash("sha256").update(home).digest("hex").slice(0, 16));
  await makeFolder(elsewhere, 0o711);
  return {
    cluster: join(elsewhere, "postgres"),
    programs,
    account,
    notice: `PostgreSQL may not enter ${home} (it does not run as root), so its data are in ${elsewhere}.`,
  };
}

/**
 * Makes the folder for data, closed to others. As root, others may pass through it (not list it), since the server runs
 * as another account; passwords in it are readable by root alone.
 * @throws OperatorError when it cannot be made or written
 */
export async function makeDataFolder(path: string): Promise<void> {
  const folder = resolve(path);
  await makeFolder(folder, process.getuid?.() === 0 ? 0o711 : 0o700);
  try {
    await access(folder, constants.W_OK | constants.X_OK);
  } catch {
    throw unwritable(folder);
  }
}

async function makeFolder(folder: string, mode: number): Promise<void> {
  try {
    const first = await mkdir(folder, { recursive: true });
    if (first !== undefined) await chmod(folder, mode);
  } catch {
    throw unwritable(folder);
  }
}

function unwritable(folder: string): OperatorError {
  return new OperatorError(
    `The data folder ${folder} cannot be written: correct its owner, or name another one in COUNTERVAIL_DATA.`,
  );
}

/** Copies the programs once per version; renaming at the end keeps a half-made copy from being used. */
async function copyPrograms(binaries: Binaries, home: string): Promise<string> {
  const target = join(home, `programs-${binaries.version}`);
  await makeFolder(home, 0o711);
  if (await exists(target)) return target;
  const draft = `${target}.${process.pid}`;
  await cp(binaries.folder, draft, { recursive: true, verbatimSymlinks: true });
  await chmod(draft, 0o755);
  await rename(draft, target).catch(async (error: unknown) => {
    await rm(draft, { recursive: true, force: true });
    if (!(await exists(target))) throw error;
  });
  return target;
}

/** Whether something is at that path. */
async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** Gives a folder to the server's account, if it runs as another one than ours. */
export async function giveTo(account: Account | undefined, path: string): Promise<void> {
  if (account) await chown(path, account.uid, account.gid);
}
