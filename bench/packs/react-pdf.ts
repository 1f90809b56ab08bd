import { engineModule, type FontPaths, type WritePack } from "./engine";
import {
  APPENDIX,
  byLine,
  contentsTitle,
  EVIDENCE_HEAD,
  entryTitle,
  evidenceCells,
  PACK,
  type PackEntry,
  signOffCells,
  statusLine,
  TRAIL_HEAD,
  trailCells,
} from "./workload";

interface React {
  createElement(type: unknown, properties: object | null, ...children: unknown[]): object;
}

interface Library {
  readonly Document: unknown;
  readonly Page: unknown;
  readonly View: unknown;
  readonly Text: unknown;
  readonly Link: unknown;
  readonly Font: {
    register(font: { family: string; fonts: readonly { src: string; fontWeight?: number }[] }): void;
    registerHyphenationCallback(hyphenate: (word: string) => string[]): void;
  };
  renderToFile(document: object, path: string): Promise<unknown>;
}

const PAGE = { paddingTop: 60, paddingBottom: 60, paddingHorizontal: 54, fontFamily: "Pack", fontSize: 9.5 };
const H1 = { fontSize: 15, fontWeight: 700 };
const H2 = { fontSize: 11, fontWeight: 700, marginTop: 5 };
const FOOT = {
  position: "absolute",
  bottom: 20,
  left: 54,
  right: 54,
  fontSize: 7.5,
  flexDirection: "row",
  justifyContent: "space-between",
};
const EVIDENCE = [130, 187, 50, 60, 60];
const SIGN_OFFS = [70, 150, 90, 177];
const TRAIL = [34, 84, 80, 86, 54, 149];

/** The pack as a document of @react-pdf/renderer; it has no way to put numbers of pages into its contents. */
export async function openReactPdf({ regular, bold }: FontPaths): Promise<WritePack> {
  const react = await engineModule<React>("react");
  const library = await engineModule<Library>("@react-pdf/renderer");
  return async (entries, path) => {
    library.Font.register({ family: "Pack", fonts: [{ src: regular }, { src: bold, fontWeight: 700 }] });
    library.Font.registerHyphenationCallback((word) => [word]);
    await library.renderToFile(new Elements(react, library).document(entries), path);
  };
}

class Elements {
  readonly #react: React;
  readonly #library: Library;

  constructor(react: React, library: Library) {
    this.#react = react;
    this.#library = library;
  }

  document(entries: readonly PackEntry[]): object {
    const cover = this.#page("cover", {}, [
      this.#text({ fontSize: 26, fontWeight: 700, marginTop: 140 }, PACK.organisation),
      this.#text({ fontSize: 18 }, PACK.title),
      this.#text({ fontSize: 11 }, `Generated ${PACK.date} — ${entries.length} worksheets`),
    ]);
    const contents = this.#page("contents", {}, [
      this.#text(H1, "Contents"),
      ...entries.map((entry) =>
        this.#make(this.#library.Link, { src: `#${entry.id}` }, this.#text({}, contentsTitle(entry))),
      ),
    ]);
    const appendix = this.#page("appendix", { bookmark: APPENDIX }, [
      this.#text(H1, APPENDIX),
      this.#row(TRAIL_HEAD, TRAIL, 6.5),
      ...entries.flatMap(trailCells).map((cells) => this.#row(cells, TRAIL, 6.5)),
    ]);
    const title = { title: PACK.title };
    return this.#make(this.#library.Document, title, cover, contents, ...this.#entries(entries), appendix);
  }

  #entries(entries: readonly PackEntry[]): object[] {
    return entries.map((entry) =>
      this.#page(entry.id, { bookmark: `${entry.id} ${entry.title}` }, [
        this.#make(this.#library.Text, { id: entry.id, style: H1 }, entryTitle(entry)),
        this.#text({ fontSize: 9 }, statusLine(entry)),
        ...entry.sections.map(({ title, paragraphs }) =>
          this.#make(
            this.#library.View,
            null,
            this.#make(this.#library.Text, { style: H2, minPresenceAhead: 40 }, title),
            ...paragraphs.map((paragraph) => this.#text({ marginBottom: 3 }, paragraph)),
          ),
        ),
        this.#text(H2, "Evidence"),
        this.#row(EVIDENCE_HEAD, EVIDENCE, 7.5),
        ...evidenceCells(entry).map((cells) => this.#row(cells, EVIDENCE, 7.5)),
        this.#text(H2, "Comments"),
        ...entry.comments.map((comment) =>
          this.#make(
            this.#library.View,
            null,
            this.#text({ fontSize: 8, fontWeight: 700 }, byLine(comment)),
            this.#text({ fontSize: 8.5 }, comment.text),
          ),
        ),
        this.#text(H2, "Sign-off"),
        ...signOffCells(entry).map((cells) => this.#row(cells, SIGN_OFFS, 7.5)),
      ]),
    );
  }

  #page(key: string, properties: object, children: readonly object[]): object {
    const { Page, View, Text } = this.#library;
    const number = ({ pageNumber, totalPages }: { pageNumber: number; totalPages: number }) =>
      `Page ${pageNumber} of ${totalPages}`;
    const foot = this.#make(
      View,
      { style: FOOT, fixed: true },
      this.#text({}, PACK.title),
      this.#make(Text, { render: number }),
    );
    return this.#make(Page, { key, size: "A4", style: PAGE, ...properties }, foot, ...children);
  }

  #row(cells: readonly string[], widths: readonly number[], fontSize: number): object {
    const style = { flexDirection: "row", borderBottomWidth: 0.5, fontSize };
    const columns = cells.map((text, index) => this.#text({ width: widths[index], padding: 2 }, text));
    return this.#make(this.#library.View, { style, wrap: false }, ...columns);
  }

  #text(style: object, text: string): object {
    return this.#make(this.#library.Text, { style }, text);
  }

  #make(type: unknown, properties: object | null, ...children: unknown[]): object {
    return this.#react.createElement(type, properties, ...children);
  }
}
