import type { Fonts } from "@/lib/render/pdf/fonts";
import type { PdfWriter } from "@/lib/render/pdf/pdf-writer";
import { type PageNotes, Sheet } from "@/lib/render/pdf/sheet";
import { heightOf, type Strip, tagsOf } from "@/lib/render/pdf/strip";
import { Tag } from "@/lib/render/pdf/structure";
import { StructureFlow } from "@/lib/render/pdf/structure-flow";
import type { PageFrame } from "@/lib/render/pdf/theme";

/** What is done to a page when nothing more comes on it, before it is written. */
export type PageEnd = (
  book: Book,
  sheet: Sheet,
  number: number,
) => { readonly ground?: string; readonly last?: string };

/** A place in the document for pages that are laid out later, such as the contents. */
export interface ReservedPlace {
  /** How many pages it is long. */
  readonly pages: number;
  readonly from: number;
  readonly put: (id: number) => void;
}

/** The pages of a document in their order, with what they share. Each page is written as soon as it is full. */
export class Book {
  readonly fonts: Fonts;
  readonly frame: PageFrame;
  readonly writer: PdfWriter;
  readonly #endPage: PageEnd;
  /** What everything hangs in. */
  readonly document = new Tag("Document");
  /** The objects of the pages by their numbers, counted from 0. */
  readonly #pages: number[] = [];
  readonly #numbers = new Map<string, number>();
  #flow: Flow | null = null;

  constructor(fonts: Fonts, frame: PageFrame, writer: PdfWriter, endPage: PageEnd) {
    this.fonts = fonts;
    this.frame = frame;
    this.writer = writer;
    this.#endPage = endPage;
    this.document.id = writer.allocate();
    this.document.attached = true;
  }

