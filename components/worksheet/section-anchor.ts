import type { SectionKey } from "@/lib/domain/worksheet/sections";

/** The id of a section's heading in the page, which links and the list of sections jump to. */
export function sectionAnchor(key: SectionKey): string {
  return `section-${key}`;
}

/** Brings a section into view and puts the focus on its heading. */
export function goToSection(key: SectionKey): void {
  const heading = document.getElementById(sectionAnchor(key));
  heading?.scrollIntoView({ block: "start" });
  heading?.focus({ preventScroll: true });
}
