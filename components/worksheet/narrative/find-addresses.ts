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
const ADDRESS = /(?<![\w@./-])(?:(?:https?:\/\/|mailto:|www\.)[^\s<>"“”]+|[\w.+-]+@[a-z\d-]+(?:\.[a-z\d-]+)+)/giu;

/** Signs that end a sentence around an address, and do not belong to it. */
const AFTER = /[.,:;!?'’)\]}*_]$/u;
const OPENED: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };

/** The addresses in a text, in their order. */
export function findAddresses(text: string): readonly FoundAddress[] {
  return [...text.matchAll(ADDRESS)].flatMap(({ 0: match, index }) => {
    const address = withoutEnd(match);
    const href = completeAddress(address);
    const whole = href !== null && (!/^https?:|^www/iu.test(address) || hasHost(href));
    return whole ? [{ from: index, to: index + address.length, href }] : [];
  });
}

function withoutEnd(match: string): string {
  let address = match;
  while (AFTER.test(address)) {
    const opened = OPENED[address.slice(-1)];
    // A bracket that was opened within the address is closed in it.
    if (opened !== undefined && count(address, opened) >= count(address, address.slice(-1))) break;
    address = address.slice(0, -1);
  }
  return address;
}

const count = (text: string, sign: string) => text.split(sign).length - 1;
const hasHost = (href: string) => new URL(href).hostname.includes(".") || new URL(href).hostname === "localhost";
