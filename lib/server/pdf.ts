import { madeFileResponse } from "@/lib/server/made-file";
import type { PdfFile } from "@/lib/services/export/pdf-file";

/** A PDF as a download under its own name. */
export function pdfResponse(file: PdfFile): Response {
  return madeFileResponse({ ...file, type: "application/pdf" });
}
