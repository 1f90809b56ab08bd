import { access } from "node:fs/promises";
import { openApi } from "@/lib/cli/api";
import { type Command, SERVER } from "@/lib/cli/commands/command";
import { findWorksheets, worksheet } from "@/lib/cli/commands/find";
import { pullSheet } from "@/lib/cli/commands/pull";
import { pushFiles } from "@/lib/cli/commands/push";
import { readOrNull } from "@/lib/cli/document/file";
import { CliError, EXIT } from "@/lib/cli/exit-codes";
import { accessTo } from "@/lib/cli/servers";
import type { Terminal } from "@/lib/cli/terminal";

/** `countervail edit` */
export const edit: Command = {
  name: "edit",
  summary: "pull a worksheet, edit it, and push it",
  usage: ["edit WORKSHEET [--engagement E] [--folder F] [--merge | --no-merge]", "edit FILE.md [--merge | --no-merge]"],
  help: `Pulls the worksheet (or takes a file that is there), opens it in $VISUAL or $EDITOR, and pushes it when the editor ends. The
file stays, so that nothing is lost when it has mistakes or meets a conflict: put it right and push it.`,
  options: {
    ...SERVER,
    engagement: { type: "string" },
    folder: { type: "string" },
    merge: { type: "boolean" },
    "no-merge": { type: "boolean" },
    "no-card-numbers": { type: "boolean" },
  },
  words: [1, 1],
  run: async (terminal, given) => {
    const name = given.plain[0] ?? "";
    const server = given.value("server");
    const path = name.endsWith(".md") ? await existing(name) : await pulled(terminal, name, given);
    const before = await readOrNull(path);
    const status = await terminal.edit(path);
    if (status !== 0)
      throw new CliError(`The editor ended with ${status}. Nothing was sent; ${path} is as it left it.`);
    if ((await readOrNull(path)) === before) terminal.note("Nothing was changed in the editor.");
    const merge = given.has("merge") ? true : given.has("no-merge") ? false : undefined;
    return pushFiles(terminal, [path], server, { merge, acknowledge: given.has("no-card-numbers") });
  },
};

async function existing(path: string): Promise<string> {
  await access(path);
  return path;
}

async function pulled(terminal: Terminal, name: string, given: Parameters<Command["run"]>[1]): Promise<string> {
  const api = openApi(await accessTo(terminal, given.value("server")), terminal);
  const [id = ""] = await findWorksheets(api, [name], given.value("engagement"));
  const place = { server: api.url, folder: given.value("folder") ?? ".", force: false };
  const { path, code } = await pullSheet(terminal, await worksheet(api, id), place);
  if (code !== EXIT.done) terminal.note("It is opened all the same.");
  return path;
}
