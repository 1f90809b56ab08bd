import { openApi } from "@/lib/cli/api";
import { type Command, SERVER } from "@/lib/cli/commands/command";
import { eachOf, engagements, findEngagement, worksheet, worksheetsIn } from "@/lib/cli/commands/find";
import { EXIT } from "@/lib/cli/exit-codes";
import { accessTo } from "@/lib/cli/servers";
import { columns, exactJson } from "@/lib/cli/terminal";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import { KIND_NAMES } from "@/lib/domain/records/kinds";
import { STATE_LABELS } from "@/lib/domain/workflow/transitions";

/** `countervail list` */
export const list: Command = {
  name: "list",
  summary: "list engagements, or the worksheets of one",
  usage: ["list [--json]", "list --engagement ID|NAME [--json]"],
  help: `Without --engagement: your engagements, with how many of their requirements are settled. With it: its worksheets and records
by requirement, each with its state, the revision being written or last frozen, the version of its draft, and who writes it.

  --engagement ID|NAME   an id, a page's address, a name or the beginning of one
  --json                 for programs`,
  options: { ...SERVER, engagement: { type: "string" }, json: { type: "boolean" } },
  words: [0, 0],
  run: async (terminal, given) => {
    const api = openApi(await accessTo(terminal, given.value("server")), terminal);
    const wanted = given.value("engagement");
    const found = wanted === undefined ? null : await findEngagement(api, wanted);
    if (!found) {
      const all = await engagements(api);
      if (given.has("json")) terminal.out(exactJson(all));
      else {
        const rows = all.map(({ id, name, standardVersion, dueOn, progress }) => [
          ...[id, standardVersion, `due ${dueOn}`, `${progress.settled}/${progress.total} settled`, name],
        ]);
        terminal.out(rows.length > 0 ? columns(rows) : "You have no engagement.");
      }
      return EXIT.done;
    }
    const sheets = await eachOf(await worksheetsIn(api, found.id), ({ id }) => worksheet(api, id));
    const entries = sheets.map(entryOf);
    if (given.has("json")) terminal.out(exactJson(entries));
    else {
      const rows = entries.map((one) => [
        ...[one.id, one.number, KIND_NAMES[one.kind], STATE_LABELS[one.state]],
        ...[`rev. ${one.revision}, v${one.version}`, one.who.join(", "), one.title],
      ]);
      terminal.out(rows.length > 0 ? columns(rows) : `“${found.name}” has no worksheet.`);
    }
    return EXIT.done;
  },
};

function entryOf({ id, header, kind, state, revision, version, assignees, sections }: WorksheetDto) {
  const parts = Object.values(sections ?? {});
  const last = parts.reduce((a, b) => (a && a.updatedAt > b.updatedAt ? a : b), parts[0]);
  const savedBy = last?.updatedBy?.name ?? null;
  return {
    id,
    number: header.requirementNumber,
    title: header.requirementTitle,
    kind,
    state,
    revision,
    version,
    who: assignees.length > 0 ? assignees.map(({ name }) => name) : savedBy === null ? [] : [savedBy],
    assignees: assignees.map(({ name }) => name),
    savedBy,
    savedAt: last?.updatedAt ?? null,
  };
}
