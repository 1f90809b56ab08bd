import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { readFontFiles } from "@/lib/render/pdf/font-files";
import { renderPdfInWorker } from "@/lib/render/pdf/render-in-worker";
import { renderPdf } from "@/lib/render/pdf/render-pdf";
import type { PdfJob } from "@/lib/render/pdf/view-model";
import { buildPdfWorker } from "@/scripts/build-worker";
import { worksheetModel } from "@/test/fixtures/worksheet-model";

// Rendering takes its time when the machine is busy with other tests.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const at = "2026-09-22T08:00:00.000Z";
const job: PdfJob = { kind: "worksheet", model: worksheetModel("4.0.1"), paper: "A4", at };
let folder = "";
let path = "";

beforeAll(async () => {
  // Inside the project, because the bundle looks for pdfkit and the fonts from where it lies.
  folder = mkdtempSync(join(import.meta.dirname, "..", "..", "..", "node_modules", ".pdf-worker-"));
  path = await buildPdfWorker(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function script(name: string, source: string): string {
  const file = join(folder, name);
  writeFileSync(file, source);
  return file;
}

test("the bundled worker gives the same bytes as the renderer itself", async () => {
  const result = await renderPdfInWorker(job, { path });
  expect(result.ok && result.value.equals(await renderPdf(job, readFontFiles()))).toBe(true);
});

test("a worker that does not end, takes too much or fails is told apart and stopped", async () => {
  const endless = script("endless.mjs", "for (;;) {}");
  expect(await renderPdfInWorker(job, { path: endless, timeoutMs: 200 })).toEqual({
    ok: false,
    error: { kind: "timeout", seconds: 0.2 },
  });
  const greedy = script("greedy.mjs", "const all = []; for (;;) all.push(new Array(100_000).fill(Math.PI));");
  expect(await renderPdfInWorker(job, { path: greedy, heapMb: 32 })).toEqual({ ok: false, error: { kind: "memory" } });
  const broken = script("broken.mjs", "throw new Error('out of ink');");
  expect(await renderPdfInWorker(job, { path: broken })).toEqual({
    ok: false,
    error: { kind: "failed", message: "out of ink" },
  });
  const cancel = new AbortController();
  const given = renderPdfInWorker(job, { path: endless, signal: cancel.signal });
  cancel.abort();
  expect(await given).toEqual({ ok: false, error: { kind: "cancelled" } });
  const absent = join(folder, "absent.mjs");
  expect(await renderPdfInWorker(job, { path: absent })).toEqual({
    ok: false,
    error: { kind: "not_built", path: absent },
  });
});

test("more renderings than the queue holds are turned away, the others all come", async () => {
  const quick = script(
    "quick.mjs",
    "import { parentPort } from 'node:worker_threads'; parentPort.postMessage(new Uint8Array([1]));",
  );
  const results = await Promise.all(Array.from({ length: 21 }, () => renderPdfInWorker(job, { path: quick })));
  expect(results.filter((result) => result.ok)).toHaveLength(18);
  expect(results.filter((result) => !result.ok && result.error.kind === "busy")).toHaveLength(3);
  expect((await renderPdfInWorker(job, { path: quick })).ok).toBe(true);
});
