import { type Command, readGiven } from "@/lib/cli/commands/command";
import { diff, status } from "@/lib/cli/commands/compare";
import { edit } from "@/lib/cli/commands/edit";
import { exportCommand } from "@/lib/cli/commands/export";
import { importTable } from "@/lib/cli/commands/import-table";
import { list } from "@/lib/cli/commands/list";
import { login, logout, whoami } from "@/lib/cli/commands/login";
import { pull } from "@/lib/cli/commands/pull";
import { push } from "@/lib/cli/commands/push";
import { EXIT } from "@/lib/cli/exit-codes";
import { explain } from "@/lib/cli/explain";
import type { Terminal } from "@/lib/cli/terminal";

/** The commands that ask a server over its API. */
const COMMANDS: readonly Command[] = [
  ...[login, logout, whoami, list, pull, status, diff, push, edit],
  ...[exportCommand, importTable],
];

/** Runs one of the commands that ask a server. @returns the code to end with */
export async function runCli(words: readonly string[], terminal: Terminal): Promise<number> {
  const command = COMMANDS.find(({ name }) => name === words[0]);
  if (!command) {
    terminal.note(`There is no command “${words[0] ?? ""}”.`);
    return EXIT.usage;
  }
  try {
    const given = readGiven(command, words.slice(1));
    if (given !== "help") return await command.run(terminal, given);
    const forms = command.usage.map((line) => `countervail ${line}`).join("\n     ");
    const server = command.options.server
      ? "\n\n  --server URL   another server than the one you signed in to last"
      : "";
    terminal.out(`Use: ${forms}\n\n${command.help}${server}`);
    return EXIT.done;
  } catch (error) {
    const { text, code } = explain(error);
    terminal.note(text);
    return code;
  }
}
