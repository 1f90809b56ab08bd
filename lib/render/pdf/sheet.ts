import type { Face } from "@/lib/render/pdf/face";
import type { Line, Span } from "@/lib/render/pdf/lines";
import { rounded, textString } from "@/lib/render/pdf/pdf-values";
import type { Annotation, FinishedPage, PdfWriter } from "@/lib/render/pdf/pdf-writer";
import { Tag } from "@/lib/render/pdf/structure";
import type { Target, TextStyle } from "@/lib/render/pdf/text-runs";
import type { Colour } from "@/lib/render/pdf/theme";

/** What the head and foot of a page say. */
export interface PageNotes {
  /** The running title; empty on a cover. */
  readonly title: string;
  readonly draft: boolean;
  readonly legacy: boolean;
  /** What else every page has to say; may be empty. */
  readonly notice: string;
  /** SHA-256, hex, of the content that the page belongs to. */
  readonly digest: string;
}

/** A rectangle that leads somewhere, in points from the upper left corner. */
export interface LinkArea {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly target: Target;
}

/** The measures of a page, in points. */
export interface SheetSize {
  readonly pageWidth: number;
  readonly pageHeight: number;
}

/** Height of capitals as a share of the size of the type; text is centred by it in its line. */
const CAPITALS = 0.66;
const ARTIFACT = "/Artifact BMC";
/** What {@link Sheet} marks text as that is no content. */
const NO_TAG = Symbol("no content");

/**
 * One page while it is being laid out. Coordinates are points from the upper left corner. Fills are painted first, then
 * rules and frames, all of them without meaning to a reader that does not see; then text, in one text object, each
 * stretch of it marked with the tag that it belongs to.
 */
export class Sheet {
  readonly notes: PageNotes;
  /** The page's object. */
  readonly id: number;
  readonly #writer: PdfWriter;
  readonly #size: SheetSize;
  readonly #annotations: Annotation[] = [];
  readonly #marks: number[] = [];
  readonly #ground: string[] = [];
  readonly #rules: string[] = [];
  readonly #pictures: string[] = [];
  readonly #text: string[] = [];
  #fill: Colour | null = null;
  #stroke = "";
  #open: Tag | typeof NO_TAG | null = null;
  #repeating = 0;
  /** Where the last line of text began, in hundredths of a point from the lower left corner. */
  #x = 0;
  #y = 0;
  #face: Face | null = null;
  #typeSize = 0;
  #colour: Colour | null = null;

  constructor(notes: PageNotes, writer: PdfWriter, size: SheetSize) {
    this.notes = notes;
    this.#writer = writer;
    this.#size = size;
    this.id = writer.allocate();
  }

