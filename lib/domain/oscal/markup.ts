/** Stands where nothing was written and OSCAL wants something. No text of anybody's comes out as this: stars are escaped. */
const NOTHING = "*Not written yet.*";

/** What Markdown takes for markup anywhere. */
const ANYWHERE = /[\\`*_[\]<>~^&|{}]/g;
/**
 * What it takes for markup at the beginning of a line: headings, lists, rules. Blanks of that line alone: with those of the
 * lines below, each of many empty lines would be looked through to the end of all.
 */
const AT_START = /^([^\S\n\r\u2028\u2029]*)(?:([#+=:-])|(\d+)([.)]))/gm;

/** Plain text as Markdown that shows exactly it, so that nothing in it becomes markup; {@link plain} brings it back. */
export function escapeMarkup(text: string): string {
  return text
    .replace(ANYWHERE, "\\$&")
    .replace(AT_START, (_all, blank: string, sign: string | undefined, number: string, end: string) =>
      sign ? `${blank}\\${sign}` : `${blank}${number}\\${end}`,
    )
    .replaceAll("\n", "\\\n");
}

/** Plain text as a body of Markdown; text that is empty leaves a note that nothing is written. */
export function body(text: string): string {
  return text === "" ? NOTHING : escapeMarkup(text);
}

/** The plain text that {@link body} wrote. */
export function plain(markup: string | undefined): string {
  if (markup === undefined || markup === NOTHING) return "";
  return markup.replace(/\\([\s\S])/g, "$1");
}

/** A body under a heading in bold. */
export function headed(heading: string, text: string): string {
  return headOf(heading) + body(text);
}

/** The plain text below a heading that is known. */
export function belowHead(heading: string, markup: string): string {
  const head = headOf(heading);
  return plain(markup.startsWith(head) ? markup.slice(head.length) : markup);
}

function headOf(heading: string): string {
  return `**${line(heading, "Untitled")}**\n\n`;
}

/** Text as one line of Markdown; never empty. */
export function line(text: string, otherwise: string): string {
  return escapeMarkup(flat(text, otherwise));
}

/** Text as one line without markup, such as a name; never empty. */
export function flat(text: string, otherwise: string): string {
  return text.replace(/[\s\u2028\u2029]+/gu, " ").trim() || otherwise;
}

/** A calendar day as the instant that OSCAL wants, at its beginning in UTC. */
export function instantOf(day: string): string {
  return `${day}T00:00:00Z`;
}

/** What a URI is made of (RFC 3986); brackets have a place in the host alone and are left out. */
const OUTSIDE_URI = /[^A-Za-z0-9\-._~:/?#@!$&'()*+,;=%]/gu;

/** An address as a URI: what may not stand in one is percent-encoded. */
export function uriOf(address: string): string {
  const [before = "", ...after] = address
    .replace(/%(?![0-9A-Fa-f]{2})/g, "%25")
    .replace(OUTSIDE_URI, (character) => encodeURIComponent(character))
    .split("#");
  return after.length === 0 ? before : `${before}#${after.join("%23")}`;
}
