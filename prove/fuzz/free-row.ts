import { must } from "../support/workbook";
import type { Stage } from "./stage";

/** A row of the workbook, as far as examples need it. */
interface Row {
  readonly id: string;
  readonly version: number;
  readonly worksheet: unknown;
}

/** The rows of the stage's workbook. */
export async function rowsOf(stage: Stage): Promise<readonly Row[]> {
  const address = `/api/v1/engagements/${stage.engagementId}/dispositions`;
  return must<{ items: readonly Row[] }>(await stage.client("lead").send("GET", address)).items;
}

/** Requirements of 4.0.1 that rows are made for when every row has a worksheet. */
const SPARE_NUMBERS = [
  "5.2.1",
  "5.2.2",
  "5.2.3",
  "5.3.1",
  "7.2.1",
  "7.2.2",
  "7.2.3",
  "8.2.1",
  "8.2.2",
  "8.2.3",
  "9.2.1",
];

/** A row of the workbook without a worksheet while there is one. */
export async function freeRow(stage: Stage): Promise<Row> {
  const free = (rows: readonly Row[]) => rows.find((row) => row.worksheet === null);
  const found = free(await rowsOf(stage));
  if (found) return found;
  const address = `/api/v1/engagements/${stage.engagementId}/dispositions`;
  must(await stage.client("lead").send("POST", address, { body: { requirementNumbers: SPARE_NUMBERS } }));
  const rows = await rowsOf(stage);
  const row = free(rows) ?? rows[0];
  if (!row) throw new Error("The workbook is empty.");
  return row;
}
