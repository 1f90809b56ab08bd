import type { MadeFile } from "@/lib/services/export/export-worksheet";

/** A file in memory as a download under its own name. It holds what few may read, so no cache keeps it. */
export function madeFileResponse({ name, type, bytes }: MadeFile): Response {
  return new Response(new Uint8Array(bytes), {
    headers: {
      "Content-Type": type,
      "Content-Disposition": `attachment; filename="${name}"`,
      "Content-Length": String(bytes.byteLength),
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
    },
  });
}
