import { type ByteSink, OrderedOutput } from "@/lib/render/pdf/ordered-output";
import { references, rounded, textString } from "@/lib/render/pdf/pdf-values";
import {
  type DocumentParts,
  type EmbeddedFont,
  MOST_PACKED,
  redirect,
  Verbatim,
} from "@/lib/render/pdf/pdfkit-internals";
import type { TagFile } from "@/lib/render/pdf/structure";
import { xrefStream } from "@/lib/render/pdf/xref-stream";

/** A page as it is written. Measures are points from its lower left corner. */
export interface FinishedPage {
  /** The object that was allocated for it. */
  readonly id: number;
  readonly width: number;
  readonly height: number;
  readonly content: string;
  readonly annotations: readonly Annotation[];
  /** The tags of its marked content, by their objects, in the order of their numbers. */
  readonly marks: readonly number[];
}

/** An area of a page that leads somewhere or is a field, with the object that was allocated for it. */
export interface Annotation {
  readonly id: number;
  /** The tag that it belongs to, by its object. */
  readonly tag: number;
  readonly entries: string;
}

/** A line of the outline. */
export interface Bookmark {
  readonly title: string;
  readonly level: number;
  /** The page's object, and the height of the place on it. */
  readonly page: number;
  readonly y: number;
  /** The number of the page, by which lines are put in order. */
  readonly number: number;
}

/** Leaves of the tree of marked content hold so many entries. */
const LEAF = 512;

/** Writes one PDF, each part as soon as it is known: pages and structure as they close, everything else at the end. */
export class PdfWriter implements TagFile {
  readonly document: PDFKit.PDFDocument;
  readonly #sink: OrderedOutput;
  readonly #parts: DocumentParts;
  readonly #destinations = new Map<string, { readonly name: string; place: string }>();
  readonly #bookmarks: Bookmark[] = [];
  /** Forms and fonts that pages may use, all in one dictionary that every page names. */
  readonly #resources: number;
  readonly #xobjects = new Map<string, number>();
  readonly #fonts = new Map<string, number>();
  readonly #pages: number[] = [];
  readonly #leaves: { readonly first: number; readonly last: number; readonly id: number }[] = [];
  #parents: string[] = [];
  #parentKey = 0;
  /** The object stream that is being filled. */
  #packed: { readonly ids: number[]; readonly bodies: string[] } = { ids: [], bodies: [] };

  constructor(document: PDFKit.PDFDocument, sink: ByteSink) {
    this.document = document;
    this.#sink = new OrderedOutput(sink);
    this.#parts = redirect(document, this.#sink);
    this.#resources = this.allocate();
  }

  /** Entries of the catalogue, to be changed in place. */
  get catalogue(): Record<string, unknown> {
    return this.#parts.catalogue;
  }

  /** The document's trees of names, to be changed in place. */
  get names(): Record<string, unknown> {
    return this.#parts.names;
  }

