"use client";

import { useEffect, useRef, useState } from "react";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import type { Outcome } from "@/lib/domain/rigour/finding";
import type { WorksheetSections } from "@/lib/domain/worksheet/model";

/** A pause in typing after which the rules are asked, in milliseconds: long enough that no key waits for them. */
const PAUSE = 600;

/**
 * What the rules say of the text as it stands in the page: asked anew after a pause, by the same code as on the server.
 * Null until they were asked for the first time, and where the server gives nothing to ask them with.
 */
export function useChecks(worksheet: WorksheetDto, sections: WorksheetSections): readonly Outcome[] | null {
  const { rigour, evidence, header } = worksheet;
  const [outcomes, setOutcomes] = useState<readonly Outcome[] | null>(null);
  const first = useRef(true);
  useEffect(() => {
    if (!rigour) {
      setOutcomes(null);
      return;
    }
    let given = true;
    const ask = async () => {
      // The rules come with the first pause, and not with the page.
      const { askDraft } = await import("@/lib/domain/rigour/ask-draft");
      if (given) setOutcomes(askDraft({ header, evidence }, rigour, sections));
    };
    const timer = setTimeout(() => void ask(), first.current ? 0 : PAUSE);
    first.current = false;
    return () => {
      given = false;
      clearTimeout(timer);
    };
  }, [rigour, evidence, header, sections]);
  return outcomes;
}
