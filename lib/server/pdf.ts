import type { PdfFile } from "@/lib/services/export/pdf-file";

/** A PDF as a download under its own name. It holds what few may read, so no cache keeps it. */
export function pdfResponse({ name, bytes }: PdfFile): Response {
  return new Response(new Uint8Array(bytes), {
    headers: {
      "Content-Type": "application/pdf",
      "Content-Disposition": `attachment; filename="${name}"`,
      "Content-Length": String(bytes.byteLength),
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
    },
  });
}
