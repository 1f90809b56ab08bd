import type { OpenFile } from "@/lib/services/evidence/download-file";

/** As the door before Next knows it (scripts/launcher/door/reply-headers.mjs): any other policy it replaces by a page's. */
const FILE_POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'";

/**
 * A file that somebody uploaded, as a download: wherever it is opened nothing in it runs, no cache keeps it, and no
 * browser guesses that it is something else.
 */
export function fileResponse({ name, size, type, bytes }: OpenFile): Response {
  return new Response(bytes, {
    headers: {
      "Content-Type": type,
      "Content-Disposition": `attachment; filename*=UTF-8''${encodeName(name)}`,
      "Content-Length": String(size),
      "Content-Security-Policy": FILE_POLICY,
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
    },
  });
}

/** RFC 8187 leaves fewer characters as they are than `encodeURIComponent` does. */
function encodeName(name: string): string {
  return encodeURIComponent(name).replace(/['()*!]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
