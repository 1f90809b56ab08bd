import { writeCsv } from "@/lib/render/sheet/csv";
import type { Sheet } from "@/lib/render/sheet/sheet";
import { writeXlsx } from "@/lib/render/sheet/write-xlsx";

/** A sheet that is to be written as a file. Plain data, which can be sent to a thread. */
export interface SheetJob {
  readonly sheet: Sheet;
  readonly format: "csv" | "xlsx";
  /** The instant that the workbook bears, ISO 8601. */
  readonly at: string;
}

/** The bytes of a sheet as a file: the same for the same job. */
export async function writeSheet({ sheet, format, at }: SheetJob): Promise<Buffer> {
  return format === "csv" ? writeCsv(sheet) : writeXlsx(sheet, { title: sheet.name, subject: "", at });
}
