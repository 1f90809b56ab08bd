"use client";

import { useEffect, useRef, useState } from "react";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import type { Outcome } from "@/lib/domain/rigour/finding";
import type { GateStop } from "@/lib/domain/rigour/gate-words";
import type { WorksheetSections } from "@/lib/domain/worksheet/model";

/** A pause in typing after which the rules are asked, in milliseconds: long enough that no key waits for them. */
const PAUSE = 600;

/** What the rules and the gate say of the text as it stands in the page. */
export interface Checks {
  /** Null until they were asked for the first time, and where the server gives nothing to ask them with. */
  readonly said: { readonly outcomes: readonly Outcome[]; readonly stops: readonly GateStop[] } | null;
  /** True when the rules could not be fetched; the server asks them at a submission all the same. */
  readonly failed: boolean;
  readonly retry: () => void;
}

/** Asks the rules and the gate anew after each pause, by the same code as on the server. */
export function useChecks(worksheet: WorksheetDto, sections: WorksheetSections): Checks {
  const { rigour, evidence, header } = worksheet;
  const [said, setSaid] = useState<Checks["said"]>(null);
  const [failed, setFailed] = useState(false);
  const [tries, setTries] = useState(0);
  const asked = useRef(-1);
  useEffect(() => {
    if (!rigour) {
      setSaid(null);
      return;
    }
    let given = true;
    const ask = async () => {
      try {
        // The rules come with the first pause, and not with the page.
        const { askDraft } = await import("@/lib/domain/rigour/ask-draft");
        const { stopsFor } = await import("@/lib/domain/rigour/gate");
        if (!given) return;
        const outcomes = askDraft({ header, evidence }, rigour, sections);
        setSaid({ outcomes, stops: stopsFor(rigour.knowledge, rigour.facts) });
        setFailed(false);
      } catch {
        if (given) setFailed(true);
      }
    };
    const timer = setTimeout(() => void ask(), asked.current === tries ? PAUSE : 0);
    asked.current = tries;
    return () => {
      given = false;
      clearTimeout(timer);
    };
  }, [rigour, evidence, header, sections, tries]);
  return { said, failed, retry: () => setTries((count) => count + 1) };
}
