"use client";

import { useRef, useState } from "react";
import type { Part, ThreadAnchor } from "@/components/review/anchors";
import { focusAfterComment, focusOpenThread, focusThreadOf } from "@/components/review/page-places";
import type { ThreadView } from "@/components/review/thread-view";
import type { NewThread, Threads } from "@/components/review/use-threads";
import type { PartKey } from "@/lib/domain/worksheet/sections";

/** What is shown of the threads, where one is being written, and the ways to them. */
export interface Talk {
  readonly view: ThreadView;
  readonly setView: (view: ThreadView) => void;
  readonly composing: ThreadAnchor | null;
  /** Begins a comment, or ends it with null; the focus then goes back to where it was. */
  readonly compose: (anchor: ThreadAnchor | null) => void;
  /** The part whose sheet is open; undefined for none. */
  readonly sheet: Part | undefined;
  readonly setSheet: (part: Part | undefined) => void;
  /** Leads to the threads of an item. */
  readonly showItem: (part: PartKey, itemId: string) => void;
  /** Goes to the next or previous open thread and hands over where one is then, in words. */
  readonly toThread: (direction: 1 | -1, say: (words: string) => void) => void;
  /** Opens a thread and sees to it that it is shown. */
  readonly open: (thread: NewThread) => Promise<void>;
}

/** Keeps what one sees of a worksheet's threads. `parts` are those of the page, from top to bottom. */
export function useTalk(threads: Threads, narrow: boolean, parts: readonly Part[]): Talk {
  const [view, setView] = useState<ThreadView>("all");
  const [composing, setComposing] = useState<ThreadAnchor | null>(null);
  const [sheet, setSheet] = useState<Part | undefined>(undefined);
  const lastSheet = useRef<Part | undefined>(undefined);
  const begunAt = useRef<Element | null>(null);
  const showSheet = (part: Part | undefined) => {
    if (part !== undefined) lastSheet.current = part;
    setSheet(part);
  };
  const compose = (anchor: ThreadAnchor | null) => {
    if (anchor) {
      begunAt.current = document.activeElement;
      if (narrow) showSheet(anchor.section);
    } else if (composing) {
      const { section } = composing;
      // Only once the composer is gone and its button is back.
      requestAnimationFrame(() => focusAfterComment(begunAt.current, section));
    }
    setComposing(anchor);
  };
  const showItem = (part: PartKey, itemId: string) => {
    if (narrow) showSheet(part);
    else focusThreadOf(itemId);
  };
  const toThread = (direction: 1 | -1, say: (words: string) => void) => {
    const open = threads.all.filter(({ resolvedAt }) => resolvedAt === null);
    if (open.length === 0) return say("No open thread");
    if (view === "resolved" || view === "none") setView("open");
    if (narrow) {
      const withOpen = parts.filter((part) => open.some(({ section }) => section === part));
      const from = lastSheet.current === undefined ? -1 : withOpen.indexOf(lastSheet.current);
      return showSheet(withOpen[(from + direction + withOpen.length) % withOpen.length]);
    }
    // Only once a changed view is on the page.
    requestAnimationFrame(() => {
      const place = focusOpenThread(direction);
      if (place) say(`Open thread ${place.index + 1} of ${place.total}`);
    });
  };
  const open = async (thread: NewThread) => {
    await threads.open(thread);
    if (view === "resolved" || view === "none") setView("all");
  };
  return { view, setView, composing, compose, sheet, setSheet: showSheet, showItem, toThread, open };
}
