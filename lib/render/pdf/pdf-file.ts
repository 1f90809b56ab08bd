import type { Book } from "@/lib/render/pdf/book";
import { rounded } from "@/lib/render/pdf/face";
import { breakLines } from "@/lib/render/pdf/line-breaker";
import { currentPage, type PdfReference, readAll } from "@/lib/render/pdf/pdfkit-internals";
import { addSealSpace } from "@/lib/render/pdf/seal-space";
import type { Sheet } from "@/lib/render/pdf/sheet";
import { run, STYLES } from "@/lib/render/pdf/styles";
import type { TextRun } from "@/lib/render/pdf/text-runs";
import { COLOURS, SIZES } from "@/lib/render/pdf/theme";
import type { SealSpace } from "@/lib/render/pdf/view-model";
import { watermarkContent, watermarkMatrix } from "@/lib/render/pdf/watermark";
import { DRAFT_NOTICE, LEGACY_NOTICE } from "@/lib/render/pdf/words";

/** Writes the laid-out pages with their heads and feet, links and outline, and a place for a seal if wanted, and gives the bytes of the file. */
export function writePdf(document: PDFKit.PDFDocument, book: Book, seal?: SealSpace): Buffer {
  const { pageWidth, pageHeight } = book.frame;
  const names = anchorNames(book);
  const watermark = book.sheets.some((sheet) => sheet.notes.draft) ? makeWatermark(document, book) : null;
  const outline: PDFKit.PDFOutline[] = [];
  for (const [index, sheet] of book.sheets.entries()) {
    drawHead(book, sheet);
    drawFoot(book, sheet, index + 1);
    document.addPage({ size: [pageWidth, pageHeight], margin: 0 });
    const page = currentPage(document);
    const marked = sheet.notes.draft && watermark;
    if (marked) page.xobjects.Draft = watermark;
    const content = [
      ...sheet.ground,
      ...(marked ? [`q ${watermarkMatrix(book.frame)} cm /Draft Do Q`] : []),
      ...sheet.ink,
    ];
    page.content.write(Buffer.from(`${content.join("\n")}\n`, "latin1"));
    // What is written is let go, so that a long workbook is not held twice.
    sheet.ground.length = 0;
    sheet.ink.length = 0;
    for (const face of sheet.faces) page.fonts[face.resource] = face.embedded.ref();
    for (const { name, y } of sheet.anchors) {
      document.addNamedDestination(names.get(name) ?? name, "XYZ", 0, Math.max(y - 8, 0), null as unknown as number);
    }
    addLinks(document, sheet, names);
    addBookmarks(document, sheet, outline, pageWidth);
  }
  if (seal) addSealSpace(document, seal);
  document.end();
  return readAll(document);
}

/** Short names of one length, so that the file's sorted tree of names is in order by any comparison. */
function anchorNames(book: Book): ReadonlyMap<string, string> {
  const anchors = book.sheets.flatMap((sheet) => sheet.anchors.map(({ name }) => name));
  return new Map(anchors.map((name, index) => [name, `a${String(index).padStart(7, "0")}`]));
}

function addLinks(document: PDFKit.PDFDocument, sheet: Sheet, names: ReadonlyMap<string, string>): void {
  for (const { x, y, width, height, target } of sheet.links) {
    if ("url" in target) {
      document.link(x, y, width, height, target.url);
    } else {
      const name = names.get(target.anchor);
      if (name) document.goTo(x, y, width, height, name);
    }
  }
}

/** Adds the page's bookmarks below the last one of the level above. `outline` holds the last one of each level. */
function addBookmarks(
  document: PDFKit.PDFDocument,
  sheet: Sheet,
  outline: PDFKit.PDFOutline[],
  pageWidth: number,
): void {
  for (const { title, level, y } of sheet.bookmarks) {
    const parent = level === 0 ? document.outline : (outline[level - 1] ?? document.outline);
    // pdfkit measures `left` from the right edge of the page.
    const place = { fit: false, top: Math.max(y - 8, 0), left: pageWidth, expanded: level === 0 };
    outline[level] = parent.addItem(title, place as Parameters<PDFKit.PDFOutline["addItem"]>[1]);
    outline.length = level + 1;
  }
}

function drawHead(book: Book, sheet: Sheet): void {
  const { left, width } = book.frame;
  const { title, draft, legacy, notice } = sheet.notes;
  const tiny = { ...STYLES.muted, size: SIZES.tiny };
  const warning = { ...tiny, bold: true, colour: COLOURS.legacy };
  const badges: TextRun[] = [
    ...(legacy ? [run(LEGACY_NOTICE, warning)] : []),
    ...(notice === "" ? [] : [run(notice, warning)]),
    ...(draft ? [run(DRAFT_NOTICE, { ...tiny, bold: true, size: 9, colour: COLOURS.draft })] : []),
  ].flatMap((badge, index) => (index === 0 ? [badge] : [run("      ", tiny), badge]));
  const [badge] = breakLines(badges, width, book.fonts);
  const room = width - (badge?.width ?? 0) - 16;
  const [line] = breakLines([run(title, tiny)], room, book.fonts);
  if (line) sheet.line(line, left, 32, 12);
  if (badge && badges.length > 0) sheet.line(badge, left + width - badge.width, 32, 12);
  if (title !== "") sheet.rule(left, 50, left + width, 50, 0.5, COLOURS.rule);
}

function drawFoot(book: Book, sheet: Sheet, number: number): void {
  const { left, width, pageHeight } = book.frame;
  const tiny = { ...STYLES.muted, size: SIZES.tiny };
  const y = pageHeight - 40;
  sheet.rule(left, y - 4, left + width, y - 4, 0.5, COLOURS.rule);
  const digest = [
    run("SHA-256 of the content shown: ", tiny),
    run(sheet.notes.digest, { ...tiny, mono: true, size: 6.2 }),
  ];
  const [print] = breakLines(digest, width - 70, book.fonts);
  const [page] = breakLines([run(`Page ${number} of ${book.sheets.length}`, tiny)], 80, book.fonts);
  if (print) sheet.line(print, left, y, 12);
  if (page) sheet.line(page, left + width - page.width, y, 12);
}

function makeWatermark(document: PDFKit.PDFDocument, book: Book): PdfReference {
  const { content, box } = watermarkContent(book.fonts.face("bold").embedded.font, DRAFT_NOTICE);
  const reference = document.ref({
    Type: "XObject",
    Subtype: "Form",
    BBox: box.map(rounded),
    Resources: {},
  }) as unknown as PdfReference;
  reference.end(Buffer.from(content, "latin1"));
  return reference;
}
