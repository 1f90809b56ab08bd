import { expect, it } from "vitest";
import { exportLook, exportProgress, exportTitle } from "@/components/workbook/export-words";
import type { ExportDto } from "@/lib/contracts/export";

const OPEN: ExportDto = {
  id: "0",
  engagementId: "0",
  kind: "pack",
  paper: "A4",
  conformance: "PDF/UA-1",
  state: "running",
  step: "render",
  partsDone: 12,
  partsTotal: 40,
  note: "",
  requestedAt: "2026-11-24T09:00:00.000Z",
  finishedAt: null,
  file: null,
};

it("says what an export is of", () => {
  expect(exportTitle(OPEN)).toBe("Proof pack");
  const workbook = { kind: "workbook", paper: "Letter", conformance: "PDF/UA-1" } as const;
  expect(exportTitle(workbook)).toBe("Workbook as PDF, Letter");
  expect(exportTitle({ ...workbook, conformance: "PDF/A-3a" })).toBe("Workbook as PDF/A-3, Letter");
  expect(exportTitle({ ...workbook, kind: "document", conformance: null })).toBe("Workbook as Word document, Letter");
  expect(exportTitle({ ...OPEN, conformance: "PDF/A-3a", paper: "Letter" })).toBe("Proof pack, Letter, PDF/A-3");
});

it("says how far it has come, and what it waits for", () => {
  expect(exportProgress(OPEN)).toEqual({ words: "Making documents – part 13 of 40", percent: 30 });
  expect(exportProgress({ ...OPEN, partsDone: 40 }).words).toBe("Making documents – part 40 of 40");
  expect(exportProgress({ ...OPEN, step: "plan", partsDone: 0, partsTotal: 0 }).words).toBe("Fixing what goes in");
  const queued = { ...OPEN, state: "queued", step: null, partsDone: 0, partsTotal: 0 } as const;
  expect(exportProgress(queued)).toEqual({ words: "It begins in a moment.", percent: 0 });
  expect(exportProgress({ ...queued, note: "The signer is away." }).words).toBe("The signer is away.");
});

it("calls a file ready only while it can be had", () => {
  const file = { name: "a.zip", size: 1, sha256: "0", removesAt: "2026-11-25T09:00:00.000Z" };
  expect(exportLook({ state: "done", file }).word).toBe("Ready");
  expect(exportLook({ state: "done", file: null }).word).toBe("Removed");
});

it("counts the worksheets of a workbook, gathered first and drawn then", () => {
  const own = { ...OPEN, kind: "workbook", partsTotal: 400 } as const;
  expect(exportProgress({ ...own, step: "gather", partsDone: 50 }).words).toBe("Gathering worksheets – 50 of 200");
  const drawn = exportProgress({ ...own, step: "render", partsDone: 300 });
  expect(drawn).toEqual({ words: "Drawing worksheets – 100 of 200", percent: 75 });
  expect(exportProgress({ ...own, step: "finish", partsDone: 400 }).words).toBe("Finishing");
});
