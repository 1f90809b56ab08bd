import type { OscalFile } from "@/lib/render/oscal/oscal-file";

/** An OSCAL document as a download under its own name. No cache keeps it: most hold what few may read. */
export function oscalResponse({ name, text }: OscalFile): Response {
  return new Response(text, {
    headers: {
      "Content-Type": "application/json",
      "Content-Disposition": `attachment; filename="${name}"`,
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
    },
  });
}
