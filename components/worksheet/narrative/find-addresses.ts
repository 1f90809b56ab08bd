import { completeAddress } from "@/components/worksheet/narrative/link-address";

/** An address in a text: where it stands, in UTF-16 units, and what it is linked to. */
export interface FoundAddress {
  readonly from: number;
  readonly to: number;
  readonly href: string;
}

/**
 * What is taken for an address without being asked: full ones, those that start with www., and mail addresses. A name with a
 * dot alone is none: `rotate.sh`, `keys.md` and `payments.internal` are what people write about.
 */
const ADDRESS =
  /(?:(?<![a-z\d@./+-]|[a-z\d]_)(?:https?:\/\/|mailto:|www\.)[^\s<>"“”`|]+|(?<![\w@./+-])[\w.+-]+@[a-z\d-]+(?:\.[a-z\d-]+)+)/giu;

/** Signs that end a sentence around an address, and do not belong to it. */
const AFTER = ".,:;!?'’)]}*_";
const OPENED: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };
/** How far back the signs are looked for that make an address bold or italic in Markdown (UTF-16 units). */
const BACK = 2000;

/**
 * The addresses in a text, in their order. The time grows with the length of the text, whatever it says.
 * @param anyHost whether a host may be a single word, as in `https://jira/`
 */
export function findAddresses(text: string, anyHost = false): readonly FoundAddress[] {
  return [...text.matchAll(ADDRESS)].flatMap(({ 0: match, index }) => {
    const address = withoutEnd(match, text.slice(Math.max(0, index - BACK), index));
    const href = completeAddress(address);
    const whole = href !== null && (anyHost || !/^https?:|^www/iu.test(address) || hasHost(href));
    return whole ? [{ from: index, to: index + address.length, href }] : [];
  });
}

function withoutEnd(match: string, before: string): string {
  const counts = new Map<string, number>();
  for (const sign of match) counts.set(sign, (counts.get(sign) ?? 0) + 1);
  const count = (sign: string) => counts.get(sign) ?? 0;
  let end = match.length;
  while (AFTER.includes(match.charAt(end - 1))) {
    const sign = match.charAt(end - 1);
    const opened = OPENED[sign];
    // A bracket that was opened within the address is closed in it.
    if (opened && count(opened) >= count(sign)) break;
    counts.set(sign, count(sign) - 1);
    let cut = end - 1;
    if (sign === "*" || sign === "_") {
      while (match.charAt(cut - 1) === sign) cut--;
      // `__init__` and `role/*` are parts of addresses; what closes a bold text is none.
      if (!isOpened(before, match.slice(cut, end))) break;
    }
    end = cut;
  }
  return match.slice(0, end);
}

/** Whether signs stand last where they begin a bold or italic text: at the start of a word. */
function isOpened(before: string, signs: string): boolean {
  const at = before.lastIndexOf(signs);
  return at >= 0 && !/[\p{L}\d*_]/u.test(before.charAt(at - 1)) && !/\s/u.test(before.charAt(at + signs.length));
}

/** Whether an address names a host that people would, not a single word. */
export const hasHost = (href: string) => new URL(href).hostname.includes(".") || new URL(href).hostname === "localhost";
