import { linesResponse } from "@/lib/server/json-lines";
import { madeFileResponse } from "@/lib/server/made-file";
import type { MadeFile } from "@/lib/services/export/export-worksheet";
import type { StreamedFile } from "@/lib/services/sheets/export-sheet";

/** A table as a download: at once, or line by line where it may be long. */
export function sheetResponse(file: MadeFile | StreamedFile): Response {
  return "lines" in file ? linesResponse(file.name, file.type, file.lines) : madeFileResponse(file);
}
