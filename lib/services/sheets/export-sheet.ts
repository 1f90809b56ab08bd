import type { ServiceContext } from "@/lib/auth/context";
import { organisationLog } from "@/lib/auth/events";
import { recordInEngagement } from "@/lib/auth/record";
import { changeScope, type Grant } from "@/lib/auth/scope";
import { Failure } from "@/lib/contracts/failure";
import type { SheetFormat } from "@/lib/contracts/sheet-formats";
import type { SheetKind } from "@/lib/contracts/sheets";
import type { WorksheetTarget } from "@/lib/data/facts";
import { countEvents, readEnd } from "@/lib/data/trail";
import type { ScopedTx } from "@/lib/db/kinds";
import { CSV_TYPE, XLSX_TYPE } from "@/lib/domain/export/file-types";
import type { WorksheetPdfModel } from "@/lib/render/pdf/view-model";
import { csvHead, csvLine } from "@/lib/render/sheet/csv";
import type { Cell, Sheet } from "@/lib/render/sheet/sheet";
import { type SheetJob, writeSheet } from "@/lib/render/sheet/sheet-file";
import { writeSheetInWorker } from "@/lib/render/sheet/write-in-worker";
import { readRows } from "@/lib/services/disposition/workbook-rows";
import type { MadeFile } from "@/lib/services/export/export-worksheet";
import { fileNamePart } from "@/lib/services/export/pdf-file";
import { printedInBatches } from "@/lib/services/export/printed-worksheets";
import { takeOut } from "@/lib/services/export/take-out";
import { type ThreadWords, threadFailure } from "@/lib/services/export/thread-failure";
import { cannotBeDrawn } from "@/lib/services/export/worksheet-failure";
import { worksheetModels } from "@/lib/services/export/worksheet-model";
import { loadScope } from "@/lib/services/scope/scope-facts";
import { EVENT_COLUMNS, eventRows } from "@/lib/services/sheets/events-table";
import { requirementsTable } from "@/lib/services/sheets/requirements-table";
import { workbookTable } from "@/lib/services/sheets/workbook-table";
import { evidenceTable, findingsTable } from "@/lib/services/sheets/worksheet-tables";
import { seal } from "@/lib/services/worksheet/seal";

const TYPES: Readonly<Record<SheetFormat, string>> = { csv: CSV_TYPE, xlsx: XLSX_TYPE };
/** As many events a spreadsheet of ours holds; a CSV file has no limit. */
const MOST_EVENTS = 20_000;

/** A file whose lines come as they are asked for. */
export interface StreamedFile {
  readonly name: string;
  readonly type: string;
  readonly lines: AsyncGenerator<string>;
}

/**
 * A table of an engagement as a file, with what the person may see. It leaves the event of an export.
 * @param mostEvents that a workbook is made of
 * @throws Failure not_found, forbidden; step_up_required for events; too_large for more of them than a workbook holds
 */
export async function exportSheet(
  context: ServiceContext,
  engagementId: string,
  kind: SheetKind,
  format: SheetFormat,
  mostEvents = MOST_EVENTS,
): Promise<MadeFile | StreamedFile> {
  if (kind === "events") return exportEvents(context, engagementId, format, mostEvents);
  const read = async (tx: ScopedTx, grant: Grant) => {
    const sheet = await tableOf(tx, grant, kind);
    return { sheet, name: fileName(tx, kind, format), at: tx.now.toISOString() };
  };
  const { sheet, name, at } = await takeOut(context, "workbook.export", { engagementId }, read, (tx, made) =>
    recordInEngagement(context, tx, {
      action: "export.made",
      detail: { what: kind, format, rows: made.sheet.rows.length, digest: seal(made.sheet).digest },
    }),
  );
  const type = TYPES[format];
  return { name, type, bytes: await bytesOf(kind, { sheet, format, at }) };
}

/** Tables of everything in the worksheets may be large: they are written where they keep nobody else waiting. */
async function bytesOf(kind: Exclude<SheetKind, "events">, job: SheetJob): Promise<Buffer> {
  if (kind !== "evidence" && kind !== "findings") return writeSheet(job);
  const written = await writeSheetInWorker(job);
  if (!written.ok) throw threadFailure(written.error, WORDS);
  return written.value;
}

