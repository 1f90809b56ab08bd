import { join } from "node:path";
import { z } from "zod";
import { CliError, EXIT } from "@/lib/cli/exit-codes";
import { targetOf } from "@/lib/cli/target";
import type { Terminal } from "@/lib/cli/terminal";
import { ensurePrivateFolder, readIfThere, writeDurably } from "@/lib/durable";

const stored = z.strictObject({
  current: z.string().nullable(),
  servers: z.record(z.string(), z.strictObject({ token: z.string(), name: z.string(), email: z.string().nullable() })),
});
type Stored = z.output<typeof stored>;

/** A server and the token for it. */
export interface Access {
  readonly url: string;
  readonly token: string;
}

/**
 * The address of a server as people write it, without a path. A token is not sent without encryption, but within the same
 * machine.
 * @throws CliError
 */
export function serverAddress(text: string): string {
  if (!URL.canParse(text))
    throw new CliError(`“${text}” is no address. Write https://countervail.example.`, EXIT.usage);
  const url = new URL(text);
  const isLoopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback)) {
    throw new CliError(
      "The address has to begin with https://: a token is not sent unencrypted to another machine.",
      EXIT.usage,
    );
  }
  if (url.username || url.password) throw new CliError("Leave name and password out of the address.", EXIT.usage);
  return url.origin;
}

function fileOf({ env }: Terminal): string {
  const home = env.XDG_CONFIG_HOME || (env.HOME ? join(env.HOME, ".config") : env.APPDATA);
  if (!home) throw new CliError("Set HOME or XDG_CONFIG_HOME: the folder in which tokens are kept.", EXIT.usage);
  return join(home, "countervail", "servers.json");
}

async function read(terminal: Terminal): Promise<Stored> {
  const text = await readIfThere(fileOf(terminal));
  if (text === null) return { current: null, servers: {} };
  try {
    return stored.parse(JSON.parse(text));
  } catch {
    throw new CliError(`${fileOf(terminal)} cannot be read. Remove it and sign in again.`);
  }
}

async function write(terminal: Terminal, value: Stored): Promise<void> {
  const file = fileOf(terminal);
  await ensurePrivateFolder(join(file, ".."));
  // Written aside with mode 0600, so that the token is never readable by others.
  await writeDurably(await targetOf(file), `${JSON.stringify(value, null, 2)}\n`);
}

/** Keeps a token, and makes its server the one that is meant from now on. */
export async function keepServer(terminal: Terminal, url: string, who: Stored["servers"][string]): Promise<void> {
  const { servers } = await read(terminal);
  await write(terminal, { current: url, servers: { ...servers, [url]: who } });
}

/** Forgets a server's token. @returns the server's address; null where none was kept */
export async function forgetServer(terminal: Terminal, given: string | undefined): Promise<string | null> {
  const { current, servers } = await read(terminal);
  const url = given === undefined ? current : serverAddress(given);
  if (url === null || !servers[url]) return null;
  const { [url]: _, ...others } = servers;
  await write(terminal, { current: current === url ? (Object.keys(others)[0] ?? null) : current, servers: others });
  return url;
}

/** The servers with a kept token; the first is the one that is meant. */
export async function keptServers(
  terminal: Terminal,
): Promise<readonly { url: string; name: string; email: string | null }[]> {
  const { current, servers } = await read(terminal);
  return Object.entries(servers)
    .map(([url, { name, email }]) => ({ url, name, email }))
    .sort((a, b) => Number(b.url === current) - Number(a.url === current));
}

/**
 * The token for a server. One from the environment goes to the server that the environment names and to no other: a file
 * that names a server must not be able to have it.
 * @param wanted the server, or undefined for the one that is meant
 * @throws CliError access
 */
export async function accessTo(terminal: Terminal, wanted: string | undefined): Promise<Access> {
  const { COUNTERVAIL_URL: named, COUNTERVAIL_TOKEN: token } = terminal.env;
  const fromEnvironment = named && token ? { url: serverAddress(named), token: token.trim() } : null;
  if (fromEnvironment && (wanted === undefined || serverAddress(wanted) === fromEnvironment.url))
    return fromEnvironment;
  const { current, servers } = await read(terminal);
  const url = wanted === undefined ? (named ? serverAddress(named) : current) : serverAddress(wanted);
  const kept = url === null ? undefined : servers[url];
  if (url === null) throw new CliError("Sign in first: countervail login https://countervail.example", EXIT.access);
  if (!kept) throw new CliError(`There is no token for ${url}. Sign in first: countervail login ${url}`, EXIT.access);
  return { url, token: kept.token };
}
