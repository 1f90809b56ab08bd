import { LINK_SCHEMES } from "@/lib/domain/worksheet/narrative";

/**
 * The address as it may be put into a document as a live link, or null when it may not: only full
 * http, https and mailto addresses pass, normalised so that they are plain ASCII without blanks.
 * A `javascript:` address, or one with a scheme hidden by tabs or letter case, never passes.
 */
export function safeLink(href: string): string | null {
  if (!URL.canParse(href)) return null;
  const url = new URL(href);
  return (LINK_SCHEMES as readonly string[]).includes(url.protocol) ? url.href : null;
}
