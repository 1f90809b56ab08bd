import { describe, expect, it } from "vitest";
import { HEADER_LABEL, SECTION_LABELS, sectionOrder } from "@/lib/domain/worksheet/sections";
import { worksheetDocx } from "@/lib/render/docx/render-docx";
import type { WorksheetPdfModel } from "@/lib/render/pdf/view-model";
import { doc, para } from "@/test/fixtures/narrative";
import { SAMPLE_SECTIONS } from "@/test/fixtures/sample-sections";
import { workbookModel } from "@/test/fixtures/workbook-model";
import { worksheetModel } from "@/test/fixtures/worksheet-model";
import { packageFindings, textOfWord, unpackOffice } from "@/test/office-tools";
import { inOrder } from "@/test/pdf-tools";
import { wholeDocx } from "@/test/whole-workbook";

const SETTINGS = { paper: "A4", at: "2026-09-22T08:00:00.000Z" } as const;
const partsOf = async (model: WorksheetPdfModel) => unpackOffice(await worksheetDocx(model, SETTINGS));
const part = (parts: ReadonlyMap<string, string>, name: string) => parts.get(`word/${name}.xml`) ?? "";
const saying = (text: string) =>
  worksheetModel("4.0.1", false, {
    ...SAMPLE_SECTIONS,
    constraints: { ...SAMPLE_SECTIONS.constraints, narrative: doc(para(text)) },
  });

describe("a worksheet as a document", () => {
  it.each(["4.0.1", "3.2.1"] as const)("has the rows of %s in their order and is a sound package", async (version) => {
    const parts = await partsOf(worksheetModel(version, true));
    expect(packageFindings(parts)).toEqual([]);
    const rows = sectionOrder(version).map((key, index) => `${index + 1}. ${SECTION_LABELS[key]}`);
    expect(inOrder(textOfWord(part(parts, "document")), [HEADER_LABEL, "Explanation", ...rows, "Annex A."])).toBe(true);
  });

  it("says on every page that it is a draft, and of which content", async () => {
    const model = worksheetModel("3.2.1", false);
    const parts = await partsOf(model);
    expect(textOfWord(part(parts, "header1"))).toContain("DRAFT · Legacy");
    expect(textOfWord(part(parts, "footer1"))).toContain(model.digest);
    expect(textOfWord(part(await partsOf(worksheetModel("4.0.1", true)), "header1"))).not.toContain("DRAFT");
  });

  it("has the same bytes for the same content", async () => {
    const model = worksheetModel("4.0.1", false);
    const first = await worksheetDocx(model, SETTINGS);
    expect((await worksheetDocx(model, SETTINGS)).equals(first)).toBe(true);
    const later = await worksheetDocx(model, { ...SETTINGS, at: "2026-09-23T08:00:00.000Z" });
    expect(later.equals(first)).toBe(false);
  });

  it("shows what somebody typed as text, whatever it looks like", async () => {
    const typed = '</w:t></w:r><w:altChunk r:id="rId1"/>&lt;&#x41; ]]> <!-- "\u0001\u202e';
    const parts = await partsOf(saying(typed));
    expect(packageFindings(parts)).toEqual([]);
    const text = textOfWord(part(parts, "document"));
    expect(text).toContain('</w:t></w:r><w:altChunk r:id="rId1"/>&lt;&#x41; ]]> <!-- "[U+0001][U+202E]');
  });

  it("makes live links of http, https and mailto alone, and keeps the others as text", async () => {
    const linked = (href: string) => ({
      type: "text" as const,
      text: "here",
      marks: [{ type: "link" as const, attrs: { href } }],
    });
    const content = ["https://example.com/a?b=1&c=2", "javascript:alert(1)", "file:///etc/passwd"].map(linked);
    const model = worksheetModel("4.0.1", false, {
      ...SAMPLE_SECTIONS,
      constraints: { ...SAMPLE_SECTIONS.constraints, narrative: doc({ type: "paragraph", content }) },
    });
    const parts = await partsOf(model);
    expect(packageFindings(parts)).toEqual([]);
    expect(parts.get("word/_rels/document.xml.rels")).toContain('Target="https://example.com/a?b=1&amp;c=2"');
    expect(textOfWord(part(parts, "document"))).toContain("here [javascript:alert(1)]here [file:///etc/passwd]");
  });

  it("puts threads into the margin of what they are about, with their answers", async () => {
    const parts = await partsOf(worksheetModel("4.0.1", false));
    const comments = part(parts, "comments");
    expect(textOfWord(comments)).toContain("On revision 1: Which of the two users was tried?\nPlease name the sample.");
    expect(comments).toContain('w:author="Ines Okafor (assessor)" w:date="2026-09-20T09:12:00Z" w:initials="IO"');
    expect(part(parts, "commentsExtended")).toContain('w15:paraIdParent="00000001" w15:done="1"');
    const document = part(parts, "document");
    const anchored = document.slice(document.indexOf("commentRangeStart"), document.indexOf("commentRangeEnd"));
    expect(anchored).toContain(">T1<");
  });

  it("places every thread exactly once, whatever it is about", async () => {
    const comments = [{ author: "A", side: "entity", at: "2026-09-20T09:12:00.000Z", body: "?" }] as const;
    const thread = { revision: 2, resolved: false, comments };
    const threads = [
      { ...thread, section: null, itemLabel: "" },
      { ...thread, section: "definition", itemLabel: "" },
      { ...thread, section: "definition", itemLabel: "an item no longer listed" },
      { ...thread, section: "criteria", itemLabel: "Above and beyond" },
      { ...thread, section: "criteria", itemLabel: "" },
    ] as const;
    const parts = await partsOf({ ...worksheetModel("4.0.1", false), threads });
    const references = part(parts, "document").match(/<w:commentReference w:id="\d+"/g) ?? [];
    expect(references).toHaveLength(threads.length);
    expect(new Set(references).size).toBe(threads.length);
  });
});

