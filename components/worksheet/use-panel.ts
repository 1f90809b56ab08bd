"use client";

import { useSearchParams } from "next/navigation";
import { useCallback, useState } from "react";

/** The width up to which the panel is a sheet over the page; the same as in worksheet.module.css. */
const NARROW = "(max-width: 72em)";
/** Until a dialog has given the focus back, and the panel is there. */
const SETTLED = 300;

const TABS: readonly string[] = ["guidance", "checks", "evidence", "threads", "history"];

/** The tab that the address names with `panel`, for links to where something is mended. */
function useAskedTab(): string {
  const asked = useSearchParams().get("panel") ?? "";
  return TABS.includes(asked) ? asked : "guidance";
}

/** Which tab of the panel is shown, and whether its sheet is open on a narrow screen. */
export interface PanelView {
  readonly tab: string;
  readonly onTab: (tab: string) => void;
  readonly sheet: boolean;
  readonly onSheet: (open: boolean) => void;
  /** Shows the checks, and puts the focus on the questions of the gate. */
  readonly showChecks: () => void;
}

/** Holds what the panel beside the text shows. */
export function usePanel(): PanelView {
  const [tab, onTab] = useState(useAskedTab());
  const [sheet, onSheet] = useState(false);
  const showChecks = useCallback(() => {
    onTab("checks");
    if (window.matchMedia(NARROW).matches) onSheet(true);
    setTimeout(() => {
      const places = [...document.querySelectorAll<HTMLElement>("[data-gate]")];
      const shown = places.find((place) => place.offsetParent !== null);
      shown?.scrollIntoView({ block: "nearest" });
      shown?.focus({ preventScroll: true });
    }, SETTLED);
  }, []);
  return { tab, onTab, sheet, onSheet, showChecks };
}
