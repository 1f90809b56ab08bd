import { createTwoFilesPatch } from "diff";
import type { Api } from "@/lib/cli/api";
import { type Command, SERVER } from "@/lib/cli/commands/command";
import { worksheet } from "@/lib/cli/commands/find";
import { apiFor } from "@/lib/cli/commands/push";
import { pairsOf } from "@/lib/cli/commands/refresh";
import { troublesIn } from "@/lib/cli/commands/troubles";
import { loadSheet } from "@/lib/cli/document/file";
import { type Standing, standingOf } from "@/lib/cli/document/plan";
import { writeSection } from "@/lib/cli/document/section";
import { namesIn } from "@/lib/cli/document/sheet";
import { CliError, EXIT } from "@/lib/cli/exit-codes";
import { columns, type Terminal } from "@/lib/cli/terminal";
import { instantInWords } from "@/lib/domain/format-date";
import { PART_LABELS } from "@/lib/domain/worksheet/sections";

const STANDING: Readonly<Record<Standing, string>> = {
  unchanged: "as on the server",
  here: "changed here",
  there: "changed on the server",
  same: "changed on both sides, to the same text",
  both: "changed on both sides",
};

async function beside(terminal: Terminal, path: string, server: string | undefined, apis: Map<string, Api>) {
  const sheet = await loadSheet(path);
  if (sheet.troubles.length > 0) return { sheet, pairs: null };
  const api = await apiFor(apis, terminal, server, sheet.head.server);
  const pairs = pairsOf(sheet, await worksheet(api, sheet.head.worksheet)).flatMap((pair) => {
    if (!pair.mine) return [];
    const sides = { ...pair, mine: pair.mine, base: null };
    return [{ ...sides, standing: standingOf(sides) }];
  });
  return { sheet, pairs };
}

/** `countervail status` */
export const status: Command = {
  name: "status",
  summary: "say what was changed in files, and on the server",
  usage: ["status FILE…"],
  help: "Lists the sections of each file that were changed, here or on the server. Ends with 1 where a file has mistakes or conflicts.",
  options: SERVER,
  words: [1, 1000],
  run: async (terminal, given) => {
    const apis = new Map<string, Api>();
    let code: number = EXIT.done;
    for (const path of given.plain) {
      const { sheet, pairs } = await beside(terminal, path, given.value("server"), apis);
      terminal.out(`${path}  ${sheet.head.requirement} ${sheet.head.title}`);
      if (!pairs) {
        terminal.out(troublesIn(path, sheet));
        code = EXIT.refused;
        continue;
      }
      const rows = pairs
        .filter(({ standing }) => standing !== "unchanged")
        .map(({ key, standing, current }) => [
          `  ${PART_LABELS[key]}`,
          `${STANDING[standing]}${standing === "here" ? "" : ` by ${current.updatedBy?.name ?? "somebody"}, ${instantInWords(current.updatedAt)}`}`,
        ]);
      terminal.out(rows.length > 0 ? columns(rows) : "  nothing was changed");
    }
    return code;
  },
};

/** `countervail diff` */
export const diff: Command = {
  name: "diff",
  summary: "show what a file says otherwise than the server",
  usage: ["diff FILE…"],
  help: "Shows for each section that differs the server's lines (-) and the file's (+). Ends with 0 whether or not there are any.",
  options: SERVER,
  words: [1, 1000],
  run: async (terminal, given) => {
    const apis = new Map<string, Api>();
    for (const path of given.plain) {
      const { sheet, pairs } = await beside(terminal, path, given.value("server"), apis);
      if (!pairs) throw new CliError(troublesIn(path, sheet));
      const mineNames = namesIn(Object.fromEntries(pairs.map(({ key, mine }) => [key, mine])));
      const theirNames = namesIn(Object.fromEntries(pairs.map(({ key, current }) => [key, current.content])));
      for (const { key, mine, current } of pairs) {
        const theirs = writeSection(key, current.content, theirNames);
        const own = writeSection(key, mine, mineNames);
        if (theirs !== own)
          show(terminal, createTwoFilesPatch(`server, version ${current.version}`, path, theirs, own));
      }
    }
    return EXIT.done;
  },
};

function show(terminal: Terminal, patch: string): void {
  for (const line of patch.replace(/^=+\n/, "").replace(/\n$/, "").split("\n")) {
    if (line.startsWith("+")) terminal.out(line, "green");
    else if (line.startsWith("-")) terminal.out(line, "red");
    else terminal.out(line, line.startsWith("@@") ? "dim" : undefined);
  }
}
