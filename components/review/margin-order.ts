import type { ThreadDto } from "@/lib/contracts/review";

/**
 * The threads of a part in the order of what they are about: first those on the part as a whole, then those on its
 * items from top to bottom, and last those on items that are gone. Each of them the oldest first, as they come.
 */
export function inPageOrder(threads: readonly ThreadDto[], itemIds: readonly string[]): readonly ThreadDto[] {
  const rank = ({ itemId }: ThreadDto) => {
    if (itemId === null) return -1;
    const at = itemIds.indexOf(itemId);
    return at === -1 ? itemIds.length : at;
  };
  return [...threads].sort((a, b) => rank(a) - rank(b));
}

/** A card of the margin, in points of the page from its upper edge: where it would best stand, and how high it is. */
export interface Placing {
  readonly wanted: number;
  readonly height: number;
}

/**
 * The space above each card, so that it begins beside what it is about, or right below the card before it where that
 * one still stands in the way. `between` is the least space between two cards.
 */
export function spacesAbove(cards: readonly Placing[], between: number): readonly number[] {
  let bottom = 0;
  return cards.map(({ wanted, height }, index) => {
    const least = index === 0 ? 0 : between;
    const space = Math.max(least, wanted - bottom);
    bottom += space + height;
    return space;
  });
}
