"use client";

import { useCallback, useState } from "react";
import { afterRefresh } from "@/components/kit/refresh";
import { type Action, useAction } from "@/components/kit/use-action";
import { firstChoice, loadTexts, type ReviewTexts } from "@/components/review/review-texts";
import { type VersionChoice, writeChoice } from "@/components/review/version-choice";
import type { WorksheetDto } from "@/lib/contracts/worksheet";

/** The texts on the page and how to choose others; a failed choice leaves what is shown. */
export interface ReviewTextsState extends Pick<Action, "busy" | "error"> {
  readonly texts: ReviewTexts;
  readonly choose: (choice: VersionChoice) => Promise<void>;
  /** Shows the newest text of a worksheet that was read anew. */
  readonly showNewest: (worksheet: WorksheetDto) => Promise<void>;
}

/** Holds the texts of the review page and keeps the choice in the address. */
export function useReviewTexts(worksheet: WorksheetDto, initial: ReviewTexts): ReviewTextsState {
  const [texts, setTexts] = useState(initial);
  const { run, busy, error } = useAction();
  const show = useCallback(
    async (of: WorksheetDto, choice: VersionChoice, search: string) => {
      const { pathname } = window.location;
      const next = await run(() => loadTexts(of, choice));
      if (!next) return;
      setTexts(next);
      afterRefresh(() => {
        // Whoever has gone to another page meanwhile has left this choice behind.
        if (window.location.pathname === pathname) window.history.replaceState(null, "", `${pathname}${search}`);
      });
    },
    [run],
  );
  const choose = useCallback(
    (choice: VersionChoice) => show(worksheet, choice, writeChoice(choice)),
    [show, worksheet],
  );
  const showNewest = useCallback(
    async (of: WorksheetDto) => {
      const choice = firstChoice(of);
      // No text was chosen, so the address names none: loading the page again shows what is newest then.
      if (choice) await show(of, choice, "");
    },
    [show],
  );
  return { texts, choose, showNewest, busy, error };
}
