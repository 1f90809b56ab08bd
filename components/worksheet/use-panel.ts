"use client";

import { useSearchParams } from "next/navigation";
import { useCallback, useState } from "react";

/** The width up to which the panel is a sheet over the page; the same as in worksheet.module.css. */
const NARROW = "(max-width: 72em)";
/** Until a dialog has given the focus back, and the panel is there; the checks may come later, so that they are looked for again. */
const SETTLED = 300;
/** How often they are looked for. */
const LOOKS = 20;

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

/** Puts the focus on the questions of the gate, as soon as they are shown. */
function goToGate(looks: number): void {
  setTimeout(() => {
    const places = [...document.querySelectorAll<HTMLElement>("[data-gate]")];
    const shown = places.find((place) => place.offsetParent !== null);
    if (!shown) {
      if (looks > 1) goToGate(looks - 1);
      return;
    }
    shown.scrollIntoView({ block: "nearest" });
    shown.focus({ preventScroll: true });
  }, SETTLED);
}

/** Holds what the panel beside the text shows. */
export function usePanel(): PanelView {
  const [tab, onTab] = useState(useAskedTab());
  const [sheet, onSheet] = useState(false);
  const showChecks = useCallback(() => {
    onTab("checks");
    if (window.matchMedia(NARROW).matches) onSheet(true);
    goToGate(LOOKS);
  }, []);
  return { tab, onTab, sheet, onSheet, showChecks };
}
