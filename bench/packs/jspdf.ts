import { readFileSync, writeFileSync } from "node:fs";
import { engineModule, type FontPaths, type WritePack } from "./engine";
import { layOutPack } from "./hand-layout";

interface JsPdf {
  addFileToVFS(name: string, base64: string): void;
  addFont(file: string, family: string, style: string): void;
  addPage(): void;
  setPage(number: number): void;
  setFont(family: string, style: string): void;
  setFontSize(size: number): void;
  setLineWidth(width: number): void;
  getTextWidth(text: string): number;
  text(text: string, x: number, baseline: number): void;
  rect(x: number, y: number, width: number, height: number): void;
  link(x: number, y: number, width: number, height: number, target: { pageNumber: number }): void;
  readonly outline: { add(parent: null, title: string, target: { pageNumber: number }): void };
  output(as: "arraybuffer"): ArrayBuffer;
}

interface Library {
  readonly jsPDF: new (options: { unit: "pt"; format: "a4"; compress: boolean }) => JsPdf;
}

/** The pack by jsPDF's own functions for text and lines. */
export async function openJsPdf({ regular, bold }: FontPaths): Promise<WritePack> {
  const { jsPDF } = await engineModule<Library>("jspdf");
  return async (entries, path) => {
    const doc = new jsPDF({ unit: "pt", format: "a4", compress: true });
    for (const [style, file] of [
      ["normal", regular],
      ["bold", bold],
    ] as const) {
      doc.addFileToVFS(`${style}.ttf`, readFileSync(file).toString("base64"));
      doc.addFont(`${style}.ttf`, "Pack", style);
    }
    let pages = 0;
    let set = "";
    const use = (size: number, isBold: boolean) => {
      const style = isBold ? "bold" : "normal";
      if (set === `${size} ${style}`) return;
      set = `${size} ${style}`;
      doc.setFont("Pack", style);
      doc.setFontSize(size);
    };
    layOutPack(entries, {
      addPage: () => {
        // The first page is there from the beginning.
        if (pages > 0) doc.addPage();
        pages += 1;
        doc.setLineWidth(0.5);
      },
      pages: () => pages,
      goToPage: (number) => doc.setPage(number),
      width: (text, isBold) => {
        use(10, isBold);
        return doc.getTextWidth(text) / 10;
      },
      text: (text, x, top, size, isBold) => {
        use(size, isBold);
        doc.text(text, x, top + size);
      },
      rectangle: (x, top, width, height) => doc.rect(x, top, width, height),
      link: (x, top, width, height, page) => doc.link(x, top, width, height, { pageNumber: page }),
      bookmark: (title, page) => doc.outline.add(null, title, { pageNumber: page }),
    });
    writeFileSync(path, Buffer.from(doc.output("arraybuffer")));
  };
}
