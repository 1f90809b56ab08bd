/** Lines of JSON as a download, as {@link linesResponse}. */
export function jsonLinesResponse(name: string, lines: AsyncGenerator<string>): Response {
  return linesResponse(name, "application/jsonl; charset=utf-8", lines);
}

/**
 * Lines as a download under a name, read as far as the browser takes them: only a piece at a time is in memory. It holds
 * what few may read, so no cache keeps it.
 */
export function linesResponse(name: string, type: string, lines: AsyncGenerator<string>): Response {
  const utf8 = new TextEncoder();
  const body = new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        const { value, done } = await lines.next();
        if (done) controller.close();
        else controller.enqueue(utf8.encode(value));
      },
      cancel: async () => void (await lines.return(undefined)),
    },
    { highWaterMark: 1 },
  );
  return new Response(body, {
    headers: {
      "Content-Type": type,
      "Content-Disposition": `attachment; filename="${name}"`,
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
    },
  });
}
