import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, test, vi } from "vitest";
import { readFontFiles } from "@/lib/render/pdf/font-files";
import { renderWorkbook, renderWorksheet } from "@/lib/render/pdf/render-pdf";
import { workbookModel } from "@/test/fixtures/workbook-model";
import { worksheetModel } from "@/test/fixtures/worksheet-model";
import { withPdf } from "@/test/pdf-tools";
import { runTool, toolAvailable } from "@/test/tools";

// Rendering takes its time when the machine is busy with other tests.
vi.setConfig({ testTimeout: 60_000 });

const settings = { now: new Date("2026-09-22T08:00:00.000Z"), fonts: readFontFiles(), paper: "A4" } as const;
const lacks = ["pdfinfo", "pdfdetach", "pdftotext", "qpdf"].filter((name) => !toolAvailable(name));
const withTools = test.skipIf(lacks.length > 0);

/** A line of the structure: how deep it is, and a type or a text. */
interface Node {
  readonly depth: number;
  readonly type: string;
  readonly text: string;
}

function structureOf(pdf: Buffer): readonly Node[] {
  return withPdf(pdf, (file) => runTool("pdfinfo", ["-struct-text", file]))
    .split("\n")
    .flatMap((line) => {
      const [, blanks = "", type = "", text = ""] =
        /^( *)(?:([A-Z][A-Za-z0-9]*)(?: \(\w+\))?:?|"(.*)")$/.exec(line) ?? [];
      return type + text === "" ? [] : [{ depth: blanks.length / 2, type, text }];
    });
}

const squeezed = (text: string) => text.replace(/\s/gu, "");

withTools("a worksheet tells its structure: headings without a gap, tables with heads, lists, links", async () => {
  const nodes = structureOf(await renderWorksheet(worksheetModel("4.0.1", true), settings));
  expect(nodes[0]).toMatchObject({ depth: 0, type: "Document" });
  expect(nodes.filter(({ depth }) => depth === 0)).toHaveLength(1);
  const types = nodes.map(({ type }) => type);
  for (const type of ["Sect", "P", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "Link"]) {
    expect(types, type).toContain(type);
  }
  let level = 0;
  for (const heading of types.filter((type) => /^H\d$/.test(type)).map((type) => Number(type.slice(1)))) {
    expect(heading).toBeLessThanOrEqual(level + 1);
    level = heading;
  }
  expect(nodes[nodes.findIndex(({ type }) => type === "H1") + 1]?.text.trim()).toBe("Compensating Controls Worksheet");
  // Rows hold nothing but cells, and items of lists nothing but their label and body.
  const held = { TR: ["TH", "TD"], LI: ["Lbl", "LBody"], Table: ["TR"], L: ["LI"], TOC: ["TOCI"] };
  for (const [index, node] of nodes.entries()) {
    const allowed = held[node.type as keyof typeof held];
    if (!allowed) continue;
    const end = nodes.findIndex((next, at) => at > index && next.depth <= node.depth);
    const children = nodes.slice(index + 1, end < 0 ? undefined : end).filter(({ depth }) => depth === node.depth + 1);
    expect(children.length, node.type).toBeGreaterThan(0);
    for (const child of children) expect(allowed, `in ${node.type}`).toContain(child.type);
  }
});

withTools("everything between heads and feet is in the structure, and nothing of them is", async () => {
  const model = workbookModel("4.0.1", 4);
  const pdf = await renderWorkbook(model, settings);
  const told = squeezed(
    structureOf(pdf)
      .map(({ text }) => text)
      .join(""),
  );
  const area = ["-x", "0", "-y", "58", "-W", "596", "-H", "728"];
  const words = withPdf(pdf, (file) => runTool("pdftotext", ["-enc", "UTF-8", ...area, file, "-"])).split(/\s+/);
  expect(words.length).toBeGreaterThan(2_000);
  // What is said again because a page was turned is no content.
  expect(words.filter((word) => word !== "(continued)" && !told.includes(word))).toEqual([]);
  expect(told).not.toContain("SHA-256ofthecontentshown");
  expect(told).not.toContain("(continued)");
  // Each head of a table once for each table, however many pages that goes over.
  expect(told.split("InformationRequired").length - 1).toBe(4);
  // The contents stand behind the cover, where they are read.
  expect(told.indexOf("Contents")).toBeLessThan(told.indexOf("1.Constraints"));
});

withTools("words at the end of a line do not grow together with those of the next", async () => {
  const text = structureOf(await renderWorksheet(worksheetModel("4.0.1"), settings))
    .map((node) => node.text)
    .join("\n");
  expect(text).toContain("Why the requirement cannot be met as it is written.");
});

withTools("language, title and what the file declares to be", async () => {
  const model = worksheetModel("4.0.1");
  const header = { ...model.header, entityName: "Smith & Sons <Łódź>" };
  const pdf = await renderWorksheet({ ...model, header }, settings);
  const [metadata, info] = withPdf(pdf, (file) => [runTool("pdfinfo", ["-meta", file]), runTool("pdfinfo", [file])]);
  expect(metadata).toContain("<pdfuaid:part>1</pdfuaid:part>");
  expect(metadata).toContain("Smith &amp; Sons &lt;Łódź&gt;");
  expect(info).toMatch(/^Title: +Compensating Controls Worksheet 8\.3\.4, Smith & Sons <Łódź>$/m);
  expect(info).toMatch(/^Tagged: +yes$/m);
  expect(pdf.toString("latin1")).toContain("/Lang (en)");
});

withTools("PDF/A-3a carries the worksheet's JSON along, and nothing else does", async () => {
  const model = worksheetModel("4.0.1", true);
  const text = JSON.stringify({ header: model.header, note: "Łódź" });
  const attachments = [{ name: "worksheet.json", type: "application/json", description: "Its content", text }];
  const pdf = await renderWorksheet(model, { ...settings, conformance: "PDF/A-3a", attachments });
  expect((await renderWorksheet(model, { ...settings, conformance: "PDF/A-3a", attachments })).equals(pdf)).toBe(true);
  withPdf(pdf, (file) => {
    runTool("qpdf", ["--check", file]);
    const metadata = runTool("pdfinfo", ["-meta", file]);
    expect(metadata).toContain("<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>");
    runTool("pdfdetach", ["-save", "1", "-o", `${file}.json`, file]);
    expect(readFileSync(`${file}.json`, "utf8")).toBe(text);
  });
  const bytes = pdf.toString("latin1");
  expect(bytes).toContain("/OutputIntents");
  expect(bytes).toContain(`/CheckSum <${createHash("md5").update(text).digest("hex")}>`);
  await expect(renderWorksheet(model, { ...settings, attachments })).rejects.toThrow(/Only PDF\/A-3a/);
});
