import { expect, test } from "vitest";
import { readFontFiles } from "@/lib/render/pdf/font-files";
import { OrderedOutput } from "@/lib/render/pdf/ordered-output";
import { embedFont, newDocument, newReference, redirect, Verbatim } from "@/lib/render/pdf/pdfkit-internals";

test("pdfkit still has the parts of a font that the text layer stands on", () => {
  const font = embedFont(newDocument({ pdfVersion: "1.7" }), "regular", readFontFiles().regular);
  const [codes, positions] = font.encode("AV");
  expect(codes).toEqual(["0001", "0002"]);
  expect(positions.map(({ advanceWidth }) => Math.round(advanceWidth))).toEqual([543, 515]);
  expect(positions[0]?.xAdvance).toBeLessThan(543);
  expect(font.unicode.slice(1)).toEqual([[0x41], [0x56]]);
  expect(font.font.hasGlyphForCodePoint(0x2192)).toBe(true);
  expect(font.font.hasGlyphForCodePoint(0x5d0)).toBe(false);
  expect(font.font.layout("D").glyphs[0]?.path.commands[0]?.command).toBe("moveTo");
});

test("fontkit still turns letters that go from right to left around", () => {
  const font = embedFont(newDocument({}), "hebrew", readFontFiles().hebrew);
  const [codes] = font.encode("אב");
  expect(codes.map((code) => font.unicode[Number.parseInt(code, 16)]?.[0])).toEqual([0x5d1, 0x5d0]);
});

test("pdfkit still writes through what it can be made to write through, and asks before it ends", async () => {
  const chunks: Uint8Array[] = [];
  const output = new OrderedOutput((chunk) => {
    chunks.push(chunk);
  });
  const info = { Title: "A title", CreationDate: new Date(0) };
  const document = newDocument({ pdfVersion: "1.7", lang: "en", displayTitle: true, tagged: true, info });
  const parts = redirect(document, output);
  const font = embedFont(document, "regular", readFontFiles().regular);
  font.encode("A");
  const own = parts.allocate();
  expect(font.ref().id).toBe(own + 1);
  parts.began(own);
  output.text(`${own} 0 obj\n<</Mine true>>\nendobj\n`);
  newReference(document, { Verbatim: new Verbatim("[1 0 R]"), Bytes: Buffer.from("ab") }).end();
  Object.assign(parts.pages.data, { Count: 0, Kids: new Verbatim("[]") });
  parts.names.Dests = new Verbatim("<</Names[]>>");
  parts.structure.data.ParentTree = new Verbatim("<</Nums[]>>");
  const begins = parts.end("<metadata/>");
  await output.finish();
  output.close();
  const bytes = Buffer.concat(chunks).toString("latin1");
  expect(bytes.startsWith("%PDF-1.7\n%")).toBe(true);
  for (const [index, offset] of output.realOffsets(begins.map(Number)).entries()) {
    expect(bytes.slice(offset).startsWith(`${index + 1} 0 obj\n`), `object ${index + 1}`).toBe(true);
  }
  expect(bytes).toContain("<<\n/Verbatim [1 0 R]\n/Bytes <6162>\n>>");
  for (const part of ["/Marked true", "/Lang (en)", "/DisplayDocTitle true", "<metadata/>", "/FontFile2", "/Names[]"]) {
    expect(bytes).toContain(part);
  }
  expect(bytes).not.toContain("Helvetica");
  expect(bytes).not.toContain("startxref");
  expect(parts.trailer()).toMatch(/^\/Root \d+ 0 R\/Info \d+ 0 R\/ID \[<[0-9a-f]{32}> <[0-9a-f]{32}>\]$/);
});