  /** The pages there are so far, among them those that are reserved. */
  get sheets(): { readonly length: number } {
    return { length: this.#pages.length };
  }

  /** The page that is open. @throws Error when none is */
  get currentSheet(): Sheet {
    if (!this.#flow) throw new Error("No page is open.");
    return this.#flow.sheet;
  }

  /** Starts a flow of content on a new page, which ends the one before. @param place where its pages stand, when not at the end */
  flow(notes: PageNotes, place?: ReservedPlace): Flow {
    this.#endFlow();
    this.#flow = new Flow(this, notes, this.document, place);
    return this.#flow;
  }

  /** Keeps a place for so many pages. */
  reserve(pages: number): ReservedPlace {
    this.#endFlow();
    const from = this.#pages.length;
    for (let count = 0; count < pages; count += 1) this.#pages.push(0);
    return { pages, from, put: this.document.reserve() };
  }

  /** The number of the page, counted from 1, on which an anchor is; undefined while it is on none. */
  pageOf(anchor: string): number | undefined {
    return this.#numbers.get(anchor);
  }

  /** Opens a page. @param number where it stands, counted from 1, when not at the end */
  open(notes: PageNotes, number?: number): { readonly sheet: Sheet; readonly number: number } {
    const sheet = new Sheet(notes, this.writer, this.frame);
    const at = number === undefined ? this.#pages.push(sheet.id) : number;
    this.#pages[at - 1] = sheet.id;
    return { sheet, number: at };
  }

  /** Names a place of a page. */
  anchor(name: string, sheet: Sheet, number: number, y: number): void {
    if (!this.#numbers.has(name)) this.#numbers.set(name, number);
    this.writer.setDestination(name, sheet.id, this.frame.pageHeight - Math.max(y - 8, 0));
  }

  /** Writes a page that is full. */
  close(sheet: Sheet, number: number): void {
    const { ground, last } = this.#endPage(this, sheet, number);
    this.writer.page(sheet.finish(ground, last));
  }

  /** Ends the last flow and the structure, and says how many pages there are. */
  end(): number {
    this.#endFlow();
    this.writer.order(this.#pages.filter((id) => id !== 0));
    this.document.write(this.writer.structureRoot, this.writer);
    this.writer.setStructure(this.document.id);
    return this.#pages.length;
  }

  #endFlow(): void {
    this.#flow?.end();
    this.#flow = null;
  }
}

/** What happens around a break in the middle of something framed. */
export interface BreakHooks {
  /** Closes what is open on the page that is being left; `y` is where its content ends. */
  readonly leaving?: (y: number) => void;
  /** Opens it again on the new page; the flow's `y` may be moved down. */
  readonly entered?: () => void;
}

/** Places strips one below the other, on as many pages as they need. */
export class Flow {
  readonly book: Book;
  readonly #notes: PageNotes;
  readonly #place: ReservedPlace | undefined;
  readonly #structure: StructureFlow;
  #number: number;
  #ended = false;
  #placing = 0;
  /** Where the content of the page begins: below what is repeated on each page. */
  #top: number;
  sheet: Sheet;
  y: number;

  constructor(book: Book, notes: PageNotes, document: Tag, place: ReservedPlace | undefined) {
    this.book = book;
    this.#notes = notes;
    this.#place = place;
    this.#structure = new StructureFlow(book.writer, document);
    const { sheet, number } = book.open(notes, place && place.from + 1);
    this.sheet = sheet;
    this.#number = number;
    this.y = book.frame.top;
    this.#top = this.y;
  }

  /** Height that is left on the page, in points. */
  get left(): number {
    return this.book.frame.bottom - this.y;
  }

  /** Goes on at the top of a new page. */
  newPage(): void {
    this.#endPage();
    const next = this.#place && this.#number + 1;
    if (this.#place && next && next > this.#place.from + this.#place.pages) {
      throw new RangeError("More pages were laid out than were reserved.");
    }
    const { sheet, number } = this.book.open(this.#notes, next);
    this.sheet = sheet;
    this.#number = number;
    this.y = this.book.frame.top;
    this.#top = this.y;
  }

  /** Starts a new page unless `height` points are left on this one, or it is still empty. */
  need(height: number): void {
    if (height > this.left && this.y > this.#top) this.newPage();
  }

  /** Names this place, for links and page numbers. */
  anchor(name: string): void {
    this.book.anchor(name, this.sheet, this.#number, this.y);
  }

  /** Puts this place into the document's outline. */
  bookmark(title: string, level: number): void {
    const y = this.book.frame.pageHeight - Math.max(this.y - 8, 0);
    this.book.writer.bookmark({ title, level, page: this.sheet.id, y, number: this.#number });
  }

  /** Makes everything that is placed until {@link leave} part of a tag. */
  enter(tag: Tag): void {
    this.#structure.enter(tag, this.sheet);
  }

  /** Hangs a tag into the open one whose content is drawn by hand. */
  attach(tag: Tag): void {
    this.#structure.attach([tag], this.sheet);
  }

  /** Ends the tag that was entered last, and writes it. */
  leave(): void {
    this.#structure.leave(this.sheet);
  }

  /** Places strips with their left edge at `x`. A strip too high for any page is placed on one of its own. */
  place(strips: readonly Strip[], x: number = this.book.frame.left, hooks: BreakHooks = {}): void {
    if (this.#ended) throw new Error("This flow has ended: another one was begun.");
    // What is placed while a page is turned does not end what goes on.
    if (this.#placing === 0) this.#structure.attach(tagsOf(strips), this.sheet);
    this.#placing += 1;
    const { bottom, top } = this.book.frame;
    for (let at = 0; at < strips.length; ) {
      const end = keptTogether(strips, at, bottom - top);
      const group = end === at + 1 ? [strips[at] as Strip] : strips.slice(at, end);
      if (heightOf(group) > this.left && this.y > this.#top) {
        hooks.leaving?.(this.y);
        this.newPage();
        hooks.entered?.();
        this.#top = this.y;
        this.again(group[0]?.repeat ?? [], x);
      }
      for (const strip of group) if (!(strip.gap && this.y === this.#top)) this.#put(strip, x);
      at = end;
    }
    this.#placing -= 1;
  }

  /** Draws strips that were placed before once more, because a page was turned: they are no new content. */
  again(strips: readonly Strip[], x: number = this.book.frame.left): void {
    if (strips.length === 0) return;
    this.sheet.repeated(() => {
      for (const strip of strips) this.#put(strip, x);
    });
  }

  /** Writes what is left. Nothing can be placed afterwards. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    const id = this.#structure.end(this.sheet);
    this.book.close(this.sheet, this.#number);
    if (!this.#place) {
      this.book.document.addWritten(id);
      return;
    }
    this.#place.put(id);
    if (this.#number !== this.#place.from + this.#place.pages) {
      throw new RangeError("Fewer pages were laid out than were reserved.");
    }
  }

  #put(strip: Strip, x: number): void {
    strip.draw?.(this.sheet, x, this.y);
    this.y += strip.height;
  }

  #endPage(): void {
    // What was drawn without being placed would be forgotten with the page.
    this.#structure.adopt(this.sheet);
    this.book.close(this.sheet, this.#number);
  }
}

/** The height of what has to stand on one page at the beginning of the strips. */
export function heightOfFirst(strips: readonly Strip[], pageHeight: number): number {
  return heightOf(strips.slice(0, keptTogether(strips, 0, pageHeight)));
}

/** How many pages strips take that are placed on a new page. */
export function pagesFor(strips: readonly Strip[], { top, bottom }: PageFrame): number {
  let pages = 1;
  let y = top;
  for (let at = 0; at < strips.length; ) {
    const end = keptTogether(strips, at, bottom - top);
    const group = strips.slice(at, end);
    if (heightOf(group) > bottom - y && y > top) {
      pages += 1;
      y = top;
    }
    for (const strip of group) if (!(strip.gap && y === top)) y += strip.height;
    at = end;
  }
  return pages;
}

/** The end of the run of strips from `at` that belong on one page; a run longer than half a page is not kept. */
function keptTogether(strips: readonly Strip[], at: number, pageHeight: number): number {
  let end = at + 1;
  let height = strips[at]?.height ?? 0;
  while (strips[end - 1]?.keepWithNext && end < strips.length) {
    height += strips[end]?.height ?? 0;
    if (height > pageHeight / 2) return at + 1;
    end += 1;
  }
  return end;
}
