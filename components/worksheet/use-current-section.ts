"use client";

import { useEffect, useState } from "react";
import { goToSection, sectionAnchor } from "@/components/worksheet/section-anchor";
import type { PartKey } from "@/lib/domain/worksheet/sections";

/** The part of the window, from its top, in which a section's heading makes it the current one. */
const READING_LINE = 0.35;

/**
 * The section that one is in: the one that has the focus or was scrolled to last. Alt with the up or
 * down arrow goes to the one before or after.
 */
export function useCurrentSection(order: readonly PartKey[]): PartKey {
  const [current, setCurrent] = useState<PartKey>(order[0] ?? "constraints");

  useEffect(() => {
    // What was written in last, also while the focus is in the panel beside it.
    let last: Element | null = null;
    const onScroll = () => setCurrent(sectionInView(last) ?? sectionAtReadingLine(order));
    const onFocus = ({ target }: FocusEvent) => {
      if (!(target instanceof Element) || !target.closest("[data-section]")) return;
      last = target;
      setCurrent((before) => sectionInView(target) ?? before);
    };
    window.addEventListener("scroll", onScroll, { passive: true });
    document.addEventListener("focusin", onFocus);
    return () => {
      window.removeEventListener("scroll", onScroll);
      document.removeEventListener("focusin", onFocus);
    };
  }, [order]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (by === undefined || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      // Closed choice fields open with the same keys.
      if ((event.target as Element | null)?.closest("select, [role=combobox], [role=dialog]")) return;
      const next = order[order.indexOf(current) + by];
      event.preventDefault();
      if (next) goToSection(next);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [order, current]);
  return current;
}

/** The section of an element, as long as some of the element can be seen. */
function sectionInView(element: Element | null): PartKey | null {
  const section = element?.closest<HTMLElement>("[data-section]");
  if (!element?.isConnected || !section) return null;
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > 0 && top < window.innerHeight ? (section.dataset.section as PartKey) : null;
}

function sectionAtReadingLine(order: readonly PartKey[]): PartKey {
  const line = window.innerHeight * READING_LINE;
  const passed = order.filter((key) => {
    const heading = document.getElementById(sectionAnchor(key));
    return heading !== null && heading.getBoundingClientRect().top <= line;
  });
  const atEnd = window.innerHeight + window.scrollY >= document.documentElement.scrollHeight - 2;
  return (atEnd && window.scrollY > 0 ? order.at(-1) : passed.at(-1)) ?? order[0] ?? "constraints";
}
