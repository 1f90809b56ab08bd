import { line, paragraph } from "@/lib/render/docx/blocks";
import type { DocxDraft } from "@/lib/render/docx/draft";
import { WORD_NAMESPACES } from "@/lib/render/docx/fixed-parts";
import { field, INK, run } from "@/lib/render/docx/runs";
import type { Part } from "@/lib/render/office/package";
import { element, type Xml } from "@/lib/render/office/xml";
import type { Paper } from "@/lib/render/pdf/view-model";
import { DRAFT_NOTICE, LEGACY_NOTICE } from "@/lib/render/pdf/words";

/** What the head and foot of a section's pages say. */
export interface SectionNotes {
  readonly title: string;
  readonly draft: boolean;
  readonly legacy: boolean;
  /** What has to be said beside, such as that the text was superseded; may be empty. */
  readonly notice: string;
  /** SHA-256, hex, of what is shown. */
  readonly digest: string;
}

/** Sizes of paper and of what is printed on, in twentieths of a point. */
const SIZES: Readonly<Record<Paper, { readonly width: number; readonly height: number }>> = {
  A4: { width: 11_906, height: 16_838 },
  Letter: { width: 12_240, height: 15_840 },
};
const SIDE = 1_020;
const WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/** How wide text may be, in twentieths of a point. */
export function textWidth(paper: Paper): number {
  return SIZES[paper].width - 2 * SIDE;
}

/** The sections of a document: each has a head and a foot of its own, and begins on a new page. */
export class Sections {
  readonly parts: Part[] = [];

  constructor(
    readonly draft: DocxDraft,
    readonly paper: Paper,
  ) {}

  /** Makes the head and foot of pages with these notes. @returns the properties of every section that has them */
  properties(notes: SectionNotes): Xml {
    const number = this.parts.length / 2 + 1;
    const head = this.#part("header", number, headLines(notes));
    const foot = this.#part("footer", number, [footLine(notes, this.paper)]);
    const { width, height } = SIZES[this.paper];
    return element(
      "w:sectPr",
      {},
      element("w:headerReference", { "w:type": "default", "r:id": head }),
      element("w:footerReference", { "w:type": "default", "r:id": foot }),
      element("w:type", { "w:val": "nextPage" }),
      element("w:pgSz", { "w:w": width, "w:h": height }),
      element("w:pgMar", {
        "w:top": 1_300,
        "w:right": SIDE,
        "w:bottom": 1_200,
        "w:left": SIDE,
        "w:header": 560,
        "w:footer": 480,
        "w:gutter": 0,
      }),
    );
  }

  #part(kind: "header" | "footer", number: number, content: readonly Xml[]): string {
    const file = `${kind}${number}.xml`;
    const root = element(kind === "header" ? "w:hdr" : "w:ftr", WORD_NAMESPACES, content);
    this.parts.push({ path: `word/${file}`, contentType: `${WORD}.${kind}+xml`, content: root });
    return this.draft.relate(kind, file);
  }
}

/** What has to be said stands on a line of its own: names may be long. */
function headLines({ title, draft, legacy, notice }: SectionNotes): readonly Xml[] {
  const said = [draft ? DRAFT_NOTICE : "", notice, legacy ? LEGACY_NOTICE : ""].filter(Boolean).join(" · ");
  return [
    line(title, { style: "Header" }),
    ...(said === "" ? [] : [line(said, { style: "Header" }, { bold: true, colour: INK.alarm })]),
  ];
}

function footLine({ digest }: SectionNotes, paper: Paper): Xml {
  return element(
    "w:p",
    {},
    element(
      "w:pPr",
      {},
      element("w:pStyle", { "w:val": "Footer" }),
      element("w:tabs", {}, element("w:tab", { "w:val": "right", "w:pos": textWidth(paper) })),
    ),
    run(`SHA-256 of the content shown: ${digest}\tPage `),
    field("PAGE", "1"),
    run(" of "),
    field("NUMPAGES", "1"),
  );
}

/** The empty paragraph that ends a section. */
export function sectionEnd(section: Xml): Xml {
  return paragraph({ style: "Small", section });
}
