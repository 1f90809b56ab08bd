/** An XML document that is none, or that holds what no spreadsheet of ours needs. The message is for people. */
export class BrokenXml extends Error {
  override readonly name = "BrokenXml";
}

/** Told of what stands in a document, in its order. Names are without their namespace's prefix. */
export interface XmlReader {
  readonly open?: (name: string, attributes: ReadonlyMap<string, string>) => void;
  readonly text?: (text: string) => void;
  readonly close?: (name: string) => void;
}

const NAME = "[:A-Z_a-z\\u{80}-\\u{10ffff}][-.:0-9A-Z_a-z\\u{b7}\\u{80}-\\u{10ffff}]*";
const OPEN = new RegExp(`<(${NAME})((?:\\s+${NAME}\\s*=\\s*(?:"[^<"]*"|'[^<']*'))*)\\s*(/?)>`, "uy");
const CLOSE = new RegExp(`</(${NAME})\\s*>`, "uy");
const ATTRIBUTE = new RegExp(`(${NAME})\\s*=\\s*(?:"([^<"]*)"|'([^<']*)')`, "gu");
const REFERENCE = /&(?:#(\d{1,8})|#x([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos));|&/g;
const NAMED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
/** What XML 1.0 does not allow. */
const IMPOSSIBLE = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
const BLANK = /^\s*$/;
/** How deep elements may stand within each other. */
const DEEPEST = 64;

/**
 * Reads a document strictly, each character once. It knows no declarations of types and no entities but the five of XML
 * itself, so that nothing in it can grow or reach out.
 * @throws BrokenXml
 */
export function readXml(document: string, reader: XmlReader): void {
  const source = document.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n");
  if (IMPOSSIBLE.test(source)) throw new BrokenXml("It holds characters that XML does not allow.");
  const reading: Reading = { source, reader, within: [], rooted: false };
  for (let at = 0; at < source.length; ) at = next(reading, at);
  if (!reading.rooted || reading.within.length > 0) throw new BrokenXml("It ends too early.");
}

/** A document that is being read. */
interface Reading {
  readonly source: string;
  readonly reader: XmlReader;
  /** The names of the elements that are open. */
  readonly within: string[];
  /** Whether its root was seen. */
  rooted: boolean;
}

/** Reads what stands at a place. @returns where the next thing begins */
function next(reading: Reading, at: number): number {
  const { source, reader, within } = reading;
  if (source[at] !== "<") return text(reading, at);
  const skipped = pastOther(source, at, within.length > 0 ? reader : {});
  if (skipped !== null) return skipped;
  if (source[at + 1] === "/") return close(reading, at);
  if (within.length === 0 && reading.rooted) throw new BrokenXml("It has more than one root.");
  reading.rooted = true;
  return open(reading, at);
}

function text({ source, reader, within }: Reading, at: number): number {
  const found = source.indexOf("<", at);
  const end = found === -1 ? source.length : found;
  const raw = source.slice(at, end);
  if (within.length === 0 && !BLANK.test(raw)) throw new BrokenXml("Text stands outside of the document.");
  // It is read even where nobody listens, since it may be broken.
  const said = decoded(raw);
  if (within.length > 0) reader.text?.(said);
  return end;
}

/** Past a comment, an instruction or a stretch of characters, which is told as text; null for anything else. */
function pastOther(source: string, at: number, reader: XmlReader): number | null {
  for (const [begin, end] of [
    ["<!--", "-->"],
    ["<?", "?>"],
    ["<![CDATA[", "]]>"],
  ] as const) {
    if (!source.startsWith(begin, at)) continue;
    const found = source.indexOf(end, at + begin.length);
    if (found === -1) throw new BrokenXml("It ends too early.");
    if (begin === "<![CDATA[") reader.text?.(source.slice(at + begin.length, found));
    return found + end.length;
  }
  if (source.startsWith("<!", at)) throw new BrokenXml("It declares types, which a spreadsheet does not.");
  return null;
}

function close({ source, reader, within }: Reading, at: number): number {
  CLOSE.lastIndex = at;
  const name = CLOSE.exec(source)?.[1];
  if (name === undefined || within.pop() !== name) throw new BrokenXml("Its elements do not stand within each other.");
  reader.close?.(local(name));
  return CLOSE.lastIndex;
}

function open({ source, reader, within }: Reading, at: number): number {
  OPEN.lastIndex = at;
  const [, name, given = "", selfClosing] = OPEN.exec(source) ?? [];
  if (name === undefined) throw new BrokenXml("One of its elements is broken.");
  const attributes = new Map<string, string>();
  for (const [, key = "", double, single] of given.matchAll(ATTRIBUTE)) {
    if (attributes.has(key)) throw new BrokenXml("An attribute is given twice.");
    attributes.set(key, decoded(double ?? single ?? ""));
  }
  reader.open?.(local(name), attributes);
  if (selfClosing === "/") reader.close?.(local(name));
  else within.push(name);
  if (within.length > DEEPEST) throw new BrokenXml("Its elements stand too deep within each other.");
  return OPEN.lastIndex;
}

function local(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

function decoded(raw: string): string {
  return raw.replace(REFERENCE, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return NAMED[name] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal);
    const character = code <= 0x10ffff ? String.fromCodePoint(code) : "";
    if (whole === "&" || character === "" || IMPOSSIBLE.test(character)) {
      throw new BrokenXml("It refers to something that XML does not know.");
    }
    return character;
  });
}
