"use client";

import { useSearchParams } from "next/navigation";
import { useCallback, useEffect, useRef, useState } from "react";

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

/** What a person does who has gone on with something else meanwhile. */
const GONE_ON = ["keydown", "pointerdown"] as const;

/**
 * Puts the focus on the questions of the gate, as soon as they are shown. It is not taken from whoever has pressed anything
 * since.
 * @returns gives it up
 */
function goToGate(): () => void {
  let looks = LOOKS;
  const look = () => {
    looks -= 1;
    const places = [...document.querySelectorAll<HTMLElement>("[data-gate]")];
    const shown = places.find((place) => place.offsetParent !== null);
    if (!shown && looks > 0) return;
    end();
    shown?.scrollIntoView({ block: "nearest" });
    shown?.focus({ preventScroll: true });
  };
  const timer = setInterval(look, SETTLED);
  const end = () => {
    clearInterval(timer);
    for (const act of GONE_ON) document.removeEventListener(act, end, true);
  };
  for (const act of GONE_ON) document.addEventListener(act, end, true);
  return end;
}

/** Holds what the panel beside the text shows. */
export function usePanel(): PanelView {
  const [tab, setTab] = useState(useAskedTab());
  const [sheet, onSheet] = useState(false);
  const stop = useRef<() => void>(() => undefined);
  useEffect(() => () => stop.current(), []);
  const onTab = useCallback((next: string) => {
    stop.current();
    setTab(next);
  }, []);
  const showChecks = useCallback(() => {
    onTab("checks");
    if (window.matchMedia(NARROW).matches) onSheet(true);
    stop.current = goToGate();
  }, [onTab]);
  return { tab, onTab, sheet, onSheet, showChecks };
}
