import { Attachments } from "@/lib/render/pdf/attachments";
import { Book } from "@/lib/render/pdf/book";
import type { FontFiles } from "@/lib/render/pdf/font-files";
import { Fonts } from "@/lib/render/pdf/fonts";
import { breakLines } from "@/lib/render/pdf/line-breaker";
import type { ByteSink } from "@/lib/render/pdf/ordered-output";
import { rounded } from "@/lib/render/pdf/pdf-values";
import { PdfWriter } from "@/lib/render/pdf/pdf-writer";
import { newDocument } from "@/lib/render/pdf/pdfkit-internals";
import { addSealSpace } from "@/lib/render/pdf/seal-space";
import type { Sheet } from "@/lib/render/pdf/sheet";
import { run, STYLES } from "@/lib/render/pdf/styles";
import type { TextRun } from "@/lib/render/pdf/text-runs";
import { COLOURS, pageFrame, SIZES } from "@/lib/render/pdf/theme";
import type { Attachment, Logo, Paper, SealSpace } from "@/lib/render/pdf/view-model";
import { markedText } from "@/lib/render/pdf/visible-text";
import { watermarkContent, watermarkMatrix } from "@/lib/render/pdf/watermark";
import { DRAFT_NOTICE, LEGACY_NOTICE } from "@/lib/render/pdf/words";
import { type Conformance, xmpPacket } from "@/lib/render/pdf/xmp";

/** What a rendering takes beside its content. The same model and the same settings give the same bytes. */
export interface PdfSettings {
  /** The instant the document is dated, from the content: a revision's time, or that of a draft's last change. */
  readonly now: Date;
  readonly fonts: FontFiles;
  readonly paper: Paper;
  readonly seal?: SealSpace | undefined;
  /** What the document declares to be: accessible (PDF/UA-1, as it is by default), or made for keeping (PDF/A-3a). */
  readonly conformance?: Conformance | undefined;
  /** Files to carry along; only PDF/A-3a takes them. */
  readonly attachments?: readonly Attachment[] | undefined;
  /** Stands on the first page. */
  readonly logo?: Logo | undefined;
}

/** A document that is being laid out and written. */
export interface OpenPdf {
  readonly book: Book;
  /** Waits while much is laid out that is not yet written. @throws what the sink threw */
  drain(): Promise<void>;
  /** Has the document carry a file. @throws RangeError unless it is PDF/A-3a */
  attach(attachment: Attachment): void;
  /** Lays out, writes the rest and gives back what was held for it, whatever is thrown. @throws as {@link drain} */
  write(layOut: () => Promise<void>): Promise<void>;
}

const PRODUCER = "Countervail";
const TINY = { ...STYLES.muted, size: SIZES.tiny };
/** Room for " of 999" at the end of a foot, in points: how many pages there are is not known before the end. */
const OF_ROOM = 21;
const FOOT = 12;

/** Opens a document whose bytes go to the sink as they are made. @param digest SHA-256, hex, of the content shown */
export function openPdf(title: string, digest: string, settings: PdfSettings, sink: ByteSink): OpenPdf {
  const { now, fonts, paper, seal, conformance = "PDF/UA-1", attachments = [] } = settings;
  const facts = {
    title: markedText(title),
    author: PRODUCER,
    subject: `SHA-256 of the content shown: ${digest}`,
    producer: PRODUCER,
    at: now,
  };
  const document = newDocument({
    pdfVersion: "1.7",
    lang: "en",
    displayTitle: true,
    tagged: true,
    ...(conformance === "PDF/A-3a" ? { subset: "PDF/A-3a" } : {}),
    info: {
      Title: facts.title,
      Author: PRODUCER,
      Creator: PRODUCER,
      Producer: PRODUCER,
      Subject: facts.subject,
      CreationDate: now,
    },
  });
  const writer = new PdfWriter(document, sink);
  const book = new Book(new Fonts(document, fonts), pageFrame(paper), writer, endPage);
  const carried = new Attachments(writer, now);
  const attach = (attachment: Attachment) => {
    if (conformance !== "PDF/A-3a") throw new RangeError("Only PDF/A-3a takes attachments.");
    carried.add(attachment);
  };
  return {
    book,
    drain: () => writer.drain(),
    attach,
    write: async (layOut) => {
      try {
        await layOut();
        for (const attachment of attachments) attach(attachment);
        carried.end();
        if (seal) addSealSpace(book, seal);
        writeTotal(book, book.end());
        await writer.end(xmpPacket(facts, conformance));
      } finally {
        writer.abandon();
      }
    },
  };
}

