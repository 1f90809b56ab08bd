import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { openApi } from "@/lib/cli/api";
import { type Command, type Given, SERVER } from "@/lib/cli/commands/command";
import { eachOf, findEngagement, findWorksheets, worksheet, worksheetsIn } from "@/lib/cli/commands/find";
import { refresh } from "@/lib/cli/commands/refresh";
import { keepBase } from "@/lib/cli/document/base";
import { keepOriginal, readOrNull, saveText, sheetText } from "@/lib/cli/document/file";
import { readHead } from "@/lib/cli/document/head";
import { CliError, EXIT } from "@/lib/cli/exit-codes";
import { accessTo } from "@/lib/cli/servers";
import type { Terminal } from "@/lib/cli/terminal";
import type { WorksheetDto } from "@/lib/contracts/worksheet";

/** `countervail pull` */
export const pull: Command = {
  name: "pull",
  summary: "write worksheets as files of Markdown",
  usage: [
    "pull WORKSHEET… [--engagement E] [--folder F] [--force]",
    "pull --engagement E --all [--folder F] [--force]",
  ],
  help: `Writes one file for each worksheet or record, named by its requirement. WORKSHEET is an id, the address of its page, or a
requirement's number (with --engagement, unless you have one engagement alone).

A file that is there already is brought up to date: sections that you changed stay as you wrote them, the others are the
server's. A section that both sides changed is named; push or merge it.

  --all      every worksheet of the engagement whose draft you may see
  --folder   where files are written; here unless said otherwise
  --force    take the server's text everywhere; what was there is kept beside it as .orig`,
  options: {
    ...SERVER,
    engagement: { type: "string" },
    folder: { type: "string" },
    all: { type: "boolean" },
    force: { type: "boolean" },
  },
  words: [0, 1000],
  run: async (terminal, given) => {
    const api = openApi(await accessTo(terminal, given.value("server")), terminal);
    const folder = given.value("folder") ?? ".";
    await mkdir(folder, { recursive: true });
    const sheets = await eachOf(await wantedIds(api, given), (id) => worksheet(api, id));
    let worst: number = EXIT.done;
    for (const sheet of sheets) {
      if (!sheet.sections && given.has("all")) {
        terminal.note(`${sheet.header.requirementNumber}: left out, you may not see its draft.`);
        continue;
      }
      const { code } = await pullSheet(terminal, sheet, { server: api.url, folder, force: given.has("force") });
      worst = Math.max(worst, code);
    }
    return worst;
  },
};

async function wantedIds(api: ReturnType<typeof openApi>, given: Given): Promise<readonly string[]> {
  const engagement = given.value("engagement");
  if (!given.has("all")) {
    if (given.plain.length > 0) return findWorksheets(api, given.plain, engagement);
    throw new CliError("Which worksheets? Name them, or write --engagement E --all.", EXIT.usage);
  }
  if (engagement === undefined || given.plain.length > 0) {
    throw new CliError("--all takes --engagement, and no worksheet beside it.", EXIT.usage);
  }
  const { id } = await findEngagement(api, engagement);
  return (await worksheetsIn(api, id)).map((item) => item.id);
}

/** Where files go, and how. */
interface Place {
  readonly server: string;
  readonly folder: string;
  readonly force: boolean;
}

/** Writes the file of a worksheet, or brings the one that is there up to date. @returns its path */
export async function pullSheet(
  terminal: Terminal,
  sheet: WorksheetDto,
  { server, folder, force }: Place,
): Promise<{ readonly path: string; readonly code: number }> {
  const path = await pathFor(sheet, server, folder);
  const was = await readOrNull(path);
  if (was !== null && !force) return { path, code: await refresh(terminal, path, sheet) };
  const { text, head, contents } = sheetText(sheet, server, terminal.now());
  if (was !== null && was !== text) terminal.note(`What was in ${path} is kept in ${await keepOriginal(path)}.`);
  await keepBase(path, head, contents);
  await saveText(path, text, was);
  terminal.out(
    `${path}  ${head.requirement} ${head.title}${head.editable ? "" : " (to read: you may not change it now)"}`,
  );
  return { path, code: EXIT.done };
}

/** The file of a worksheet: by its requirement, with the kind of a record, and a piece of its id where another has the name. */
async function pathFor({ id, header, kind }: WorksheetDto, server: string, folder: string): Promise<string> {
  const number = header.requirementNumber.replace(/[^0-9A-Za-z.-]/g, "-");
  const name = kind === "ccw" ? number : `${number}-${kind.replaceAll("_", "-")}`;
  for (const path of [join(folder, `${name}.md`), join(folder, `${name}-${id.slice(0, 8)}.md`)]) {
    const text = await readOrNull(path);
    if (text === null) return path;
    const taken = readHead(text);
    if (!("head" in taken) || taken.head.worksheet !== id) continue;
    // A copy of a service has the same ids, and other texts and versions.
    if (taken.head.server === server) return path;
    throw new CliError(`${path} is of ${taken.head.server}. Choose another --folder for ${server}.`);
  }
  throw new CliError(`${join(folder, name)}.md is something else. Move it, or choose another --folder.`);
}
