import { setTimeout as pause } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import type { Page } from "playwright";

/** How many times the bytes of a page of Next with nothing in it a page may load, by what it is. */
export const SCRIPT_BARS = { public: 1.5, list: 2, editor: 3.3 } as const;

/** The window that pages are loaded in: a wide one, where nothing is folded away. */
export const SCRIPT_WINDOW = { width: 1440, height: 900 } as const;

/** How long no script may be on its way before all are there (milliseconds), as browsers' tools count it. */
const QUIET = 500;

/**
 * The scripts that a browser of today loads for a page until the network is quiet, by their addresses with the bytes of each
 * in gzip. What is `nomodule` does not come; what a page asks for once it is there does.
 * @param page a page of a browser that has nothing yet
 * @param address where to go
 * @param act is done there, and what it loads counts too
 */
export async function scriptsOf(
  page: Page,
  address: string,
  act?: (page: Page) => Promise<unknown>,
): Promise<ReadonlyMap<string, number>> {
  const sizes = new Map<string, Promise<number>>();
  const quiet = watchForQuiet(page);
  page.on("response", (reply) => {
    if (reply.request().resourceType() !== "script" || sizes.has(reply.url())) return;
    sizes.set(
      reply.url(),
      reply.body().then((body) => gzipSync(body).length),
    );
  });
  await page.goto(address, { waitUntil: "networkidle" });
  if (act) {
    await act(page);
    // The load state is told once, and was.
    await quiet();
  }
  return new Map(await Promise.all([...sizes].map(async ([url, size]) => [url, await size] as const)));
}

/** @returns waits until no script has been on its way for a while */
function watchForQuiet(page: Page): () => Promise<void> {
  const underWay = new Set<unknown>();
  let last = performance.now();
  page.on("request", (request) => {
    if (request.resourceType() === "script") underWay.add(request);
  });
  const end = (request: unknown) => {
    if (underWay.delete(request)) last = performance.now();
  };
  page.on("requestfinished", end);
  page.on("requestfailed", end);
  return async () => {
    last = performance.now();
    while (underWay.size > 0 || performance.now() - last < QUIET) await pause(QUIET / 10);
  };
}

/** All of them together. */
export function sumOf(sizes: ReadonlyMap<string, number>): number {
  return [...sizes.values()].reduce((sum, size) => sum + size, 0);
}