  /** Fills a rectangle, under all text. */
  fill(x: number, y: number, width: number, height: number, colour: Colour): void {
    if (this.#fill !== colour) this.#ground.push(`${colour.join(" ")} rg\n`);
    this.#fill = colour;
    this.#ground.push(`${rounded(x)} ${this.#up(y + height)} ${rounded(width)} ${rounded(height)} re f\n`);
  }

  /** Draws a straight line. */
  rule(x1: number, y1: number, x2: number, y2: number, thickness: number, colour: Colour): void {
    this.#pen(thickness, colour);
    this.#rules.push(`${rounded(x1)} ${this.#up(y1)} m ${rounded(x2)} ${this.#up(y2)} l S\n`);
  }

  /** Draws the outline of a rectangle. */
  frame(x: number, y: number, width: number, height: number, thickness: number, colour: Colour): void {
    this.#pen(thickness, colour);
    this.#rules.push(`${rounded(x)} ${this.#up(y + height)} ${rounded(width)} ${rounded(height)} re S\n`);
  }

  /**
   * Draws a line of text whose box begins at (x, y) and is `height` high.
   * @param tag what it is part of; a paragraph of its own when absent
   */
  line(line: Line, x: number, y: number, height: number, tag?: Tag): void {
    if (line.spans.length === 0) return;
    let size = 0;
    for (const span of line.spans) size = Math.max(size, span.style.size);
    const base = y + (height + CAPITALS * size) / 2;
    const part = this.#repeating > 0 || tag?.written ? NO_TAG : (tag ?? new Tag("P"));
    let at = x;
    let first = true;
    for (const span of line.spans) {
      const { target } = span.style;
      const link = target && part !== NO_TAG ? part.link(target) : null;
      this.#mark(link ?? part);
      if (first) this.#move(x, base);
      first = false;
      this.#span(span);
      if (target) this.#linked(target, link, span.style, at, base, span.width);
      at += span.width;
    }
  }

  /** Draws a picture that pages may use by that name, as what a tag is. @returns its box: left, bottom, right, top */
  picture(name: string, { x, y, width, height }: Omit<LinkArea, "target">, tag: Tag): readonly number[] {
    const number = this.#marks.push(this.#idOf(tag)) - 1;
    tag.mark(this.id, number);
    const [left, bottom] = [rounded(x), this.#up(y + height)];
    const place = `${rounded(width)} 0 0 ${rounded(height)} ${left} ${bottom} cm`;
    this.#pictures.push(`/${tag.type}<</MCID ${number}>>BDC\nq ${place} /${name} Do Q\nEMC\n`);
    return [left, bottom, rounded(x + width), this.#up(y)];
  }

  /** Draws what is no content: heads and feet, and what is said again because a page was turned. */
  repeated(draw: () => void): void {
    this.#repeating += 1;
    draw();
    this.#repeating -= 1;
  }

  /** Makes a rectangle lead somewhere. */
  link({ target, ...area }: LinkArea): void {
    this.#linkArea(area, target, new Tag("Link"));
  }

  /** Adds an area. @param entries the entries of its dictionary */
  annotate(tag: Tag, entries: string): number {
    const id = this.#writer.allocate();
    tag.annotate(this.id, id);
    this.#annotations.push({ id, tag: this.#idOf(tag), entries });
    return id;
  }

  /** Tags that have got text on this page and hang nowhere. */
  readonly orphans = new Set<Tag>();

  /** The page as it is written. @param ground what is painted first, @param last what is painted at the end */
  finish(ground = "", last = ""): FinishedPage {
    const still = ground + this.#ground.join("") + this.#rules.join("");
    const content = [
      ...(still === "" ? [] : [ARTIFACT, "\n", still, "EMC\n"]),
      ...this.#pictures,
      ...(this.#text.length === 0 ? [] : ["BT\n", ...this.#text, ...(this.#open ? ["EMC\n"] : []), "ET\n"]),
      ...(last === "" ? [] : [ARTIFACT, "\n", last, "\nEMC\n"]),
    ].join("");
    return {
      id: this.id,
      width: this.#size.pageWidth,
      height: this.#size.pageHeight,
      content,
      annotations: this.#annotations,
      marks: this.#marks,
    };
  }

  #up(y: number): number {
    return rounded(this.#size.pageHeight - y);
  }

  #pen(thickness: number, colour: Colour): void {
    const pen = `${colour.join(" ")} RG ${rounded(thickness)} w\n`;
    if (this.#stroke !== pen) this.#rules.push(pen);
    this.#stroke = pen;
  }

  /** Says what the text that follows is part of. */
  #mark(tag: Tag | typeof NO_TAG): void {
    if (this.#open === tag) return;
    if (this.#open) this.#text.push("EMC\n");
    this.#open = tag;
    if (tag === NO_TAG) {
      this.#text.push(`${ARTIFACT}\n`);
      return;
    }
    const number = this.#marks.push(this.#idOf(tag)) - 1;
    tag.mark(this.id, number);
    this.#text.push(`/${tag.type}<</MCID ${number}>>BDC\n`);
  }

  #idOf(tag: Tag): number {
    if (tag.id === 0) tag.id = this.#writer.allocate();
    const { root } = tag;
    if (!root.attached) this.orphans.add(root);
    return tag.id;
  }

  #move(x: number, base: number): void {
    const [toX, toY] = [Math.round(x * 100), Math.round((this.#size.pageHeight - base) * 100)];
    this.#text.push(`${(toX - this.#x) / 100} ${(toY - this.#y) / 100} Td\n`);
    this.#x = toX;
    this.#y = toY;
  }

  #span({ stretches, style }: Span): void {
    if (this.#colour !== style.colour) {
      this.#text.push(`${style.colour.join(" ")} rg\n`);
      this.#colour = style.colour;
    }
    for (const { face, glyphs } of stretches) {
      if (this.#face !== face || this.#typeSize !== style.size) {
        this.#writer.use(face.embedded);
        this.#text.push(`/${face.resource} ${rounded(style.size)} Tf\n`);
        this.#face = face;
        this.#typeSize = style.size;
      }
      this.#text.push(`[(${glyphs})]TJ\n`);
    }
  }

  #linked(target: Target, link: Tag | null, style: TextStyle, x: number, base: number, width: number): void {
    if ("url" in target) this.rule(x, base + 1.4, x + width, base + 1.4, 0.4, style.colour);
    if (link) this.#linkArea({ x, y: base - style.size, width, height: style.size * 1.3 }, target, link);
  }

  #linkArea({ x, y, width, height }: Omit<LinkArea, "target">, target: Target, link: Tag): void {
    const rect = `/Rect[${rounded(x)} ${this.#up(y + height)} ${rounded(x + width)} ${this.#up(y)}]`;
    const action =
      "url" in target
        ? `/A<</S/URI/URI ${textString(target.url)}>>/Contents ${textString(target.url)}`
        : `/A<</S/GoTo/D(${this.#writer.destination(target.anchor)})>>/Contents (In this document)`;
    this.annotate(link, `/Subtype/Link/F 4/Border[0 0 0]${rect}${action}`);
  }
}
