import { readFileSync, writeFileSync } from "node:fs";
import { engineModule, type FontPaths, type WritePack } from "./engine";
import { layOutPack } from "./hand-layout";

interface Font {
  widthOfTextAtSize(text: string, size: number): number;
}

interface Page {
  drawText(text: string, at: { x: number; y: number; size: number; font: Font }): void;
  drawRectangle(box: { x: number; y: number; width: number; height: number; borderWidth: number }): void;
}

interface Document {
  registerFontkit(fontkit: object): void;
  embedFont(file: Uint8Array, options: { subset: boolean }): Promise<Font>;
  addPage(size: [number, number]): Page;
  setTitle(title: string): void;
  save(): Promise<Uint8Array>;
}

interface Library {
  readonly PDFDocument: { create(): Promise<Document> };
}

const HEIGHT = 841.89;

/** The pack by pdf-lib's own functions for text and boxes; it has none for links and bookmarks. */
export async function openPdfLib({ regular, bold }: FontPaths): Promise<WritePack> {
  const { PDFDocument } = await engineModule<Library>("pdf-lib");
  const fontkit = await engineModule<object>("@pdf-lib/fontkit");
  return async (entries, path) => {
    const doc = await PDFDocument.create();
    doc.registerFontkit(fontkit);
    const fonts = [
      await doc.embedFont(readFileSync(regular), { subset: true }),
      await doc.embedFont(readFileSync(bold), { subset: true }),
    ] as const;
    const font = (isBold: boolean) => fonts[isBold ? 1 : 0];
    const pages: Page[] = [];
    let current: Page | undefined;
    layOutPack(entries, {
      addPage: () => {
        current = doc.addPage([595.28, HEIGHT]);
        pages.push(current);
      },
      pages: () => pages.length,
      goToPage: (number) => {
        current = pages[number - 1];
      },
      width: (text, isBold) => font(isBold).widthOfTextAtSize(text, 1),
      text: (text, x, top, size, isBold) =>
        current?.drawText(text, { x, y: HEIGHT - top - size, size, font: font(isBold) }),
      rectangle: (x, top, width, height) =>
        current?.drawRectangle({ x, y: HEIGHT - top - height, width, height, borderWidth: 0.5 }),
      link: () => undefined,
      bookmark: () => undefined,
    });
    writeFileSync(path, await doc.save());
  };
}
