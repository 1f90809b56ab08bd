import { describe, expect, it } from "vitest";
import { type ExportFacts, estimateExport, estimateWords } from "@/lib/domain/export/estimate";
import { worksheetsDone } from "@/lib/domain/export/progress";

const FACTS: ExportFacts = {
  rows: 40,
  worksheets: 20,
  characters: 20 * 9_000,
  evidence: 60,
  comments: 40,
  commentCharacters: 8_000,
  decisions: 20,
  moves: 80,
  packedFiles: 0,
  fileBytes: 0,
  logoBytes: 0,
};
const WORKBOOK = { kind: "workbook", paper: "A4", carries: false } as const;

describe("an estimate", () => {
  it("grows with each thing that goes in, and with what is carried along", () => {
    const base = estimateExport(FACTS, WORKBOOK);
    for (const name of ["worksheets", "characters", "evidence", "comments", "decisions", "moves"] as const) {
      const more = estimateExport({ ...FACTS, [name]: FACTS[name] * 20 }, WORKBOOK);
      expect(more.pages, name).toBeGreaterThan(base.pages ?? 0);
      expect(more.bytes, name).toBeGreaterThan(base.bytes);
      expect(more.seconds, name).toBeGreaterThanOrEqual(base.seconds);
    }
    expect(estimateExport(FACTS, { ...WORKBOOK, carries: true }).bytes).toBeGreaterThan(base.bytes);
    expect(estimateExport(FACTS, { ...WORKBOOK, paper: "Letter" }).pages).toBeGreaterThan(base.pages ?? 0);
    expect(estimateExport({ ...FACTS, logoBytes: 400_000 }, WORKBOOK).bytes).toBe(base.bytes + 400_000);
  });

  it("of a pack counts the files of evidence, and of a Word document no pages", () => {
    const pack = { ...WORKBOOK, kind: "pack" } as const;
    const [without, withFiles] = [0, 50_000_000].map((fileBytes) => estimateExport({ ...FACTS, fileBytes }, pack));
    expect(withFiles?.bytes).toBe((without?.bytes ?? 0) + 50_000_000);
    expect(estimateExport(FACTS, { ...WORKBOOK, kind: "document" })).toMatchObject({ pages: null, files: null });
    // Text and PDF of each revision, and of each decision statement, discussion, event and proof.
    const { files } = estimateExport({ ...FACTS, packedFiles: 300 }, pack);
    expect((files ?? 0) - 300).toBeGreaterThanOrEqual(2 * FACTS.worksheets + 4 * FACTS.decisions);
  });

  it("of an empty workbook still has its cover, contents and summary", () => {
    const none = Object.fromEntries(Object.keys(FACTS).map((name) => [name, 0])) as unknown as ExportFacts;
    const { pages, seconds } = estimateExport(none, WORKBOOK);
    expect([pages, seconds]).toEqual([3, 3]);
  });

  it("is said with two digits, since it knows no more", () => {
    expect(estimateWords({ pages: 1_234, bytes: 5_678_901, seconds: 12 })).toBe(
      "about 1,200 pages, 5.7 MB, 12 seconds",
    );
    expect(estimateWords({ pages: 1, bytes: 83_000, seconds: 1 })).toBe("about 1 page, 80 kB, 1 second");
    expect(estimateWords({ pages: null, bytes: 40_000, seconds: 300 })).toBe("about 40 kB, 5 minutes");
    expect(estimateWords({ pages: null, bytes: 4_230_000_000, seconds: 300 })).toBe("about 4.2 GB, 5 minutes");
  });
});

describe("how far a workbook is", () => {
  it("is told in worksheets, gathered first and drawn then, and never beyond what there are", () => {
    expect(worksheetsDone("workbook", "gather", 50, 400)).toEqual({ done: 50, of: 200 });
    expect(worksheetsDone("workbook", "render", 260, 400)).toEqual({ done: 60, of: 200 });
    expect(worksheetsDone("workbook", "render", 400, 400)).toEqual({ done: 200, of: 200 });
    expect(worksheetsDone("workbook", "finish", 400, 400)).toBeNull();
    expect(worksheetsDone("pack", "render", 3, 40)).toBeNull();
    expect(worksheetsDone("workbook", "gather", 0, 0)).toBeNull();
  });
});
