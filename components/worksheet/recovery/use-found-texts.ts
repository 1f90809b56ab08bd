"use client";

import { useCallback, useEffect, useState } from "react";
import { browserStore, openVisits, visitEnded } from "@/components/worksheet/saving/browser-store";
import { type FoundText, findTexts, hasTexts, type UnsentPlace } from "@/components/worksheet/saving/unsent-text";
import { isSame } from "@/lib/domain/same";
import type { SectionContent } from "@/lib/domain/worksheet/model";
import type { PartKey } from "@/lib/domain/worksheet/sections";

/** Unsent texts of earlier visits, and how to be rid of one. */
export interface FoundTexts {
  readonly found: readonly FoundText[];
  readonly drop: (text: FoundText) => void;
}

/**
 * Looks for unsent text of earlier visits, and again when a visit that was still open ends: after a reload the former
 * page may live a little longer. What the server has by now is cleared away without a word.
 */
export function useFoundTexts(place: UnsentPlace, saved: (key: PartKey) => SectionContent): FoundTexts {
  const [found, setFound] = useState<readonly FoundText[]>([]);
  useEffect(() => {
    const over = new AbortController();
    const look = async () => {
      const visits = await openVisits();
      if (over.signal.aborted) return visits;
      const fits = await loadFits(place);
      if (over.signal.aborted) return visits;
      const all = findTexts(browserStore, place, visits, fits);
      const needless = all.filter((text) => isSame(text.content, saved(text.section)));
      for (const text of needless) browserStore.remove(text.storeKey);
      setFound(all.filter((text) => !needless.includes(text)));
      return visits;
    };
    const lookWhenEnded = (visitId: string) =>
      visitEnded(visitId, over.signal).then(look, () => {
        // This page went first; there is nothing left to show.
      });
    void look().then((visits) => {
      for (const visitId of visits) if (visitId !== place.visitId && !over.signal.aborted) void lookWhenEnded(visitId);
    });
    return () => over.abort();
  }, [place, saved]);
  const drop = useCallback((text: FoundText) => {
    browserStore.remove(text.storeKey);
    setFound((all) => all.filter(({ storeKey }) => storeKey !== text.storeKey));
  }, []);
  return { found, drop };
}

/** How narratives are read is loaded with the editor, and here where there is one to read. Without it each is offered as words. */
async function loadFits(place: UnsentPlace): Promise<(narrative: unknown) => boolean> {
  const never = () => false;
  if (!hasTexts(browserStore, place)) return never;
  return import("@/components/worksheet/narrative/fits-editor").then(
    (module) => module.fitsEditor,
    () => never,
  );
}
