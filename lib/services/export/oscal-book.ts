import type { ServiceContext } from "@/lib/auth/context";
import type { Grant } from "@/lib/auth/scope";
import type { DispositionDto } from "@/lib/contracts/disposition";
import { lastRowChange } from "@/lib/data/dispositions";
import type { ScopedTx } from "@/lib/db/kinds";
import type { OscalBook, OscalLeftOut, OscalRow, OscalWorksheet } from "@/lib/domain/oscal/book";
import type { WorksheetPdfModel } from "@/lib/render/pdf/view-model";
import { readRows } from "@/lib/services/disposition/workbook-rows";
import { printedInBatches } from "@/lib/services/export/printed-worksheets";
import { datedAt, type Printed, worksheetModels } from "@/lib/services/export/worksheet-model";
import { isCcwText, type ShownCcw } from "@/lib/services/worksheet/shown-content";
import { validityOf } from "@/lib/services/worksheet/validity";

/** A worksheet to write as OSCAL: records have no place in its documents. */
interface PrintedCcw extends Printed {
  readonly shown: ShownCcw;
}

function isPrintedCcw(printed: Printed): printed is PrintedCcw {
  return isCcwText(printed.shown);
}

/** A worksheet's text as OSCAL is written from it: what its PDF shows, and not a word more. */
export async function worksheetBook(
  context: ServiceContext,
  tx: ScopedTx,
  grant: Grant,
  printed: PrintedCcw,
): Promise<OscalBook> {
  const [model] = await worksheetModels(tx, grant, [printed]);
  if (!model) throw new Error("A worksheet has no model.");
  const at = datedAt(model, printed).toISOString();
  return { ...about(context, tx), at, worksheets: [worksheetOf(tx, printed, model)], rows: [] };
}

/** The engagement with the newest text of each worksheet that the person may see, and its other rows. */
export async function engagementBook(context: ServiceContext, tx: ScopedTx, grant: Grant): Promise<OscalBook> {
  const worksheets: OscalWorksheet[] = [];
  const shown = new Set<string>();
  let latest = (await lastRowChange(tx)).getTime();
  for await (const some of printedInBatches(tx, grant, ({ kind }) => kind === "ccw")) {
    const printed = some.filter(isPrintedCcw);
    const models = await worksheetModels(tx, grant, printed);
    for (const [index, one] of printed.entries()) {
      const model = models[index];
      if (!model) throw new Error("A worksheet has no model.");
      worksheets.push(worksheetOf(tx, one, model));
      shown.add(one.material.worksheet.id);
      latest = Math.max(latest, datedAt(model, one).getTime());
    }
  }
  const all = await readRows(tx, grant);
  const rows = all.filter(({ worksheet }) => !worksheet || !shown.has(worksheet.id));
  const leftOut = all.flatMap(leftOutOf);
  return {
    ...about(context, tx),
    ...{ at: new Date(latest).toISOString(), worksheets, rows: rows.map(rowOf) },
    ...(leftOut.length > 0 && { leftOut }),
  };
}

function about({ url }: ServiceContext, { engagement }: ScopedTx): Pick<OscalBook, "engagement" | "url"> {
  const { id, name, entityName, assessorName, standardVersion } = engagement;
  return { engagement: { id, name, entityName, assessorName: assessorName ?? "", standardVersion }, url };
}

function worksheetOf(tx: ScopedTx, { material, shown }: PrintedCcw, model: WorksheetPdfModel): OscalWorksheet {
  const { content, frozen } = shown;
  const bearsSignature = frozen && material.signed?.number === content.revision;
  const validity = bearsSignature ? validityOf(material, tx) : null;
  return {
    content,
    // Computed anew for the PDF: a document vouches for what stands in it.
    digest: model.digest,
    frozen,
    state: model.state,
    validity: validity && { status: validity.status, reason: validity.reason },
    signOffs: model.signOffs.map(
      ({ kind, revision, digest, statementVersion, statementText, reason, signerName, signerRole, firmName, at }) => ({
        ...{ kind, revision, digest, statementVersion, statementText, reason, signerName, signerRole, firmName, at },
      }),
    ),
    transitions: model.transitions,
    decisions: model.criteria.flatMap(({ id, decision }) => (decision ? [{ criterion: id, ...decision }] : [])),
  };
}

/** The records of a row that stand, as far as the person may know of them. */
function leftOutOf({ requirementNumber, records }: DispositionDto): OscalLeftOut[] {
  return records
    .filter(({ state }) => state !== "withdrawn")
    .map(({ kind }): OscalLeftOut => ({ requirementNumber, kind }));
}

function rowOf(row: DispositionDto): OscalRow {
  const planned = row.disposition === "fix_planned";
  return {
    requirementNumber: row.requirementNumber,
    requirementTitle: row.requirementTitle,
    disposition: row.disposition,
    note: row.note,
    owner: (planned && row.fixOwner) || (row.owner?.name ?? ""),
    dueOn: planned ? row.fixDueOn : row.dueOn,
  };
}
