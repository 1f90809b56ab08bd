import { shownText } from "@/lib/render/office/shown-text";
import { type Content, element, words, type Xml } from "@/lib/render/office/xml";

/** How a stretch of text looks beside its paragraph's style. */
export interface RunStyle {
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly mono?: boolean;
  /** Six hex digits. */
  readonly colour?: string;
  /** In half points. */
  readonly size?: number;
  /** A character style, by its id. */
  readonly style?: string;
}

/** Colours of documents, six hex digits. */
export const INK = {
  muted: "5C6670",
  accent: "1F4E79",
  alarm: "B3261E",
  link: "0B57A4",
  tint: "EEF2F6",
  rule: "9AA5B1",
};

/** Text as one run: line feeds and tabs kept, what cannot be seen shown by its code. */
export function run(text: string, style: RunStyle = {}): Xml {
  const lines = shownText(text).split("\n");
  const content = lines.flatMap((line, index): Xml[] => [
    ...(index === 0 ? [] : [element("w:br")]),
    ...line
      .split("\t")
      .flatMap((piece, place): Xml[] => [
        ...(place === 0 ? [] : [element("w:tab")]),
        ...(piece === "" ? [] : [element("w:t", { "xml:space": "preserve" }, words(piece))]),
      ]),
  ]);
  return element("w:r", {}, runProperties(style), content);
}

/** The properties of a run, in the order that the schema wants; nothing where there are none. */
export function runProperties({ bold, italic, mono, colour, size, style }: RunStyle): Xml | undefined {
  const properties: readonly Content[] = [
    style === undefined ? undefined : element("w:rStyle", { "w:val": style }),
    mono ? element("w:rFonts", { "w:ascii": MONO, "w:hAnsi": MONO, "w:cs": MONO }) : undefined,
    bold ? element("w:b") : undefined,
    italic ? element("w:i") : undefined,
    colour === undefined ? undefined : element("w:color", { "w:val": colour }),
    ...(size === undefined ? [] : [element("w:sz", { "w:val": size }), element("w:szCs", { "w:val": size })]),
  ];
  return properties.some((one) => one !== undefined) ? element("w:rPr", {}, properties) : undefined;
}

/** The face of code and digests. */
export const MONO = "Courier New";

/** What a field such as `PAGE` computes, with what stands there until it does. */
export function field(instruction: string, until: string): Xml {
  return element("w:fldSimple", { "w:instr": ` ${instruction} ` }, run(until));
}
