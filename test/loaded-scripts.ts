import { gzipSync } from "node:zlib";
import type { Page } from "playwright";

/** Watches what a page loads of scripts from now on. @returns asks for the bytes in gzip of each so far, by its address */
export function watchScripts(page: Page): () => Promise<ReadonlyMap<string, number>> {
  const sizes = new Map<string, Promise<number>>();
  page.on("response", (reply) => {
    if (reply.request().resourceType() !== "script" || sizes.has(reply.url())) return;
    sizes.set(
      reply.url(),
      reply.body().then((body) => gzipSync(body).length),
    );
  });
  return async () => new Map(await Promise.all([...sizes].map(async ([url, size]) => [url, await size] as const)));
}

/** All of them together. */
export function sumOf(sizes: ReadonlyMap<string, number>): number {
  return [...sizes.values()].reduce((sum, size) => sum + size, 0);
}
