import { BULLETS, DEEPEST_LEVEL, type DocxDraft, FIRST_ORDERED } from "@/lib/render/docx/draft";
import { LIST_INDENT } from "@/lib/render/docx/narrative";
import { INK, type RunStyle, runProperties } from "@/lib/render/docx/runs";
import { type Content, element, type Xml } from "@/lib/render/office/xml";

const MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/** The namespaces that parts of a text document use; what only newer programs know is marked as ignorable. */
export const WORD_NAMESPACES = {
  "xmlns:w": MAIN,
  "xmlns:r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
  "xmlns:mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
  "xmlns:w14": "http://schemas.microsoft.com/office/word/2010/wordml",
  "mc:Ignorable": "w14",
} as const;

/** The face of text: any word processor has it, or one of the same widths. */
const FACE = "Calibri";

interface StyleFacts {
  readonly name: string;
  readonly type?: "paragraph" | "character";
  readonly run?: RunStyle;
  readonly paragraph?: readonly Content[];
  readonly next?: string;
}

const spacing = (before: number, after: number) => element("w:spacing", { "w:before": before, "w:after": after });
const level = (outline: number) => element("w:outlineLvl", { "w:val": outline });
const KEEP = element("w:keepNext");

const heading = (name: string, outline: number, size: number, before: number): StyleFacts => ({
  name,
  run: { bold: true, colour: INK.accent, size },
  paragraph: [KEEP, element("w:keepLines"), spacing(before, 80), level(outline)],
  next: "Normal",
});

const STYLES: Readonly<Record<string, StyleFacts>> = {
  Title: { name: "Title", run: { bold: true, colour: INK.accent, size: 36 }, paragraph: [KEEP, spacing(0, 120)] },
  Subtitle: { name: "Subtitle", run: { colour: INK.muted, size: 26 }, paragraph: [KEEP, spacing(0, 240)] },
  Heading1: heading("heading 1", 0, 30, 0),
  Heading2: heading("heading 2", 1, 25, 280),
  Heading3: heading("heading 3", 2, 21, 160),
  Small: { name: "Small", run: { size: 18 }, paragraph: [spacing(0, 20)] },
  Label: { name: "Label", run: { bold: true, size: 18 }, paragraph: [spacing(0, 40)] },
  Code: {
    name: "Code",
    run: { mono: true, size: 17 },
    paragraph: [element("w:shd", { "w:val": "clear", "w:color": "auto", "w:fill": INK.tint }), spacing(40, 80)],
  },
  TOC1: { name: "toc 1", paragraph: [spacing(0, 60)] },
  Header: { name: "header", run: { colour: INK.muted, size: 17 }, paragraph: [spacing(0, 0)] },
  Footer: { name: "footer", run: { colour: INK.muted, size: 15 }, paragraph: [spacing(0, 0)] },
  CommentText: { name: "annotation text", run: { size: 20 }, paragraph: [spacing(0, 40)] },
  CommentReference: { name: "annotation reference", type: "character", run: { size: 16 } },
  Hyperlink: { name: "Hyperlink", type: "character", run: { colour: INK.link } },
};

/** The part of styles. */
export function stylesPart(): Xml {
  return element(
    "w:styles",
    WORD_NAMESPACES,
    element(
      "w:docDefaults",
      {},
      element(
        "w:rPrDefault",
        {},
        element(
          "w:rPr",
          {},
          element("w:rFonts", { "w:ascii": FACE, "w:eastAsia": FACE, "w:hAnsi": FACE, "w:cs": FACE }),
          element("w:sz", { "w:val": 20 }),
          element("w:szCs", { "w:val": 20 }),
          element("w:lang", { "w:val": "en-GB", "w:eastAsia": "en-GB", "w:bidi": "ar-SA" }),
        ),
      ),
      element(
        "w:pPrDefault",
        {},
        element(
          "w:pPr",
          {},
          element("w:spacing", { "w:before": 0, "w:after": 80, "w:line": 259, "w:lineRule": "auto" }),
        ),
      ),
    ),
    element(
      "w:style",
      { "w:type": "paragraph", "w:default": 1, "w:styleId": "Normal" },
      element("w:name", { "w:val": "Normal" }),
      element("w:qFormat"),
    ),
    Object.entries(STYLES).map(([id, style]) => styleElement(id, style)),
  );
}

function styleElement(id: string, { name, type = "paragraph", run = {}, paragraph, next }: StyleFacts): Xml {
  return element(
    "w:style",
    { "w:type": type, "w:styleId": id },
    element("w:name", { "w:val": name }),
    type === "paragraph" ? element("w:basedOn", { "w:val": "Normal" }) : undefined,
    next === undefined ? undefined : element("w:next", { "w:val": next }),
    element("w:qFormat"),
    paragraph && element("w:pPr", {}, paragraph),
    runProperties(run),
  );
}

const SIGNS = ["•", "–", "·"] as const;
const BULLETS_LEVELS = 0;
const COUNTED_LEVELS = 1;

/** The part of lists: bullets, and for every list that counts where it begins. */
export function numberingPart({ lists }: DocxDraft): Xml {
  return element(
    "w:numbering",
    WORD_NAMESPACES,
    levels(BULLETS_LEVELS, "bullet", (depth) => SIGNS[depth % SIGNS.length] ?? "•"),
    levels(COUNTED_LEVELS, "decimal", (depth) => `%${depth + 1}.`),
    element("w:num", { "w:numId": BULLETS }, element("w:abstractNumId", { "w:val": BULLETS_LEVELS })),
    lists.map(({ level: depth, start }, index) =>
      element(
        "w:num",
        { "w:numId": FIRST_ORDERED + index },
        element("w:abstractNumId", { "w:val": COUNTED_LEVELS }),
        element("w:lvlOverride", { "w:ilvl": depth }, element("w:startOverride", { "w:val": start })),
      ),
    ),
  );
}

function levels(id: number, format: "bullet" | "decimal", textOf: (depth: number) => string): Xml {
  return element(
    "w:abstractNum",
    { "w:abstractNumId": id },
    element("w:multiLevelType", { "w:val": "hybridMultilevel" }),
    Array.from({ length: DEEPEST_LEVEL + 1 }, (_, depth) =>
      element(
        "w:lvl",
        { "w:ilvl": depth },
        element("w:start", { "w:val": 1 }),
        element("w:numFmt", { "w:val": format }),
        element("w:lvlText", { "w:val": textOf(depth) }),
        element("w:lvlJc", { "w:val": "left" }),
        element("w:pPr", {}, element("w:ind", { "w:left": LIST_INDENT * (depth + 1), "w:hanging": LIST_INDENT })),
      ),
    ),
  );
}

/** The part of settings: nothing is asked or updated when the document is opened. */
export function settingsPart(): Xml {
  return element(
    "w:settings",
    WORD_NAMESPACES,
    element("w:zoom", { "w:percent": 100 }),
    element("w:defaultTabStop", { "w:val": 720 }),
    element(
      "w:compat",
      {},
      element("w:compatSetting", {
        "w:name": "compatibilityMode",
        "w:uri": "http://schemas.microsoft.com/office/word",
        "w:val": 15,
      }),
    ),
  );
}