  /** The root that the outermost tags hang in. */
  get structureRoot(): number {
    return Number.parseInt(this.#parts.structure.reference, 10);
  }

  allocate(): number {
    return this.#parts.allocate();
  }

  /** Writes an object that is no stream, with others of its kind in one compressed stream. */
  object(id: number, body: string): void {
    this.#packed.ids.push(id);
    this.#packed.bodies.push(body);
    if (this.#packed.ids.length === MOST_PACKED) this.#endPacked();
  }

  /** Writes an object that is a stream. @param entries further entries of its dictionary */
  stream(id: number, content: string, entries = ""): void {
    this.#parts.began(id);
    this.#sink.stream(id, Buffer.from(content, "latin1"), entries);
  }

  /** Lets pages use a font by the name that pdfkit gave it. */
  use(font: EmbeddedFont): void {
    if (!this.#fonts.has(font.id)) this.#fonts.set(font.id, font.ref().id);
  }

  /** Lets pages use a form by a name. @returns its object, which may be written later */
  form(name: string): number {
    let id = this.#xobjects.get(name);
    if (id === undefined) {
      id = this.allocate();
      this.#xobjects.set(name, id);
    }
    return id;
  }

  /** Lets pages use a form that is written already by a name. */
  takeForm(name: string, id: number): void {
    this.#xobjects.set(name, id);
  }

  /** Whether a form was asked for. */
  hasForm(name: string): boolean {
    return this.#xobjects.has(name);
  }

  /** Writes a form. @param box left, bottom, right, top, in points */
  writeForm(name: string, content: string, box: readonly number[]): void {
    const bounds = box.map(rounded).join(" ");
    const entries = `/Type/XObject/Subtype/Form/BBox[${bounds}]/Resources ${this.#resources} 0 R`;
    this.stream(this.form(name), content, entries);
  }

  /** Writes a page with its content and areas. Its place among the pages comes by {@link order}. */
  page({ id, width, height, content, annotations, marks }: FinishedPage): void {
    const stream = this.allocate();
    this.stream(stream, content);
    const key = this.#parentOf(`[${references(marks)}]`);
    for (const annotation of annotations) {
      const own = this.#parentOf(`${annotation.tag} 0 R`);
      this.object(annotation.id, `<</Type/Annot${annotation.entries}/P ${id} 0 R/StructParent ${own}>>`);
    }
    const areas = annotations.length === 0 ? "" : `/Annots[${references(annotations.map((one) => one.id))}]`;
    this.object(
      id,
      `<</Type/Page/Parent ${this.#parts.pages.reference}/MediaBox[0 0 ${rounded(width)} ${rounded(height)}]` +
        `/Contents ${stream} 0 R/Resources ${this.#resources} 0 R/StructParents ${key}/Tabs/S${areas}>>`,
    );
  }

  /** The short name of a destination, whether it has been set or will be. All are of one length, so that they sort alike everywhere. */
  destination(anchor: string): string {
    return this.#destination(anchor).name;
  }

  /** Sets a destination. The first one of a name stays. */
  setDestination(anchor: string, page: number, y: number): void {
    const destination = this.#destination(anchor);
    if (destination.place === "") destination.place = `[${page} 0 R/XYZ 0 ${rounded(y)} null]`;
  }

  bookmark(bookmark: Bookmark): void {
    this.#bookmarks.push(bookmark);
  }

  /** Says what the outermost tag is. */
  setStructure(id: number): void {
    this.#parts.structure.data.K = new Verbatim(`${id} 0 R`);
  }

  /** Says which pages stand in the document in which order. */
  order(pages: readonly number[]): void {
    this.#pages.push(...pages);
  }

  /** @throws what the sink threw */
  async drain(): Promise<void> {
    await this.#sink.drain();
  }

  /** Gives back what is held for compressing, when the document is not written to its end. */
  abandon(): void {
    this.#sink.close();
  }

  /** Writes all that is left. @param metadata the XMP packet */
  async end(metadata: string): Promise<void> {
    const { pages, names, structure } = this.#parts;
    const entries = (map: ReadonlyMap<string, number>) => [...map].map(([name, id]) => `/${name} ${id} 0 R`).join("");
    this.object(this.#resources, `<</Font<<${entries(this.#fonts)}>>/XObject<<${entries(this.#xobjects)}>>>>`);
    Object.assign(pages.data, { Count: this.#pages.length, Kids: new Verbatim(`[${references(this.#pages)}]`) });
    names.Dests = new Verbatim(this.#destinationNames());
    this.#endLeaf();
    const tree = this.allocate();
    this.object(tree, this.#parentTree());
    Object.assign(structure.data, { ParentTree: new Verbatim(`${tree} 0 R`), ParentTreeNextKey: this.#parentKey });
    this.#outline();
    this.#endPacked();
    const places = this.#parts.end(metadata);
    await this.#sink.finish();
    const missing = places.indexOf(null);
    if (missing >= 0) throw new Error(`Object ${missing + 1} of the PDF was promised and never written.`);
    const [at = 0] = this.#sink.realOffsets([this.#sink.offset]);
    this.#sink.bytes(xrefStream(this.#sink.realOffsets(places.map(Number)), at, this.#parts.trailer()));
    await this.#sink.finish();
    this.#sink.close();
  }

  #destination(anchor: string): { readonly name: string; place: string } {
    let found = this.#destinations.get(anchor);
    if (!found) {
      found = { name: `a${String(this.#destinations.size).padStart(7, "0")}`, place: "" };
      this.#destinations.set(anchor, found);
    }
    return found;
  }

  #destinationNames(): string {
    const set = [...this.#destinations.values()].filter(({ place }) => place !== "");
    return `<</Names[${set.map(({ name, place }) => `(${name})${place}`).join("\n")}]>>`;
  }

  /** Remembers whose tags something is, and gives the key to find them by. */
  #parentOf(tags: string): number {
    if (this.#parents.length === LEAF) this.#endLeaf();
    this.#parents.push(`${this.#parentKey} ${tags}`);
    this.#parentKey += 1;
    return this.#parentKey - 1;
  }

  #endLeaf(): void {
    if (this.#parents.length === 0) return;
    const leaf = { first: this.#parentKey - this.#parents.length, last: this.#parentKey - 1, id: this.allocate() };
    this.object(leaf.id, `<</Limits[${leaf.first} ${leaf.last}]/Nums[${this.#parents.join("\n")}]>>`);
    this.#leaves.push(leaf);
    this.#parents = [];
  }

  #parentTree(): string {
    const leaves = references(this.#leaves.map(({ id }) => id));
    return this.#leaves.length === 0 ? "<</Nums[]>>" : `<</Kids[${leaves}]>>`;
  }

  /** Writes the outline: each line hangs below the last one of the level above. */
  #outline(): void {
    if (this.#bookmarks.length === 0) return;
    const root: OutlineItem = { id: this.allocate(), level: -1, children: [] };
    const open: OutlineItem[] = [root];
    for (const bookmark of this.#bookmarks.sort((a, b) => a.number - b.number)) {
      while ((open.at(-1)?.level ?? -1) >= bookmark.level) open.pop();
      const item = { id: this.allocate(), level: bookmark.level, children: [], bookmark };
      (open.at(-1) ?? root).children.push(item);
      open.push(item);
    }
    this.#outlineItem(root, "");
    this.catalogue.Outlines = new Verbatim(`${root.id} 0 R`);
    this.catalogue.PageMode = "UseOutlines";
  }

  #outlineItem({ id, level, children, bookmark }: OutlineItem, around: string): void {
    const title = bookmark
      ? `/Title ${textString(bookmark.title)}/Dest[${bookmark.page} 0 R/XYZ 0 ${rounded(bookmark.y)} 0]`
      : "/Type/Outlines";
    const [first, last] = [children[0], children.at(-1)];
    // Only the outermost lines show what is below them at first. A count is of all lines that show.
    const shown = level < 0 ? children.reduce((sum, child) => sum + 1 + child.children.length, 0) : children.length;
    const count = level <= 0 ? shown : -shown;
    const below = first && last ? `/First ${first.id} 0 R/Last ${last.id} 0 R/Count ${count}` : "";
    this.object(id, `<<${title}${around}${below}>>`);
    for (const [index, child] of children.entries()) {
      const [before, after] = [children[index - 1], children[index + 1]];
      const siblings = `${before ? `/Prev ${before.id} 0 R` : ""}${after ? `/Next ${after.id} 0 R` : ""}`;
      this.#outlineItem(child, `/Parent ${id} 0 R${siblings}`);
    }
  }

  #endPacked(): void {
    const { ids, bodies } = this.#packed;
    if (ids.length === 0) return;
    this.#packed = { ids: [], bodies: [] };
    const stream = this.allocate();
    let head = "";
    let offset = 0;
    for (const [index, id] of ids.entries()) {
      this.#parts.packed(id, stream, index);
      head += `${id} ${offset} `;
      offset += (bodies[index]?.length ?? 0) + 1;
    }
    this.stream(stream, `${head}\n${bodies.join("\n")}`, `/Type/ObjStm/N ${ids.length}/First ${head.length + 1}`);
  }
}

interface OutlineItem {
  readonly id: number;
  readonly level: number;
  readonly children: OutlineItem[];
  readonly bookmark?: Bookmark;
}