describe("a workbook as a document", () => {
  it("has cover, contents, summary, worksheets and annexes, and links that lead somewhere", async () => {
    const parts = await unpackOffice(await wholeDocx(workbookModel("4.0.1", 3), SETTINGS));
    expect(packageFindings(parts)).toEqual([]);
    const document = part(parts, "document");
    const marks = new Set([...document.matchAll(/w:bookmarkStart w:id="\d+" w:name="([^"]+)"/g)].map((one) => one[1]));
    const anchors = [...document.matchAll(/w:anchor="([^"]+)"/g)].map((one) => one[1]);
    expect(anchors.length).toBeGreaterThan(7);
    expect(anchors.filter((one) => !marks.has(one))).toEqual([]);
    const text = textOfWord(document);
    expect(inOrder(text, ["Workbook", "Contents", "Summary of dispositions", "1. Constraints", "Annex A."])).toBe(true);
  });

  it("calls each document what it is, whatever was chosen since", async () => {
    const book = workbookModel("4.0.1", 1);
    const [row] = book.rows;
    if (!row) throw new Error("The workbook has no row.");
    const record = { ...worksheetModel("4.0.1", true), kind: "legal_exception", sections: {}, evidence: [] } as const;
    const rows = [
      { ...row, disposition: "met", worksheetState: "withdrawn" },
      { ...row, disposition: "legal_exception", worksheetKind: "legal_exception", worksheetState: "signed" },
    ] as const;
    const model = { ...book, rows, worksheets: [...book.worksheets, { ...record, signOffs: [] }] };
    const text = textOfWord(part(await unpackOffice(await wholeDocx(model, SETTINGS)), "document"));
    const said = ["Worksheet: Withdrawn", "Record: Signed", "Annexes to legal exception record", "This record has not"];
    for (const words of said) expect(text).toContain(words);
  });

  it("is a sound package without a worksheet too", async () => {
    const model = { ...workbookModel("4.0.1", 1), worksheets: [], rows: [] };
    expect(packageFindings(await unpackOffice(await wholeDocx(model, SETTINGS)))).toEqual([]);
  });
});
