import { madeFileResponse } from "@/lib/server/made-file";
import type { PdfFile } from "@/lib/services/export/pdf-file";

/** As the door before Next knows it (scripts/launcher/door/reply-headers.mjs): any other policy it replaces by a page's. */
const SHOWN_POLICY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'";

/** A PDF as a download under its own name. @param shown whether the browser shows it instead, in a tab of its own */
export function pdfResponse(file: PdfFile, shown = false): Response {
  const response = madeFileResponse({ ...file, type: "application/pdf" });
  if (!shown) return response;
  response.headers.set("Content-Disposition", `inline; filename="${file.name}"`);
  response.headers.set("Content-Security-Policy", SHOWN_POLICY);
  return response;
}
