import type { ServiceContext } from "@/lib/auth/context";
import { recordInEngagement } from "@/lib/auth/record";
import type { Grant } from "@/lib/auth/scope";
import { Failure, notFound } from "@/lib/contracts/failure";
import type { OscalQuery, WorksheetOscalQuery } from "@/lib/contracts/oscal";
import type { ScopedTx } from "@/lib/db/kinds";
import type { OscalBook } from "@/lib/domain/oscal/book";
import { plannedFixes } from "@/lib/domain/oscal/poam";
import type { EngagementModel } from "@/lib/domain/oscal/vocabulary";
import type { OscalJob } from "@/lib/render/oscal/engagement-oscal";
import type { OscalFile } from "@/lib/render/oscal/oscal-file";
import { writeOscalInWorker } from "@/lib/render/oscal/write-in-worker";
import { engagementBook, worksheetBook } from "@/lib/services/export/oscal-book";
import { fileNamePart } from "@/lib/services/export/pdf-file";
import { takeOut } from "@/lib/services/export/take-out";
import { type ThreadWords, threadFailure } from "@/lib/services/export/thread-failure";
import { requireCcw, requireMaterial } from "@/lib/services/worksheet/material";
import { digestOf } from "@/lib/services/worksheet/seal";
import { chosenContent, isCcwText } from "@/lib/services/worksheet/shown-content";
import { recordWorksheetEvent } from "@/lib/services/worksheet/worksheet-event";

/**
 * One text of a worksheet as OSCAL. The event is recorded before the file is made, as for its PDF.
 * @param signal gives up when the person does
 * @throws Failure not_found for a text that the person may not see, and for a record; blocked when no valid document comes of
 * it; unavailable when too many ask at once
 */
export async function exportWorksheetOscal(
  context: ServiceContext,
  worksheetId: string,
  { model, revision }: WorksheetOscalQuery,
  signal?: AbortSignal,
): Promise<OscalFile> {
  const read = async (tx: ScopedTx, grant: Grant) => {
    const { view } = grant.permission;
    const material = await requireMaterial(tx, worksheetId);
    const shown = await chosenContent(tx, view, material, revision);
    requireCcw(material.worksheet);
    if (!shown || !isCcwText(shown)) throw notFound();
    return { shown, book: await worksheetBook(context, tx, grant, { material, shown, view }) };
  };
  const { book } = await takeOut(context, "worksheet.export", { worksheetId }, read, (tx, { shown }) =>
    recordWorksheetEvent(context, tx, {
      action: "export.made",
      worksheetId,
      detail: { what: "worksheet", format: `oscal-${model}`, revision: shown.content.revision, digest: shown.digest },
    }),
  );
  const [worksheet] = book.worksheets;
  if (!worksheet) throw new Error("A book of a worksheet has none.");
  const { header, revision: number } = worksheet.content;
  const label = worksheet.frozen ? `r${number}` : `r${number}-draft`;
  return writeApart({ model, book, name: `ccw-${fileNamePart(header.requirementNumber)}-${label}` }, signal);
}

/**
 * An engagement as OSCAL, with what the person may see of it.
 * @param signal gives up when the person does
 * @throws Failure blocked when there is nothing to tell, or no valid document comes of it; unavailable when too many ask at
 * once or it takes too long, too_large when it does not fit in memory
 */
export async function exportEngagementOscal(
  context: ServiceContext,
  engagementId: string,
  { model }: OscalQuery,
  signal?: AbortSignal,
): Promise<OscalFile> {
  const read = async (tx: ScopedTx, grant: Grant) => {
    const found = await engagementBook(context, tx, grant);
    requireMatter(model, found);
    return found;
  };
  const book = await takeOut(context, "workbook.export", { engagementId }, read, (tx, { worksheets }) =>
    recordInEngagement(context, tx, {
      action: "export.made",
      detail: {
        what: "workbook",
        format: `oscal-${model}`,
        digest: digestOf(worksheets.map(({ digest }) => digest).join()),
      },
    }),
  );
  const { entityName, standardVersion } = book.engagement;
  return writeApart({ model, book, name: `${fileNamePart(entityName)}-${standardVersion}` }, signal);
}

/** It takes a while to write and check a document, so that is done where it keeps nobody else waiting. */
async function writeApart(job: OscalJob, signal?: AbortSignal): Promise<OscalFile> {
  const made = await writeOscalInWorker(job, signal ? { signal } : {});
  if (!made.ok) throw threadFailure(made.error, WORDS);
  if ("refused" in made.value) throw new Failure("blocked", made.value.refused);
  return made.value.file;
}

const WORDS: ThreadWords = {
  busy: "Other documents are being written as OSCAL. Please try again in a moment.",
  late: (seconds) => `The document was not ready within ${seconds} seconds.`,
  tooMuch: "This is too much for one document. Export the worksheets one by one.",
  givenUp: "The export was given up.",
  program: "The OSCAL worker",
  undone: "The document could not be made",
};

/** OSCAL knows no plan without an item, and no system security plan without a requirement. */
function requireMatter(model: EngagementModel, book: OscalBook): void {
  const rows = model === "poam" ? plannedFixes(book) : book.rows.filter((row) => row.disposition !== "undecided");
  if (book.worksheets.length + rows.length > 0) return;
  throw new Failure(
    "blocked",
    model === "poam"
      ? "There is nothing to put into the plan yet: no worksheet that you may read, and no fix is planned."
      : "There is nothing to put into the plan yet: nothing was decided about any requirement.",
  );
}
