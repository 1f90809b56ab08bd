import { type Api, openApi } from "@/lib/cli/api";
import { type Command, type Given, SERVER } from "@/lib/cli/commands/command";
import { type Output, requireWritable, saveReply, saveTextAs } from "@/lib/cli/commands/download";
import { exportByJob } from "@/lib/cli/commands/export-job";
import { eachOf, findEngagement, findWorksheets, idIn, worksheet, worksheetsIn } from "@/lib/cli/commands/find";
import { CliError, EXIT } from "@/lib/cli/exit-codes";
import { accessTo } from "@/lib/cli/servers";
import type { Terminal } from "@/lib/cli/terminal";
import { isProblem } from "@/lib/client/errors";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import type { ExportKind } from "@/lib/domain/export/states";

const FORMATS = ["pdf", "docx", "xlsx", "csv", "json", "oscal", "pack"] as const;
type Format = (typeof FORMATS)[number];

/** The exports of a whole engagement that a worker makes. */
const JOBS: Readonly<Partial<Record<Format, ExportKind>>> = { pdf: "workbook", docx: "document", pack: "pack" };

/** `countervail export` */
export const exportCommand: Command = {
  name: "export",
  summary: "take an engagement or a worksheet out as a file",
  usage: ["export ENGAGEMENT --format FORMAT -o FILE", "export WORKSHEET --format pdf|docx|json|oscal -o FILE"],
  help: `ENGAGEMENT is an id, a page's address or a name; WORKSHEET an id, a page's address, or a requirement's number with
--engagement.

  --format   pdf, docx: documents · xlsx, csv: tables · json: what the API says · oscal · pack: a proof pack, of an engagement
  -o FILE    where it goes. It is written under another name and renamed once it is whole
  --force    write over a file that is there. Without it, one that is made while the command waits stays as well, and what
             came is kept beside it as FILE.….part
  --paper    A4 or Letter, for pdf and docx
  --sheet    for xlsx and csv: workbook (unless said otherwise), requirements, evidence, findings, events
  --model    for oscal, as the API names it
  --revision a frozen revision of a worksheet, for pdf, docx and oscal

Documents and packs of a whole engagement are made by a worker of the server. You may interrupt the wait: the same command
goes on with the same job while it is being made, and begins another once it has ended, which would lack what changed since.`,
  options: {
    ...SERVER,
    ...{ format: { type: "string" }, output: { type: "string", short: "o" }, force: { type: "boolean" } },
    ...{ engagement: { type: "string" }, paper: { type: "string" }, sheet: { type: "string" } },
    ...{ model: { type: "string" }, revision: { type: "string" } },
  },
  words: [1, 1],
  run: async (terminal, given) => {
    const format = FORMATS.find((one) => one === given.value("format"));
    if (!format) throw new CliError(`--format is one of ${FORMATS.join(", ")}.`, EXIT.usage);
    const path = given.value("output");
    if (!path) throw new CliError("Say where it goes: -o FILE.", EXIT.usage);
    const output = { path, force: given.has("force") };
    await requireWritable(output);
    const api = openApi(await accessTo(terminal, given.value("server")), terminal);
    const name = given.plain[0] ?? "";
    const sheet = await worksheetMeant(api, name, given.value("engagement"));
    if (sheet) await exportWorksheet(api, sheet, format, output, given);
    else await exportEngagement(terminal, api, (await findEngagement(api, name)).id, format, output, given);
    terminal.out(path);
    return EXIT.done;
  },
};

/** The worksheet that a name means; null where it means an engagement. An id by itself may be either. */
async function worksheetMeant(api: Api, name: string, engagement: string | undefined): Promise<WorksheetDto | null> {
  if (engagement !== undefined) return worksheet(api, (await findWorksheets(api, [name], engagement))[0] ?? "");
  const id = idIn(name, "worksheets");
  if (id === null) return null;
  try {
    return await worksheet(api, id);
  } catch (error) {
    if (isProblem(error, "not_found") && id === name.toLowerCase()) return null;
    throw error;
  }
}

async function exportWorksheet(
  api: Api,
  sheet: WorksheetDto,
  format: Format,
  output: Output,
  given: Given,
): Promise<void> {
  if (format === "json") return saveTextAs(output, `${JSON.stringify(sheet, null, 2)}\n`);
  if (format !== "pdf" && format !== "docx" && format !== "oscal") {
    throw new CliError(`A single worksheet does not come as ${format}; its engagement does.`, EXIT.usage);
  }
  const query = {
    revision: given.value("revision"),
    ...(format === "oscal" ? { model: given.value("model") } : { paper: given.value("paper") }),
  };
  await saveReply(output, await api.file(`/worksheets/${sheet.id}/${format}`, query));
}

async function exportEngagement(
  terminal: Terminal,
  api: Api,
  id: string,
  format: Format,
  output: Output,
  given: Given,
): Promise<void> {
  const kind = JOBS[format];
  if (kind) return exportByJob(terminal, api, { engagementId: id, kind, paper: given.value("paper"), output });
  if (format === "json") {
    const engagement = await api.get(`/engagements/${id}`);
    const worksheets = await eachOf(await worksheetsIn(api, id), (one) => worksheet(api, one.id));
    return saveTextAs(output, `${JSON.stringify({ engagement, worksheets }, null, 2)}\n`);
  }
  if (format === "oscal") {
    return saveReply(output, await api.file(`/engagements/${id}/oscal`, { model: given.value("model") }));
  }
  const sheet = encodeURIComponent(given.value("sheet") ?? "workbook");
  await saveReply(output, await api.file(`/engagements/${id}/sheets/${sheet}`, { format }));
}
