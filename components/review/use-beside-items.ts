"use client";

import { type RefObject, useEffect } from "react";
import { spacesAbove } from "@/components/review/margin-order";

/** Least space between two cards, in pixels. */
const BETWEEN = 10;

/**
 * Moves the cards in a margin (its children) down until they stand beside the items that they name by `data-about`,
 * and does so again whenever text or cards change their size.
 */
export function useBesideItems(margin: RefObject<HTMLElement | null>, active: boolean): void {
  useEffect(() => {
    const box = margin.current;
    if (!box) return;
    const cards = () => [...box.children].filter((one): one is HTMLElement => one instanceof HTMLElement);
    if (!active) {
      for (const card of cards()) card.style.marginTop = "";
      return;
    }
    const place = () => {
      const top = box.getBoundingClientRect().top;
      const all = cards();
      const spaces = spacesAbove(
        all.map((card) => {
          const item = document.getElementById(`item-${card.dataset.about ?? ""}`);
          const wanted = item ? item.getBoundingClientRect().top - top : 0;
          return { wanted, height: card.offsetHeight };
        }),
        BETWEEN,
      );
      for (const [index, card] of all.entries()) card.style.marginTop = `${spaces[index] ?? 0}px`;
    };
    const sizes = new ResizeObserver(place);
    sizes.observe(box.closest("section") ?? box);
    for (const card of cards()) sizes.observe(card);
    place();
    return () => sizes.disconnect();
  });
}
