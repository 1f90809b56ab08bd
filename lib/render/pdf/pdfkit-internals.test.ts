import { expect, test } from "vitest";
import { readFontFiles } from "@/lib/render/pdf/font-files";
import { currentPage, embedFont, newDocument, readAll } from "@/lib/render/pdf/pdfkit-internals";

test("pdfkit still has the parts that the text layer stands on", () => {
  const document = newDocument({ pdfVersion: "1.7" });
  const font = embedFont(document, "regular", readFontFiles().regular);
  const [codes, positions] = font.encode("AV");
  expect(codes).toEqual(["0001", "0002"]);
  expect(positions.map(({ advanceWidth }) => Math.round(advanceWidth))).toEqual([543, 515]);
  expect(positions[0]?.xAdvance).toBeLessThan(543);
  expect(font.unicode.slice(1)).toEqual([[0x41], [0x56]]);
  expect(font.font.hasGlyphForCodePoint(0x2192)).toBe(true);
  expect(font.font.hasGlyphForCodePoint(0x5d0)).toBe(false);
  expect(font.font.layout("D").glyphs[0]?.path.commands[0]?.command).toBe("moveTo");

  document.addPage({ size: [100, 100], margin: 0 });
  const page = currentPage(document);
  page.content.write(Buffer.from(`BT /${font.id} 10 Tf [<${codes.join("")}>] TJ ET\n`, "latin1"));
  page.fonts[font.id] = font.ref();
  expect(page.xobjects).toEqual({});
  document.end();
  const bytes = readAll(document).toString("latin1");
  expect(bytes.startsWith("%PDF-1.7")).toBe(true);
  expect(bytes.trimEnd().endsWith("%%EOF")).toBe(true);
  expect(bytes).not.toContain("Helvetica");
});
