import { textString } from "@/lib/render/pdf/pdf-values";
import type { Target } from "@/lib/render/pdf/text-runs";

/** What a part of a document is, by the standard structure types of ISO 32000-1, 14.8.4. */
export type TagType =
  | "Document"
  | "Sect"
  | "Div"
  | "TOC"
  | "TOCI"
  | "H1"
  | "H2"
  | "H3"
  | "H4"
  | "H5"
  | "H6"
  | "P"
  | "L"
  | "LI"
  | "Lbl"
  | "LBody"
  | "Table"
  | "TR"
  | "TH"
  | "TD"
  | "Link"
  | "Figure"
  | "Form";

/** What a tag holds: other tags (those that are written already by their ids), marked content, annotations. */
type Kid =
  | Tag
  | number
  | { readonly page: number; readonly mcid: number }
  | { readonly page: number; readonly annotation: number };

/** Attributes that tags need, as they are written. */
export const ATTRIBUTES = {
  columnHead: "/A<</O/Table/Scope/Column>>",
  rowHead: "/A<</O/Table/Scope/Row>>",
  bullets: "/A<</O/List/ListNumbering/Disc>>",
  numbers: "/A<</O/List/ListNumbering/Decimal>>",
} as const;

/** Cells stay even when nothing is in them, or the row's columns would move. */
const KEPT_EMPTY: ReadonlySet<TagType> = new Set(["TD", "TH"]);

/**
 * A part of the document's structure, for readers that do not see the page. It is made when something is laid out, gets
 * what is drawn of it page by page, and is written when nothing more can come.
 */
export class Tag {
  type: TagType;
  attributes = "";
  /** What is written, where what is drawn does not stand in the order of writing; empty otherwise. */
  actualText = "";
  /** The object in the file; 0 while it has none. */
  id = 0;
  parent: Tag | null = null;
  /** Whether it hangs in the document's tree, so that it will be written. */
  attached = false;
  /** What is drawn of a written tag again is a repetition, and no content. */
  written = false;
  #kids: Kid[] = [];
  #target: Target | null = null;

  constructor(type: TagType, kids: readonly Tag[] = []) {
    this.type = type;
    for (const kid of kids) this.add(kid);
  }

  /** Puts a tag behind what it holds. */
  add(kid: Tag): void {
    kid.parent = this;
    this.#kids.push(kid);
  }

  /** Puts the tag that was written under an id behind what it holds. */
  addWritten(id: number): void {
    if (id !== 0) this.#kids.push(id);
  }

  /** Keeps a place for a tag that is written later. @returns what puts it there */
  reserve(): (id: number) => void {
    const at = this.#kids.push(0) - 1;
    return (id) => {
      this.#kids[at] = id;
    };
  }

  /** Adds text of a page by its number there. */
  mark(page: number, mcid: number): void {
    this.#kids.push({ page, mcid });
  }

  /** Adds an annotation by its object. */
  annotate(page: number, annotation: number): void {
    this.#kids.push({ page, annotation });
  }

  /** The link to a target: the last one goes on when it leads to the same. */
  link(target: Target): Tag {
    const last = this.#kids.at(-1);
    if (last instanceof Tag && last.#target === target) return last;
    const link = new Tag("Link");
    link.#target = target;
    this.add(link);
    return link;
  }

  /** The outermost tag around this one that exists so far. */
  get root(): Tag {
    let root: Tag = this;
    while (root.parent) root = root.parent;
    return root;
  }

  /**
   * Writes the tag with all that it holds. @returns the id, or 0 when there was nothing to write
   * @param parent the id of what it hangs in
   */
  write(parent: number, file: TagFile): number {
    if (this.written) return 0;
    if (this.#kids.length === 0 && this.id === 0 && !KEPT_EMPTY.has(this.type)) return 0;
    if (this.id === 0) this.id = file.allocate();
    this.written = true;
    const kids = this.#kids;
    this.#kids = NO_KIDS;
    const page = firstPage(kids);
    const held = kids.map((kid) => (kid instanceof Tag ? reference(kid.write(this.id, file)) : kidText(kid, page)));
    const instead = this.actualText === "" ? "" : `/ActualText ${textString(this.actualText)}`;
    const rest = `${this.attributes}${instead}`;
    file.object(this.id, `<</S/${this.type}/P ${parent} 0 R${on(page)}${holding(held)}${rest}>>`);
    return this.id;
  }
}

function on(page: number): string {
  return page === 0 ? "" : `/Pg ${page} 0 R`;
}

function holding(held: readonly string[]): string {
  if (held.length > 1) return `/K[${held.join(" ")}]`;
  return held.length === 0 || held[0] === "" ? "" : `/K ${held[0]}`;
}

const NO_KIDS: Kid[] = [];

/** The page of the first text: texts of the same page need not name it. */
function firstPage(kids: readonly Kid[]): number {
  for (const kid of kids) if (typeof kid === "object" && "mcid" in kid) return kid.page;
  return 0;
}

/** Where tags are written. */
export interface TagFile {
  allocate(): number;
  object(id: number, body: string): void;
}

function reference(id: number): string {
  return id === 0 ? "" : `${id} 0 R`;
}

/** @param page the page that marks without a page of their own are on; 0 for none */
function kidText(kid: Exclude<Kid, Tag>, page: number): string {
  if (typeof kid === "number") return reference(kid);
  if ("annotation" in kid) return `<</Type/OBJR/Obj ${kid.annotation} 0 R/Pg ${kid.page} 0 R>>`;
  if (page === kid.page) return String(kid.mcid);
  return `<</Type/MCR/Pg ${kid.page} 0 R/MCID ${kid.mcid}>>`;
}
