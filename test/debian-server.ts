import { spawn, spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { serverAccount } from "@/lib/db/embedded/account";
import { freePort } from "@/lib/db/embedded/server";

const HOME = "/usr/lib/postgresql";
const PASSWORD = "a password for tests";

/** The oldest PostgreSQL that Debian's packages have put here, or undefined: the embedded one is the newest. */
export function debianPostgres(): string | undefined {
  if (!existsSync(HOME)) return undefined;
  const versions = readdirSync(HOME).filter((name) => existsSync(join(HOME, name, "bin", "initdb")));
  const [oldest] = versions.map(Number).sort((a, b) => a - b);
  return oldest === undefined || oldest < 15 ? undefined : join(HOME, String(oldest), "bin");
}

/** A server of Debian's on a free port, in a temporary folder, without a thought for power cuts. */
export interface DebianServer {
  /** An address on it; the login's password is the one its address has. */
  readonly at: (user: string, database: string) => string;
  readonly stop: () => Promise<void>;
}

/** Starts one. @param programs the folder of initdb and postgres */
export async function startDebianServer(programs: string): Promise<DebianServer> {
  const account = serverAccount();
  const folder = mkdtempSync(join(tmpdir(), "countervail-debian-"));
  const secret = join(folder, "secret");
  writeFileSync(secret, PASSWORD);
  if (account) for (const path of [folder, secret]) chownSync(path, account.uid, account.gid);
  const cluster = join(folder, "data");
  const flags = ["-D", cluster, "-U", "postgres", "--auth=scram-sha-256", `--pwfile=${secret}`, "--encoding=UTF8"];
  const made = spawnSync(join(programs, "initdb"), [...flags, "--locale=C"], { ...account, cwd: "/" });
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`);
  const port = await freePort();
  const settings = ["fsync=off", "listen_addresses=127.0.0.1", "unix_socket_directories="];
  const server = spawn(
    join(programs, "postgres"),
    ["-D", cluster, "-p", String(port), ...settings.flatMap((one) => ["-c", one])],
    { ...account, cwd: "/", stdio: "ignore" },
  );
  const ended = new Promise<void>((resolve) => server.once("close", () => resolve()));
  const at = (user: string, database: string) =>
    `postgresql://${user}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}/${database}`;
  const end = Date.now() + 30_000;
  while (!(await answers(at("postgres", "postgres")))) {
    if (Date.now() > end) throw new Error("Debian's PostgreSQL does not answer.");
    await pause(50);
  }
  return {
    at,
    stop: async () => {
      server.kill("SIGINT");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
