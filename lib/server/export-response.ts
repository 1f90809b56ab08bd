import type { OpenExport } from "@/lib/services/export/own-exports";

/** A finished export as a download under its own name, which is plain ASCII. It holds what few may read, so no cache keeps it. */
export function exportResponse({ name, size, type, bytes }: OpenExport): Response {
  return new Response(bytes, {
    headers: {
      "Content-Type": type,
      "Content-Disposition": `attachment; filename="${name}"`,
      "Content-Length": String(size),
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
    },
  });
}
