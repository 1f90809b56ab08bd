import type { Finding, Outcome } from "@/lib/domain/rigour/finding";
import { findingsIn } from "@/lib/domain/rigour/finding";
import type { SectionKey } from "@/lib/domain/worksheet/sections";

/** What of a draft still reads as what it was begun from. */
export interface StillAlike {
  /** Nothing was changed at all. */
  readonly untouched: boolean;
  /** The sections that are still nearly the same, each with what the rules say of it. */
  readonly sections: readonly { readonly section: SectionKey; readonly finding: Finding }[];
}

/** Reads out of what the rules say which sections are still like their source; null until they were asked. */
export function stillAlike(outcomes: readonly Outcome[] | null): StillAlike | null {
  if (!outcomes) return null;
  const copies = findingsIn(outcomes).filter(({ rule, key }) => rule === "L23" && /^L23:(sample|copy)/.test(key));
  return {
    untouched: copies.some(({ place }) => place.section === null),
    sections: copies.flatMap((finding) => {
      const { section } = finding.place;
      return section === null ? [] : [{ section, finding }];
    }),
  };
}
