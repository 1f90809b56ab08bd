import type { Api } from "@/lib/cli/api";
import { openApi } from "@/lib/cli/api";
import { type Command, SERVER } from "@/lib/cli/commands/command";
import { worksheet } from "@/lib/cli/commands/find";
import { type Checked, checkFile } from "@/lib/cli/commands/push-check";
import type { PushOptions } from "@/lib/cli/commands/push-options";
import { sendFile } from "@/lib/cli/commands/push-send";
import { loadSheet } from "@/lib/cli/document/file";
import { CliError, EXIT } from "@/lib/cli/exit-codes";
import { accessTo, serverAddress } from "@/lib/cli/servers";
import type { Terminal } from "@/lib/cli/terminal";

/** `countervail push` */
export const push: Command = {
  name: "push",
  summary: "send what was changed in files",
  usage: ["push FILE… [--merge | --no-merge] [--no-card-numbers]"],
  help: `Everything is checked before anything is sent: mistakes in a file are told with their lines, and then nothing goes, of no file.
Of each file only the sections go that were changed, each over the version that it was written on. Afterwards the file says
which versions it is on now.

When somebody else saved a section meanwhile, it is a conflict. Changes that do not touch each other are taken together with
--merge, or after asking; otherwise both texts stand in the file between marks as git writes them, with who saved the other
and when, and the file as it was is kept as .orig. A section in conflict is not sent, every other changed section is. Choose,
remove the marks, and push again. The program then ends with 1.

  --merge             take changes together that do not touch each other
  --no-merge          do not, and do not ask
  --no-card-numbers   what looks like card numbers is something else; the server records that you said so`,
  options: {
    ...SERVER,
    merge: { type: "boolean" },
    "no-merge": { type: "boolean" },
    "no-card-numbers": { type: "boolean" },
  },
  words: [1, 1000],
  run: (terminal, given) => {
    if (given.has("merge") && given.has("no-merge")) throw new CliError("--merge or --no-merge, not both.", EXIT.usage);
    const merge = given.has("merge") ? true : given.has("no-merge") ? false : undefined;
    const options = { merge, acknowledge: given.has("no-card-numbers") };
    return pushFiles(terminal, [...new Set(given.plain)], given.value("server"), options);
  },
};

/** Checks files, and sends what was changed in them. @returns the code to end with */
export async function pushFiles(
  terminal: Terminal,
  paths: readonly string[],
  server: string | undefined,
  options: PushOptions,
): Promise<number> {
  const apis = new Map<string, Api>();
  const checked: Checked[] = [];
  const complaints: string[] = [];
  for (const path of paths) {
    const sheet = await loadSheet(path);
    const find = async () => {
      const api = await apiFor(apis, terminal, server, sheet.head.server);
      return { api, worksheet: await worksheet(api, sheet.head.worksheet) };
    };
    const result = checkFile(path, sheet, sheet.troubles.length > 0 ? null : await find(), options);
    if ("complaints" in result) complaints.push(...result.complaints);
    else checked.push(result);
  }
  if (complaints.length > 0) throw new CliError(`${complaints.join("\n")}\nNothing was sent.`);
  let worst: number = EXIT.done;
  for (const file of checked) worst = Math.max(worst, await sendFile(terminal, file, options));
  return worst;
}

/** A file goes to the server that it came from; naming another is a mistake that would put texts where they are not known. */
export async function apiFor(
  apis: Map<string, Api>,
  terminal: Terminal,
  named: string | undefined,
  ofFile: string,
): Promise<Api> {
  const url = serverAddress(ofFile);
  if (named !== undefined && serverAddress(named) !== url) {
    throw new CliError(`The file is of ${url}, not of ${serverAddress(named)}.`, EXIT.usage);
  }
  const api = apis.get(url) ?? openApi(await accessTo(terminal, url), terminal);
  apis.set(url, api);
  return api;
}
