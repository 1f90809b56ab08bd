/** One element of DER: its tag, and where it and its content lie in the bytes around it. */
export interface DerElement {
  readonly tag: number;
  /** The whole element, tag and length included. */
  readonly bytes: Uint8Array;
  readonly content: Uint8Array;
}

/**
 * Reads elements that lie one behind the other and fill the bytes: one-byte tags, lengths of two bytes at most, in their
 * one shortest form. @returns null for anything else
 */
export function derElements(bytes: Uint8Array): readonly DerElement[] | null {
  const found: DerElement[] = [];
  for (let at = 0; at < bytes.length; ) {
    const element = elementAt(bytes, at);
    if (!element) return null;
    found.push(element);
    at += element.bytes.length;
  }
  return found;
}

function elementAt(bytes: Uint8Array, at: number): DerElement | null {
  const [tag = 0, first = 0, high = 0, low = 0] = bytes.subarray(at, at + 4);
  const long = first - 0x80;
  if ((tag & 0x1f) === 0x1f || long === 0 || long > 2) return null;
  const length = long < 0 ? first : long === 1 ? high : high * 256 + low;
  if ((long === 1 && length < 0x80) || (long === 2 && length < 0x100)) return null;
  const begin = at + 2 + Math.max(long, 0);
  const end = begin + length;
  if (end > bytes.length) return null;
  return { tag, bytes: bytes.subarray(at, end), content: bytes.subarray(begin, end) };
}
