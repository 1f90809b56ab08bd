import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { OperatorError } from "@/lib/operator-error";

/** A system account: its numeric user and group. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

const NAME = "postgres";

/**
 * The account the server has to run as: undefined for whoever started us, or, when that is root (which PostgreSQL
 * refuses), the account `postgres`, created if absent.
 * @throws OperatorError when the account can be neither found nor made
 */
export function serverAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const known = lookUp();
  if (known) return known;
  spawnSync("useradd", ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", NAME]);
  const made = lookUp();
  if (made) return made;
  throw new OperatorError(
    `PostgreSQL does not run as root and the account "${NAME}" could not be created: create it, or start Countervail as an ordinary user.`,
  );
}

/** Whether the account may enter a folder, asked of the system itself (which also knows about access lists). */
export function mayEnter(folder: string, account: Account): boolean {
  // --: a folder that begins with a dash. Node drops root's supplementary groups together with the user.
  return spawnSync("/bin/sh", ["-c", 'cd -- "$1"', "sh", folder], { ...account, cwd: "/" }).status === 0;
}

function lookUp(): Account | undefined {
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((entry) => entry.startsWith(`${NAME}:`));
  const [, , uid, gid] = line?.split(":") ?? [];
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined;
}
