import type { ServiceContext } from "@/lib/auth/context";
import { recordInEngagement } from "@/lib/auth/record";
import { changeScope } from "@/lib/auth/scope";
import { Failure, notFound } from "@/lib/contracts/failure";
import type { OscalQuery, WorksheetOscalQuery } from "@/lib/contracts/oscal";
import type { OscalBook } from "@/lib/domain/oscal/book";
import { plannedFixes, poamOf } from "@/lib/domain/oscal/poam";
import { sspOf } from "@/lib/domain/oscal/ssp";
import type { EngagementModel } from "@/lib/domain/oscal/vocabulary";
import { identify } from "@/lib/render/oscal/identify";
import { type OscalFile, oscalFile } from "@/lib/render/oscal/oscal-file";
import { engagementBook, worksheetBook } from "@/lib/services/export/oscal-book";
import { fileNamePart } from "@/lib/services/export/pdf-file";
import { requireCcw, requireMaterial } from "@/lib/services/worksheet/material";
import { digestOf } from "@/lib/services/worksheet/seal";
import { chosenContent, isCcwText } from "@/lib/services/worksheet/shown-content";
import { recordWorksheetEvent } from "@/lib/services/worksheet/worksheet-event";

const WRITERS = { poam: poamOf, ssp: sspOf } as const satisfies Record<EngagementModel, unknown>;

/**
 * One text of a worksheet as OSCAL. The event is recorded before the file is made, as for its PDF.
 * @throws Failure not_found for a text that the person may not see, and for a record; blocked when no valid document comes of it
 */
export async function exportWorksheetOscal(
  context: ServiceContext,
  worksheetId: string,
  { model, revision }: WorksheetOscalQuery,
): Promise<OscalFile> {
  const book = await changeScope(context, "worksheet.export", { worksheetId }, "none", async (tx, grant) => {
    const { view } = grant.permission;
    const material = await requireMaterial(tx, worksheetId);
    const shown = await chosenContent(tx, view, material, revision);
    requireCcw(material.worksheet);
    if (!shown || !isCcwText(shown)) throw notFound();
    recordWorksheetEvent(context, tx, {
      action: "export.made",
      worksheetId,
      detail: { what: "worksheet", format: `oscal-${model}`, revision: shown.content.revision, digest: shown.digest },
    });
    return worksheetBook(context, tx, grant, { material, shown, view });
  });
  const [worksheet] = book.worksheets;
  if (!worksheet) throw new Error("A book of a worksheet has none.");
  const { header, revision: number } = worksheet.content;
  const label = worksheet.frozen ? `r${number}` : `r${number}-draft`;
  return oscalFile(model, WRITERS[model](book, identify), `ccw-${fileNamePart(header.requirementNumber)}-${label}`);
}

/**
 * An engagement as OSCAL, with what the person may see of it.
 * @throws Failure blocked when there is nothing to tell, or no valid document comes of it
 */
export async function exportEngagementOscal(
  context: ServiceContext,
  engagementId: string,
  { model }: OscalQuery,
): Promise<OscalFile> {
  const book = await changeScope(context, "workbook.export", { engagementId }, "none", async (tx, grant) => {
    const found = await engagementBook(context, tx, grant);
    requireMatter(model, found);
    const digests = found.worksheets.map(({ digest }) => digest);
    recordInEngagement(context, tx, {
      action: "export.made",
      detail: { what: "workbook", format: `oscal-${model}`, digest: digestOf(digests.join()) },
    });
    return found;
  });
  const { entityName, standardVersion } = book.engagement;
  return oscalFile(model, WRITERS[model](book, identify), `${fileNamePart(entityName)}-${standardVersion}`);
}

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
