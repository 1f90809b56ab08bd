import { readFile } from "node:fs/promises";
import { openApi } from "@/lib/cli/api";
import { type Command, SERVER } from "@/lib/cli/commands/command";
import { findEngagement } from "@/lib/cli/commands/find";
import { digestOf } from "@/lib/cli/document/content";
import { CliError, EXIT } from "@/lib/cli/exit-codes";
import { accessTo } from "@/lib/cli/servers";
import { LARGEST_SHEET, MOST_CHANGES, type SheetPreviewDto } from "@/lib/contracts/sheets";

/** `countervail import-table` */
export const importTable: Command = {
  name: "import-table",
  summary: "bring the workbook's table back",
  usage: ["import-table ENGAGEMENT FILE.xlsx|FILE.csv [--yes | --preview]"],
  help: `Takes the table that export --format xlsx or csv gave, after it was edited: shows what it would change in the workbook, asks,
and changes it, all rows or none. Lines with mistakes are named, and then nothing is changed.

  --preview   show alone
  --yes       do not ask`,
  options: { ...SERVER, yes: { type: "boolean" }, preview: { type: "boolean" } },
  words: [2, 2],
  run: async (terminal, given) => {
    const [name = "", path = ""] = given.plain;
    const bytes = await readFile(path);
    if (bytes.byteLength > LARGEST_SHEET) throw new CliError(`${path} is larger than the 2 MB that a table may have.`);
    const api = openApi(await accessTo(terminal, given.value("server")), terminal);
    const { id } = await findEngagement(api, name);
    const at = `/engagements/${id}/sheets/workbook`;
    const { changes, errors, unchanged } = await api.upload<SheetPreviewDto>(`${at}/preview`, bytes);
    for (const { line, requirementNumber, cells } of changes) {
      for (const { column, before, after } of cells) {
        terminal.out(`${path}:${line}: ${requirementNumber} ${column}: “${before}” → “${after}”`);
      }
    }
    if (errors.length > 0) {
      const lines = errors.map(
        ({ line, column, message }) => `${path}:${line}: ${column ? `${column}: ` : ""}${message}`,
      );
      throw new CliError(`${lines.join("\n")}\nNothing was changed.`);
    }
    terminal.note(`${changes.length} rows would change, ${unchanged} stay as they are.`);
    if (changes.length === 0 || given.has("preview")) return EXIT.done;
    if (changes.length > MOST_CHANGES) throw new CliError(`At most ${MOST_CHANGES} rows are changed at once.`);
    if (!given.has("yes") && !(terminal.canAsk && (await terminal.confirm("Change them?")))) {
      throw new CliError("Nothing was changed. Answer yes, or take --yes.");
    }
    const body = { changes: changes.map(({ change }) => change) };
    await api.post(`${at}/apply`, body, `cli-${digestOf([id, body])}`);
    terminal.out(`${changes.length} rows were changed.`);
    return EXIT.done;
  },
};