const OTHERS = "Other tables are being written. Please try again in a moment.";
const WORDS: ThreadWords = {
  busy: OTHERS,
  late: (seconds) => `The table was not ready within ${seconds} seconds.`,
  tooMuch: "This is too much for one table.",
  givenUp: OTHERS,
  program: "The worker of tables",
  undone: "The table could not be written",
};

async function tableOf(tx: ScopedTx, grant: Grant, kind: Exclude<SheetKind, "events">): Promise<Sheet> {
  switch (kind) {
    case "workbook":
      return workbookTable(await readRows(tx, grant));
    case "requirements":
      return requirementsTable(await loadScope(tx), await readRows(tx, grant));
    case "evidence":
      return inBatches(tx, grant, () => true, evidenceTable);
    case "findings":
      return inBatches(tx, grant, (one) => one.kind === "ccw", findingsTable);
  }
}

/** A table of worksheets, some of which are in memory at a time; of the others there are only the rows. */
async function inBatches(
  tx: ScopedTx,
  grant: Grant,
  isWanted: (worksheet: WorksheetTarget) => boolean,
  table: (models: readonly WorksheetPdfModel[]) => Sheet,
): Promise<Sheet> {
  const rows: (readonly Cell[])[] = [];
  for await (const printed of printedInBatches(tx, grant, isWanted)) {
    for (const model of await worksheetModels(tx, grant, printed)) {
      for (const row of rowsOf(model, table)) rows.push(row);
    }
  }
  return { ...table([]), rows };
}

function rowsOf(
  model: WorksheetPdfModel,
  table: (models: readonly WorksheetPdfModel[]) => Sheet,
): readonly (readonly Cell[])[] {
  try {
    return table([model]).rows;
  } catch (error) {
    throw cannotBeDrawn(model, error);
  }
}

function fileName(tx: ScopedTx, kind: SheetKind, format: SheetFormat): string {
  return `${kind}-${fileNamePart(tx.engagement.entityName)}-${tx.engagement.standardVersion}.${format}`;
}

async function exportEvents(
  context: ServiceContext,
  engagementId: string,
  format: SheetFormat,
  mostEvents: number,
): Promise<MadeFile | StreamedFile> {
  const { name, at, ...stretch } = await changeScope(context, "trail.export", { engagementId }, "none", async (tx) => {
    const logId = organisationLog(tx.engagement.organisationId);
    const until = (await readEnd(tx, logId)).events;
    const fromOutside = tx.actor.organisationId !== tx.engagement.organisationId;
    const place = { logId, engagementId: tx.engagement.id, fromOutside };
    // What is refused was not exported, and leaves no event that says so.
    if (format === "xlsx") requireEvents(await countEvents(tx, place, until), mostEvents);
    const detail = { what: "trail", format, until: Number(until) } as const;
    recordInEngagement(context, tx, { action: "export.made", detail });
    return { ...place, until, name: fileName(tx, "events", format), at: tx.now.toISOString() };
  });
  const stretches = eventRows(context, stretch);
  if (format === "csv") return { name, type: CSV_TYPE, lines: csvLines(stretches) };
  const rows: (readonly Cell[])[] = [];
  for await (const some of stretches) rows.push(...some);
  const sheet = { name: "Events", columns: EVENT_COLUMNS, rows };
  return { name, type: XLSX_TYPE, bytes: await writeSheet({ sheet, format, at }) };
}

function requireEvents(count: number, most: number): void {
  if (count <= most) return;
  const said = most.toLocaleString("en");
  throw new Failure("too_large", `There are more than ${said} events. Take them as CSV or as JSON Lines.`);
}

async function* csvLines(stretches: AsyncGenerator<readonly (readonly Cell[])[]>): AsyncGenerator<string> {
  yield csvHead(EVENT_COLUMNS);
  for await (const rows of stretches) yield rows.map(csvLine).join("");
}
