import type { Relation } from "@/lib/render/office/package";
import { type Content, element, type Xml } from "@/lib/render/office/xml";
import type { ThreadModel } from "@/lib/render/pdf/view-model";

/** A comment with its number in the document, as it is written into the part of comments. */
export interface PlacedComment {
  readonly id: number;
  readonly author: string;
  readonly at: string;
  readonly body: string;
  /** Of its last paragraph, by which answers name what they answer. */
  readonly paragraphId: string;
  /** The paragraph of the comment that it answers; null for the first of a thread. */
  readonly answers: string | null;
  readonly resolved: boolean;
}

/** The level of lists beyond which Word numbers no further. */
export const DEEPEST_LEVEL = 8;

/**
 * What the parts of one document share while it is put together: addresses that its text links to, numbered lists,
 * bookmarks and comments. It lives as long as one rendering.
 */
export class DocxDraft {
  readonly #relations: Relation[] = [];
  readonly #links = new Map<string, string>();
  readonly #lists: { readonly level: number; readonly start: number }[] = [];
  readonly #comments: PlacedComment[] = [];
  #bookmarks = 0;

  /** Names a part or an address. @returns the id by which the text names it */
  relate(type: string, target: string, external = false): string {
    const id = `rId${this.#relations.length + 1}`;
    this.#relations.push({ id, type, target, external });
    return id;
  }

  /** A live link; the address is one that `safeLink` let through. */
  link(url: string, ...content: readonly Content[]): Xml {
    const id = this.#links.get(url) ?? this.relate("hyperlink", url, true);
    this.#links.set(url, id);
    return element("w:hyperlink", { "r:id": id, "w:history": 1 }, content);
  }

  /** The number of a new list that counts from `start`, used on a level. */
  orderedList(level: number, start: number): number {
    this.#lists.push({ level, start });
    return FIRST_ORDERED + this.#lists.length - 1;
  }

  /** Content that links within the document lead to. */
  bookmark(name: string, ...content: readonly Content[]): readonly Content[] {
    this.#bookmarks += 1;
    const id = this.#bookmarks;
    return [
      element("w:bookmarkStart", { "w:id": id, "w:name": name }),
      content,
      element("w:bookmarkEnd", { "w:id": id }),
    ];
  }

  /** Content with threads of comments in its margin. */
  commented(threads: readonly ThreadModel[], content: readonly Content[], shownRevision: number): readonly Content[] {
    const ids = threads.flatMap((thread) => this.#place(thread, shownRevision));
    return [
      ids.map((id) => element("w:commentRangeStart", { "w:id": id })),
      content,
      ids.map((id) => [
        element("w:commentRangeEnd", { "w:id": id }),
        element(
          "w:r",
          {},
          element("w:rPr", {}, element("w:rStyle", { "w:val": "CommentReference" })),
          element("w:commentReference", { "w:id": id }),
        ),
      ]),
    ];
  }

  #place({ comments, resolved, revision }: ThreadModel, shownRevision: number): readonly number[] {
    let first: string | null = null;
    return comments.map(({ author, side, at, body }) => {
      const id = this.#comments.length;
      // Word wants less than 80000000 and no zero.
      const paragraphId = (id + 1).toString(16).toUpperCase().padStart(8, "0");
      const of = first === null && revision !== shownRevision ? `On revision ${revision}: ` : "";
      const comment = { id, author: `${author} (${side})`, at, body: of + body, paragraphId, answers: first, resolved };
      this.#comments.push(comment);
      first ??= paragraphId;
      return id;
    });
  }

  get relations(): readonly Relation[] {
    return this.#relations;
  }

  get lists(): readonly { readonly level: number; readonly start: number }[] {
    return this.#lists;
  }

  get comments(): readonly PlacedComment[] {
    return this.#comments;
  }
}

/** The number of the one list with bullets. */
export const BULLETS = 1;
/** The number of the first list that counts. */
export const FIRST_ORDERED = 2;
