/**
 * XML that this module made. Only `element` and `words` make it, and both escape what they are given, so that nothing
 * which somebody typed can become markup: plain text does not fit where markup is asked for.
 */
export class Xml {
  readonly #markup: string;

  constructor(markup: MadeMarkup) {
    this.#markup = markup.text;
  }

  toString(): string {
    return this.#markup;
  }
}

/** Markup on its way into an {@link Xml}: a class that is not exported, so that nobody else can make one. */
class MadeMarkup {
  constructor(readonly text: string) {}
}

/** What an attribute may be. One that is undefined is left out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;
/** What stands in an element. */
export type Content = Xml | readonly Content[] | undefined;

const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
/** What XML 1.0 cannot hold, not even as a reference. */
const IMPOSSIBLE = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
const SPECIAL = /[&<>"\r\n\t]/g;
const REFERENCES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\r": "&#13;",
  "\n": "&#10;",
  "\t": "&#9;",
};

function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(IMPOSSIBLE, "\ufffd")
    .replace(SPECIAL, (sign) => REFERENCES[sign] ?? sign);
}

/** An element. Names of elements and attributes are the renderer's own words, never anything typed. */
export function element(name: string, attributes: Attributes = {}, ...content: readonly Content[]): Xml {
  const given = attributesOf(attributes);
  const inside = markupOf(content);
  return new Xml(new MadeMarkup(inside === "" ? `<${name}${given}/>` : `<${name}${given}>${inside}</${name}>`));
}

/** Text as it stands between tags. What XML cannot hold becomes U+FFFD. */
export function words(text: string): Xml {
  return new Xml(new MadeMarkup(escaped(text)));
}

/** A whole document with its declaration. */
export function xmlDocument(root: Xml): string {
  return DECLARATION + root;
}

/**
 * A whole document in pieces, for one that is too long to be held.
 * @param around the elements around the content, from the root inwards
 */
export async function* xmlPieces(
  around: readonly (readonly [name: string, attributes: Attributes])[],
  content: AsyncIterable<Content>,
): AsyncGenerator<string> {
  yield DECLARATION + around.map(([name, attributes]) => `<${name}${attributesOf(attributes)}>`).join("");
  for await (const piece of content) yield markupOf([piece]);
  yield around
    .map(([name]) => `</${name}>`)
    .reverse()
    .join("");
}

function attributesOf(attributes: Attributes): string {
  return Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escaped(String(value))}"`)
    .join("");
}

function markupOf(content: readonly Content[]): string {
  return content.map((one) => (one === undefined ? "" : one instanceof Xml ? one.toString() : markupOf(one))).join("");
}
