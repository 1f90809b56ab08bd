import { type Grant, permissionFor } from "@/lib/auth/scope";
import { listWorksheets } from "@/lib/data/worksheets";
import type { ScopedTx } from "@/lib/db/kinds";
import type { BookSheet, WorksheetPdfModel } from "@/lib/render/pdf/view-model";
import { contentFile } from "@/lib/services/export/content-file";
import type { ExportRun } from "@/lib/services/export/export-run";
import { type Gathered, type Gathering, gatherAtOneInstant } from "@/lib/services/export/gather";
import { type PlannedSheet, planWorkbook, type WorkbookPlan } from "@/lib/services/export/plan-workbook";
import { datedAt, type Printed, worksheetModels } from "@/lib/services/export/worksheet-model";
import { loadMaterial } from "@/lib/services/worksheet/material";
import { shownContent } from "@/lib/services/worksheet/shown-content";

/** What is kept of a gathered worksheet beside its file: what the workbook's own pages say of it, and of all of them. */
export interface ToldSheet extends Pick<WorksheetPdfModel, "kind" | "header" | "draft"> {
  /** The instant that it is dated, ISO 8601. */
  readonly at: string;
}

/** A workbook as it was at one instant, its worksheets in files of {@link BookSheet}. */
export type GatheredWorkbook = Gathered<WorkbookPlan, ToldSheet>;

/** Fixes and gathers what goes into a workbook. @throws Failure as `gatherAtOneInstant` */
export async function gatherWorkbook(
  run: ExportRun,
  gathering: Gathering<WorkbookPlan, PlannedSheet, ToldSheet> = gatheringOf(run),
): Promise<GatheredWorkbook> {
  const gathered = await gatherAtOneInstant(run, gathering, ({ sheets }) => sheets.length);
  expectAll(run, gathered.plan);
  return gathered;
}

/** How a workbook is gathered, for somebody who asked for it so. */
export function gatheringOf(run: ExportRun): Gathering<WorkbookPlan, PlannedSheet, ToldSheet> {
  const carries = run.row.conformance === "PDF/A-3a";
  return {
    plan: planWorkbook,
    items: ({ sheets }) => sheets,
    gather: (tx, grant, some) => gatherSheets(tx, grant, some, carries),
    reached: (plan, gathered) => {
      expectAll(run, plan);
      run.reach(gathered === 0 ? "plan" : "gather", gathered);
    },
  };
}

/** Each worksheet is gathered, and then drawn. */
function expectAll(run: ExportRun, { sheets }: WorkbookPlan): void {
  run.expect(2 * sheets.length);
}

async function gatherSheets(tx: ScopedTx, grant: Grant, planned: readonly PlannedSheet[], carries: boolean) {
  const ids = planned.map(({ id }) => id);
  const found = new Map((await listWorksheets(tx, ids)).map((one) => [one.id, one]));
  const printed: Printed[] = [];
  for (const material of await loadMaterial(
    tx,
    ids.flatMap((id) => found.get(id) ?? []),
  )) {
    const view = permissionFor(grant, "worksheet.export", material.worksheet.facts)?.view;
    const shown = view && (await shownContent(tx, view, material));
    if (view && shown) printed.push({ material, shown, view });
  }
  // Plan and worksheets are of one instant, so that each of them is there.
  if (printed.length !== planned.length) throw new Error("A worksheet that was planned cannot be shown.");
  const models = await worksheetModels(tx, grant, printed);
  const laid: BookSheet[] = [];
  const told: ToldSheet[] = [];
  for (const [index, one] of printed.entries()) {
    const model = models[index];
    if (!model) throw new Error("A worksheet cannot be printed.");
    const attachment = carries ? contentFile(one.shown.content, one.material.worksheet.id) : undefined;
    const { kind, header, draft } = model;
    laid.push({ model, attachment });
    told.push({ kind, header, draft, at: datedAt(model, one).toISOString() });
  }
  return { laid, told };
}
