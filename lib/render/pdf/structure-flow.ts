import type { PdfWriter } from "@/lib/render/pdf/pdf-writer";
import type { Sheet } from "@/lib/render/pdf/sheet";
import { Tag, type TagType } from "@/lib/render/pdf/structure";

const HEADINGS: readonly TagType[] = ["H1", "H2", "H3", "H4", "H5", "H6"];

/** The structure of one flow of content: takes tags in the order in which they are placed and writes each as it closes. */
export class StructureFlow {
  readonly #writer: PdfWriter;
  readonly #document: Tag;
  /** The tags that are open, the innermost last. */
  readonly #open: Tag[];
  /** Outermost tags that were placed and may still go on. */
  #placed: Tag[] = [];
  /** The level of the last heading. */
  #level = 0;

  constructor(writer: PdfWriter, document: Tag) {
    this.#writer = writer;
    this.#document = document;
    this.#open = [this.#begin(new Tag("Sect"))];
  }

  /** Makes everything that follows part of a tag. */
  enter(tag: Tag, sheet: Sheet): void {
    this.#settle(sheet);
    this.#open.push(this.#begin(tag));
  }

  /** Ends the tag that was entered last, and writes it. */
  leave(sheet: Sheet): void {
    this.#settle(sheet);
    if (this.#open.length === 1) throw new Error("Nothing was entered that could be left.");
    const tag = this.#open.pop();
    if (tag) this.#write(tag);
  }

  /** Takes outermost tags of what is about to be placed; what was placed before and has ended is written. */
  attach(tags: readonly Tag[], sheet: Sheet): void {
    const fresh = tags.filter((tag) => !tag.attached);
    if (fresh.length === 0) return;
    this.#settle(sheet);
    for (const tag of fresh) {
      tag.attached = true;
      this.#number(tag);
    }
    this.#placed = fresh;
  }

  /** Takes in what was drawn on a page without being placed. */
  adopt(sheet: Sheet): void {
    if (sheet.orphans.size === 0) return;
    for (const tag of sheet.orphans) if (!tag.attached) this.#write(tag);
    sheet.orphans.clear();
  }

  /** Writes all that is open. @returns the outermost tag's object */
  end(sheet: Sheet): number {
    while (this.#open.length > 1) this.leave(sheet);
    this.#settle(sheet);
    return this.#open[0]?.write(this.#document.id, this.#writer) ?? 0;
  }

  #begin(tag: Tag): Tag {
    tag.id = this.#writer.allocate();
    tag.attached = true;
    return tag;
  }

  /** Writes what was placed: nothing more can come of it. */
  #settle(sheet: Sheet): void {
    const placed = this.#placed;
    this.#placed = [];
    for (const tag of placed) this.#write(tag);
    this.adopt(sheet);
  }

  #write(tag: Tag): void {
    const around = this.#open.at(-1);
    if (!around) return;
    tag.attached = true;
    around.addWritten(tag.write(around.id, this.#writer));
  }

  /** Makes a heading at most one level lower than the one before. */
  #number(tag: Tag): void {
    const wanted = HEADINGS.indexOf(tag.type) + 1;
    if (wanted === 0) return;
    this.#level = Math.min(wanted, this.#level + 1);
    tag.type = HEADINGS[this.#level - 1] ?? "H1";
  }
}