/** Draws head and foot of a page, and DRAFT under it. */
function endPage(book: Book, sheet: Sheet, number: number): { readonly ground: string; readonly last: string } {
  const { frame } = book;
  sheet.repeated(() => {
    drawHead(book, sheet);
    drawFoot(book, sheet, number);
  });
  const x = frame.left + frame.width - OF_ROOM;
  const last = `q 1 0 0 1 ${rounded(x)} ${rounded(frame.pageHeight - baseOfFoot(book))} cm /Total Do Q`;
  book.writer.form("Total");
  if (!sheet.notes.draft) return { ground: "", last };
  writeWatermark(book);
  return { ground: `q ${watermarkMatrix(frame)} cm /Draft Do Q\n`, last };
}

function drawHead(book: Book, sheet: Sheet): void {
  const { left, width } = book.frame;
  const { title, draft, legacy, notice } = sheet.notes;
  const warning = { ...TINY, bold: true, colour: COLOURS.legacy };
  const badges: TextRun[] = [
    ...(legacy ? [run(LEGACY_NOTICE, warning)] : []),
    ...(notice === "" ? [] : [run(notice, warning)]),
    ...(draft ? [run(DRAFT_NOTICE, { ...TINY, bold: true, size: 9, colour: COLOURS.draft })] : []),
  ].flatMap((badge, index) => (index === 0 ? [badge] : [run("      ", TINY), badge]));
  const [badge] = breakLines(badges, width, book.fonts);
  const room = width - (badge?.width ?? 0) - 16;
  const [line] = breakLines([run(title, TINY)], room, book.fonts);
  if (line) sheet.line(line, left, 32, FOOT);
  if (badge && badges.length > 0) sheet.line(badge, left + width - badge.width, 32, FOOT);
  if (title !== "") sheet.rule(left, 50, left + width, 50, 0.5, COLOURS.rule);
}

function footTop(book: Book): number {
  return book.frame.pageHeight - 40;
}

/** The baseline of the foot, as a line of text of that size and height has it. */
function baseOfFoot(book: Book): number {
  return footTop(book) + (FOOT + 0.66 * SIZES.tiny) / 2;
}

function drawFoot(book: Book, sheet: Sheet, number: number): void {
  const { left, width } = book.frame;
  const y = footTop(book);
  sheet.rule(left, y - 4, left + width, y - 4, 0.5, COLOURS.rule);
  const digest = [run("SHA-256 of the content shown: ", TINY), run(sheet.notes.digest, FINGERPRINT)];
  const [print] = breakLines(digest, width - 70, book.fonts);
  const [page] = breakLines([run(`Page ${number}`, TINY)], 80, book.fonts);
  if (print) sheet.line(print, left, y, FOOT);
  if (page) sheet.line(page, left + width - OF_ROOM - page.width, y, FOOT);
}

const FINGERPRINT = { ...TINY, mono: true, size: 6.2 };

/** Writes the form that every foot ends with. */
function writeTotal({ fonts, writer }: Book, pages: number): void {
  const { stretches } = fonts.shape(` of ${pages}`, TINY);
  const text = stretches.map(({ face, glyphs }) => {
    writer.use(face.embedded);
    return `/${face.resource} ${TINY.size} Tf [(${glyphs})]TJ`;
  });
  const content = `BT ${TINY.colour.join(" ")} rg ${text.join(" ")} ET`;
  writer.writeForm("Total", content, [0, -4, 60, 10]);
}

function writeWatermark({ fonts, writer }: Book): void {
  if (writer.hasForm("Draft")) return;
  const { content, box } = watermarkContent(fonts.face("bold").embedded.font, DRAFT_NOTICE);
  writer.writeForm("Draft", content, box);
}
