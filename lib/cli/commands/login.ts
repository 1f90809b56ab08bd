import { openApi } from "@/lib/cli/api";
import { type Command, SERVER } from "@/lib/cli/commands/command";
import { CliError, EXIT } from "@/lib/cli/exit-codes";
import { accessTo, forgetServer, keepServer, keptServers, serverAddress } from "@/lib/cli/servers";
import { columns, type Terminal } from "@/lib/cli/terminal";
import type { MeDto } from "@/lib/contracts/session";

const TOKEN = /^cvt_[0-9A-Za-z]{49}$/;

/** `countervail login URL` */
export const login: Command = {
  name: "login",
  summary: "keep a token for a server",
  usage: ["login URL [--token-stdin]"],
  help: `Asks for an API token (Account → API tokens on the server's pages), tries it, and keeps it readable for you alone in
$XDG_CONFIG_HOME/countervail or ~/.config/countervail. The token is not shown while you type. Several servers can be kept;
the one you signed in to last is meant where a command names none.

  --token-stdin   read the token from the standard input
Without it the variable COUNTERVAIL_TOKEN is taken where it is set.
Where nothing may be kept, set COUNTERVAIL_URL and COUNTERVAIL_TOKEN for each command instead.`,
  options: { "token-stdin": { type: "boolean" } },
  words: [0, 1],
  run: async (terminal, given) => {
    const named = given.plain[0] ?? terminal.env.COUNTERVAIL_URL;
    if (!named) throw new CliError("Which server? Write: countervail login https://countervail.example", EXIT.usage);
    const url = serverAddress(named);
    const token = (await tokenFor(terminal, url, given.has("token-stdin"))).trim();
    if (!TOKEN.test(token))
      throw new CliError("This is no token: it begins with cvt_ and has 53 characters.", EXIT.access);
    const me = await openApi({ url, token }, terminal).get<MeDto>("/me");
    await keepServer(terminal, url, { token, name: me.name, email: me.email });
    terminal.out(`Signed in to ${url} as ${me.name} (${me.organisation.name}).`);
    return EXIT.done;
  },
};

function tokenFor(terminal: Terminal, url: string, piped: boolean): Promise<string> {
  if (piped) return terminal.input();
  // One from the environment goes to the server that the environment names, and to no other.
  const { COUNTERVAIL_TOKEN: kept, COUNTERVAIL_URL: named } = terminal.env;
  if (kept && (!named || serverAddress(named) === url)) return Promise.resolve(kept);
  if (!terminal.canAsk) throw new CliError("Nobody can be asked for the token here: use --token-stdin.", EXIT.usage);
  return terminal.secret(`Token for ${url}: `);
}

/** `countervail logout` */
export const logout: Command = {
  name: "logout",
  summary: "forget a server's token",
  usage: ["logout [URL]"],
  help: "Removes the kept token. It goes on working until it is revoked on the account's page.",
  options: {},
  words: [0, 1],
  run: async (terminal, given) => {
    const url = await forgetServer(terminal, given.plain[0]);
    terminal.out(
      url
        ? `The token for ${url} is forgotten. Revoke it on ${url}/account if nobody needs it.`
        : "There is no token to forget.",
    );
    return EXIT.done;
  },
};

/** `countervail whoami` */
export const whoami: Command = {
  name: "whoami",
  summary: "say who you are, and on which servers",
  usage: ["whoami [--server URL]"],
  help: "Asks the server whose token is kept, and lists the other servers with a kept token.",
  options: SERVER,
  words: [0, 0],
  run: async (terminal, given) => {
    const access = await accessTo(terminal, given.value("server"));
    const me = await openApi(access, terminal).get<MeDto>("/me");
    const who = me.email === null ? me.name : `${me.name} <${me.email}>`;
    terminal.out(`${who}, ${me.organisation.name}, on ${access.url}`);
    const others = (await keptServers(terminal)).filter(({ url }) => url !== access.url);
    if (others.length > 0)
      terminal.out(`Also kept:\n${columns(others.map(({ url, name, email }) => [`  ${url}`, email ?? name]))}`);
    return EXIT.done;
  },
};
