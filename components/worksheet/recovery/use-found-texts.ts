"use client";

import { useCallback, useEffect, useState } from "react";
import { browserStore, openVisits } from "@/components/worksheet/saving/browser-store";
import { type FoundText, findTexts, type UnsentPlace } from "@/components/worksheet/saving/unsent-text";
import { isSame } from "@/lib/domain/same";
import type { SectionContent } from "@/lib/domain/worksheet/model";
import type { SectionKey } from "@/lib/domain/worksheet/sections";

/** Unsent texts of earlier visits, and how to be rid of one. */
export interface FoundTexts {
  readonly found: readonly FoundText[];
  readonly drop: (text: FoundText) => void;
}

/** Looks once for unsent text of earlier visits; what the server has by now is cleared away without a word. */
export function useFoundTexts(place: UnsentPlace, saved: (key: SectionKey) => SectionContent): FoundTexts {
  const [found, setFound] = useState<readonly FoundText[]>([]);
  useEffect(() => {
    let gone = false;
    void openVisits().then((visits) => {
      if (gone) return;
      const all = findTexts(browserStore, place, visits);
      const needless = all.filter((text) => isSame(text.content, saved(text.section)));
      for (const text of needless) browserStore.remove(text.storeKey);
      setFound(all.filter((text) => !needless.includes(text)));
    });
    return () => {
      gone = true;
    };
  }, [place, saved]);
  const drop = useCallback((text: FoundText) => {
    browserStore.remove(text.storeKey);
    setFound((all) => all.filter((other) => other !== text));
  }, []);
  return { found, drop };
}
