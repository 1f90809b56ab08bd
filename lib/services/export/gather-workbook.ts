import { type Grant, permissionFor, readScope } from "@/lib/auth/scope";
import { Failure } from "@/lib/contracts/failure";
import type { WorksheetTarget } from "@/lib/data/facts";
import { listWorksheets } from "@/lib/data/worksheets";
import { isUnavailable } from "@/lib/db/errors";
import type { ScopedTx } from "@/lib/db/kinds";
import { KIND_NAMES } from "@/lib/domain/records/kinds";
import { logger } from "@/lib/logger";
import type { BookSheet } from "@/lib/render/pdf/view-model";
import { contentFile } from "@/lib/services/export/content-file";
import type { ExportRun } from "@/lib/services/export/export-run";
import type { PlannedSheet, WorkbookPlan } from "@/lib/services/export/plan-workbook";
import { datedAt, type Printed, worksheetModels } from "@/lib/services/export/worksheet-model";
import { loadMaterial } from "@/lib/services/worksheet/material";
import { contentOfText } from "@/lib/services/worksheet/shown-content";

/** A worksheet that was gathered. */
export interface GatheredSheet extends BookSheet {
  /** The instant that it is dated, ISO 8601. */
  readonly at: string;
}

/** Worksheets that are read in one transaction, and that are in memory at once. */
export const AT_ONCE = 50;

/** The files that the worksheets of a plan are gathered in. */
export function stretchNames({ sheets }: WorkbookPlan): string[] {
  return Array.from(
    { length: Math.ceil(sheets.length / AT_ONCE) },
    (_, stretch) => `gathered/${String(stretch).padStart(4, "0")}.json`,
  );
}

/**
 * Gathers the worksheets of a plan, a stretch at a time. Each is a transaction of its own: the plan says which text it is
 * of each, so that a long transaction is not needed to have them all of one moment.
 * @throws Failure wrong_state by the name of a worksheet that cannot be read
 */
export async function gatherWorkbook(run: ExportRun, plan: WorkbookPlan): Promise<void> {
  for (const [stretch, name] of stretchNames(plan).entries()) {
    const planned = plan.sheets.slice(stretch * AT_ONCE, (stretch + 1) * AT_ONCE);
    await run.json("gather", name, () => gatherStretch(run, planned), planned.length);
  }
}

async function gatherStretch(run: ExportRun, planned: readonly PlannedSheet[]): Promise<GatheredSheet[]> {
  try {
    return await read(run, planned);
  } catch (error) {
    if (error instanceof Failure || isUnavailable(error)) throw error;
    // Which of them it is, is found by reading them one by one.
    for (const one of planned) await read(run, [one], error);
    throw error;
  }
}

/** @param suspect what was thrown when these were read among others */
async function read(run: ExportRun, planned: readonly PlannedSheet[], suspect?: unknown): Promise<GatheredSheet[]> {
  const { context, row } = run;
  const { engagementId } = row;
  return readScope(context, "workbook.export", { engagementId }, async (tx, grant) => {
    const ids = planned.map(({ id }) => id);
    const found = new Map((await listWorksheets(tx, ids)).map((one) => [one.id, one]));
    const worksheets = ids.map((id) => found.get(id) ?? gone(id));
    try {
      return await gather(tx, grant, worksheets, { planned, carries: row.conformance === "PDF/A-3a" });
    } catch (error) {
      const [only] = worksheets;
      if (suspect === undefined || !only || error instanceof Failure || isUnavailable(error)) throw error;
      logger().error({ err: error, worksheetId: only.id }, "a worksheet cannot be gathered");
      throw new Failure(
        "wrong_state",
        `${nameOf(only)} cannot be read. Whoever runs the service finds the reason in its log.`,
      );
    }
  });
}

async function gather(
  tx: ScopedTx,
  grant: Grant,
  worksheets: readonly WorksheetTarget[],
  { planned, carries }: { readonly planned: readonly PlannedSheet[]; readonly carries: boolean },
): Promise<GatheredSheet[]> {
  const texts = new Map(planned.map((one) => [one.id, one]));
  const printed: Printed[] = [];
  for (const material of await loadMaterial(tx, worksheets)) {
    const { worksheet } = material;
    const text = texts.get(worksheet.id);
    const view = permissionFor(grant, "worksheet.export", worksheet.facts)?.view;
    const shown = text && view && (await contentOfText(tx, view, material, text));
    if (!view || !shown) {
      throw new Failure(
        "wrong_state",
        `${nameOf(worksheet)} was changed while the workbook was made, and what was to be printed of it is not for you any more. Ask for the export again.`,
      );
    }
    printed.push({ material, shown, view });
  }
  const models = await worksheetModels(tx, grant, printed);
  return printed.map((one, index) => {
    const model = models[index];
    if (!model) throw new Error("A worksheet cannot be printed.");
    const attachment = carries ? contentFile(one.shown.content, one.material.worksheet.id) : undefined;
    return { model, attachment, at: datedAt(model, one).toISOString() };
  });
}

function nameOf({ kind, requirementNumber }: Pick<WorksheetTarget, "kind" | "requirementNumber">): string {
  return `${KIND_NAMES[kind]} ${requirementNumber}`;
}

/** What is planned stays: a worksheet is withdrawn, never removed. */
function gone(id: string): never {
  throw new Error(`The planned worksheet ${id} is not there any more.`);
}
