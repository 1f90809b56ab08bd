import type { Fonts } from "@/lib/render/pdf/fonts";
import { type PageNotes, Sheet } from "@/lib/render/pdf/sheet";
import { heightOf, type Strip } from "@/lib/render/pdf/strip";
import type { PageFrame } from "@/lib/render/pdf/theme";

/** The pages of a document in their order, with what they share. */
export class Book {
  readonly fonts: Fonts;
  readonly frame: PageFrame;
  readonly sheets: Sheet[] = [];

  constructor(fonts: Fonts, frame: PageFrame) {
    this.fonts = fonts;
    this.frame = frame;
  }

  /** Starts a flow of content on a new page. */
  flow(notes: PageNotes): Flow {
    return new Flow(this, notes);
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
  /** Where the content of the page begins: below what is repeated on each page. */
  #top: number;
  sheet: Sheet;
  y: number;

  constructor(book: Book, notes: PageNotes) {
    this.book = book;
    this.#notes = notes;
    this.sheet = this.#open();
    this.y = book.frame.top;
    this.#top = this.y;
  }

  /** Height that is left on the page, in points. */
  get left(): number {
    return this.book.frame.bottom - this.y;
  }

  /** Goes on at the top of a new page. */
  newPage(): void {
    this.sheet = this.#open();
    this.y = this.book.frame.top;
    this.#top = this.y;
  }

  /** Starts a new page unless `height` points are left on this one, or it is still empty. */
  need(height: number): void {
    if (height > this.left && this.y > this.#top) this.newPage();
  }

  /** Names this place, for links and page numbers. */
  anchor(name: string): void {
    this.sheet.anchors.push({ name, y: this.y });
  }

  /** Puts this place into the document's outline. */
  bookmark(title: string, level: number): void {
    this.sheet.bookmarks.push({ title, level, y: this.y });
  }

  /** Places strips with their left edge at `x`. A strip too high for any page is placed on one of its own. */
  place(strips: readonly Strip[], x: number = this.book.frame.left, hooks: BreakHooks = {}): void {
    for (let at = 0; at < strips.length; ) {
      const end = keptTogether(strips, at, this.book.frame.bottom - this.book.frame.top);
      const group = strips.slice(at, end);
      const height = group.reduce((sum, strip) => sum + strip.height, 0);
      if (height > this.left && this.y > this.#top) {
        hooks.leaving?.(this.y);
        this.newPage();
        hooks.entered?.();
        this.#top = this.y;
        for (const strip of group[0]?.repeat ?? []) this.#put(strip, x);
      }
      for (const strip of group) if (!(strip.gap && this.y === this.#top)) this.#put(strip, x);
      at = end;
    }
  }

  #put(strip: Strip, x: number): void {
    strip.draw?.(this.sheet, x, this.y);
    this.y += strip.height;
  }

  #open(): Sheet {
    const sheet = new Sheet(this.#notes, this.book.fonts);
    this.book.sheets.push(sheet);
    return sheet;
  }
}

/** The height of what has to stand on one page at the beginning of the strips. */
export function heightOfFirst(strips: readonly Strip[], pageHeight: number): number {
  return heightOf(strips.slice(0, keptTogether(strips, 0, pageHeight)));
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
