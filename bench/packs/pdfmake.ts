import { engineModule, type FontPaths, type WritePack } from "./engine";
import {
  APPENDIX,
  byLine,
  EVIDENCE_HEAD,
  entryTitle,
  evidenceCells,
  PACK,
  type PackEntry,
  signOffCells,
  statusLine,
  TRAIL_HEAD,
  trailCells,
} from "./workload";

interface Library {
  setFonts(fonts: Record<string, Record<string, string>>): void;
  setLocalAccessPolicy(allow: (path: string) => boolean): void;
  setUrlAccessPolicy(allow: (url: string) => boolean): void;
  createPdf(definition: object): { write(path: string): Promise<void> };
}

const LAYOUT = {
  hLineWidth: () => 0.5,
  vLineWidth: () => 0.5,
  paddingTop: () => 1,
  paddingBottom: () => 1,
  paddingLeft: () => 3,
  paddingRight: () => 3,
};

/** The pack as a document definition of pdfmake. */
export async function openPdfmake({ regular, bold }: FontPaths): Promise<WritePack> {
  const pdfmake = await engineModule<Library>("pdfmake");
  // Loaded under its own object: its functions need it.
  const library = (pdfmake as unknown as { default: Library }).default;
  return async (entries, path) => {
    library.setFonts({ Pack: { normal: regular, bold, italics: regular, bolditalics: bold } });
    library.setLocalAccessPolicy(() => true);
    library.setUrlAccessPolicy(() => false);
    await library.createPdf(definitionOf(entries)).write(path);
  };
}

function definitionOf(entries: readonly PackEntry[]): object {
  const content = [
    { text: PACK.organisation, fontSize: 26, bold: true, margin: [0, 140, 0, 0] },
    { text: PACK.title, fontSize: 18, bold: true },
    { text: `Generated ${PACK.date} — ${entries.length} worksheets`, fontSize: 11 },
    { toc: { title: { text: "Contents", fontSize: 15, bold: true } }, pageBreak: "before" },
    ...entries.flatMap(entryContent),
    { text: APPENDIX, style: "h1", tocItem: true, outline: true, pageBreak: "before" },
    table([28, 78, 74, 80, 48, "*"], [TRAIL_HEAD, ...entries.flatMap(trailCells)], 6.5),
  ];
  return {
    pageSize: "A4",
    pageMargins: [54, 60, 54, 60],
    info: { title: PACK.title },
    defaultStyle: { font: "Pack", fontSize: 9.5 },
    styles: { h1: { fontSize: 15, bold: true }, h2: { fontSize: 11, bold: true, margin: [0, 4, 0, 2] } },
    content,
    footer: (page: number, count: number) => ({
      columns: [{ text: PACK.title }, { text: `Page ${page} of ${count}`, alignment: "right" }],
      fontSize: 7.5,
      margin: [54, 20, 54, 0],
    }),
  };
}

function entryContent(entry: PackEntry): object[] {
  return [
    { text: entryTitle(entry), style: "h1", tocItem: true, outline: true, pageBreak: "before", id: entry.id },
    { text: statusLine(entry), fontSize: 9 },
    ...entry.sections.flatMap(({ title, paragraphs }) => [
      { text: title, style: "h2" },
      ...paragraphs.map((text) => ({ text, margin: [0, 0, 0, 3] })),
    ]),
    { text: "Evidence", style: "h2" },
    table([124, 181, 44, 54, "*"], [EVIDENCE_HEAD, ...evidenceCells(entry)], 7.5),
    { text: "Comments", style: "h2" },
    ...entry.comments.flatMap((comment) => [
      { text: byLine(comment), fontSize: 8, bold: true },
      { text: comment.text, fontSize: 8.5, margin: [0, 0, 0, 3] },
    ]),
    { text: "Sign-off", style: "h2" },
    table([64, 144, 84, "*"], signOffCells(entry), 7.5),
  ];
}

function table(widths: readonly (number | string)[], body: readonly (readonly string[])[], fontSize: number): object {
  return {
    fontSize,
    // Cells are filled in by pdfmake, which changes the lists that it is given.
    table: { widths: [...widths], body: body.map((row) => [...row]), headerRows: 1, dontBreakRows: true },
    layout: LAYOUT,
    margin: [0, 2, 0, 4],
  };
}
