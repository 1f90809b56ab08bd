import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { WORKSHEET_LAYOUTS } from "@/lib/render/pdf/view-model";
import { makePdf, timeAllowed } from "@/lib/services/export/pdf-file";
import { workbookModel } from "@/test/fixtures/workbook-model";
import { worksheetModel } from "@/test/fixtures/worksheet-model";

const rest = { paper: "A4", at: "2026-09-22T08:00:00.000Z" } as const;
const workbook = (worksheets: number) =>
  ({ kind: "workbook", model: workbookModel("4.0.1", worksheets), ...rest }) as const;

test("a workbook may take longer the more worksheets it has", () => {
  const one = timeAllowed({ kind: "worksheet", model: worksheetModel("4.0.1"), ...rest });
  expect(timeAllowed(workbook(40))).toBeGreaterThan(timeAllowed(workbook(4)));
  expect(timeAllowed(workbook(4))).toBeGreaterThan(one);
});

test("what takes too long may be tried again: it is not too large for good", async () => {
  const folder = mkdtempSync(join(tmpdir(), "pdf-file-"));
  try {
    const path = join(folder, "endless.mjs");
    writeFileSync(path, "for (;;) {}");
    const made = makePdf({ job: workbook(1), name: "x.pdf" }, new AbortController().signal, { path, timeoutMs: 200 });
    await expect(made).rejects.toMatchObject({
      code: "unavailable",
      message: /within 0\.2 seconds\. Please try again/,
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("a worksheet that cannot be drawn is named with the reason, whatever is printed of it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "pdf-file-"));
  try {
    const path = join(folder, "broken.mjs");
    const outcome = "{ kind: 'undrawable', index: 0, reason: 'out of ink', stack: 'at a nib' }";
    writeFileSync(path, `import { parentPort } from "node:worker_threads"; parentPort.postMessage(${outcome});`);
    for (const layout of WORKSHEET_LAYOUTS) {
      const job = { kind: "worksheet", model: worksheetModel("4.0.1"), layout, ...rest } as const;
      const made = makePdf({ job, name: "x.pdf" }, new AbortController().signal, { path });
      await expect(made, layout).rejects.toMatchObject({
        code: "wrong_state",
        message: expect.stringMatching(
          /^Worksheet 8\.3\.4, “.+”, revision \d, cannot be drawn: out of ink\. Whoever runs/,
        ),
      });
    }
    // What goes wrong around the drawing is no worksheet's fault, and nothing to show to people.
    writeFileSync(path, "throw new Error('/srv/fonts is not there');");
    const job = { kind: "worksheet", model: worksheetModel("4.0.1"), ...rest } as const;
    const failed = await makePdf({ job, name: "x.pdf" }, new AbortController().signal, { path }).catch(
      (error) => error,
    );
    expect(failed).toBeInstanceOf(Error);
    expect(failed).not.toHaveProperty("code");
    // But for what passes by itself.
    writeFileSync(path, "throw Object.assign(new Error('said by the system'), { code: 'EMFILE' });");
    await expect(makePdf({ job, name: "x.pdf" }, new AbortController().signal, { path })).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("too many files open"),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
