/** A signed note as it was signed, byte for byte. What is the newest changes all the time, so no cache keeps it. */
export function noteResponse(note: string): Response {
  return new Response(note, {
    headers: {
      "Content-Type": "text/plain; charset=utf-8",
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
    },
  });
}
