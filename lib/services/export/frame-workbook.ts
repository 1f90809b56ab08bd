import { createHash } from "node:crypto";
import type { BookSheet, WorkbookFrame } from "@/lib/render/pdf/view-model";
import type { ExportRun } from "@/lib/services/export/export-run";
import { readStretch } from "@/lib/services/export/gather";
import type { GatheredWorkbook } from "@/lib/services/export/gather-workbook";
import { seal } from "@/lib/services/worksheet/seal";

/** What the workbook's own pages say, and when it is dated. */
export interface FramedWorkbook {
  readonly frame: WorkbookFrame;
  /** ISO 8601. */
  readonly at: string;
}

/**
 * What is said of a workbook beside its worksheets, with the digest of all that is printed, as canonical JSON (RFC 8785).
 * For that every stretch is read, once: what else has to be known of the worksheets was told when they were gathered.
 */
export async function frameWorkbook(
  run: ExportRun,
  { plan, told, stretches }: GatheredWorkbook,
): Promise<FramedWorkbook> {
  const draft = !plan.settled || told.some((one) => one.draft);
  let at = plan.rowsAt;
  for (const one of told) if (one.at > at) at = one.at;
  const content = { ...plan.facts, draft, rows: plan.rows };
  // `worksheets` is the last name in the order of canonical JSON, so that they can be hashed as they come.
  const empty = seal({ ...content, worksheets: [] }).text;
  if (!empty.endsWith('"worksheets":[]}')) throw new Error("The order of a workbook's names has changed.");
  const hash = createHash("sha256").update(empty.slice(0, -2), "utf8");
  let first = true;
  for (const name of stretches) {
    run.requireWanted();
    for (const { model } of await readStretch<readonly BookSheet[]>(run, name)) {
      hash.update(`${first ? "" : ","}${seal(model).text}`, "utf8");
      first = false;
    }
  }
  const digest = hash.update("]}", "utf8").digest("hex");
  const worksheets = told.map(({ kind, header }) => ({ kind, header }));
  return { frame: { ...content, digest, worksheets }, at };
}
