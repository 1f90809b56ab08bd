"use client";

import { notifications } from "@mantine/notifications";
import { useEffect, useMemo, useState } from "react";
import { browserStore, holdVisit } from "@/components/worksheet/saving/browser-store";
import { makeSendSection, storedOf } from "@/components/worksheet/saving/send-section";
import { forgetText, keepText, type UnsentPlace } from "@/components/worksheet/saving/unsent-text";
import { startSaver, type WorksheetSaver } from "@/components/worksheet/saving/worksheet-saver";
import type { Problem } from "@/lib/contracts/problem";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import { PART_LABELS, type PartKey } from "@/lib/domain/worksheet/sections";

type Sections = NonNullable<WorksheetDto["sections"]>;

/** The saver of a page and the visit that its unsent text is kept under. */
export interface PageSaver {
  readonly saver: WorksheetSaver;
  readonly place: UnsentPlace;
  /** True when this device refused to keep unsent text (private mode, no room). */
  readonly cannotKeep: boolean;
}

/**
 * Starts saving the sections of a worksheet as they were loaded, for as long as the page lives.
 * `onSaved` is told after each save that the server answered, and `ask` asks whether a text holds card numbers.
 */
export function useWorksheetSaver(
  worksheetId: string,
  userId: string,
  sections: Sections,
  onSaved: () => void,
  ask: (problem: Problem) => Promise<boolean>,
): PageSaver {
  const [cannotKeep, setCannotKeep] = useState(false);
  const [{ saver, place }] = useState(() => {
    const own: UnsentPlace = { userId, worksheetId, visitId: crypto.randomUUID() };
    return { place: own, saver: makeSaver(own, sections, setCannotKeep, notifyMerged, ask) };
  });

  useEffect(() => {
    const visit = holdVisit(place.visitId);
    saver.resume();
    return () => {
      saver.flushAll();
      saver.stop();
      visit.release();
    };
  }, [saver, place]);

  useEffect(() => {
    let last = versions(saver);
    return saver.subscribe(() => {
      const now = versions(saver);
      if (now !== last) onSaved();
      last = now;
    });
  }, [saver, onSaved]);

  useEffect(() => watchPage(saver), [saver]);
  return useMemo(() => ({ saver, place, cannotKeep }), [saver, place, cannotKeep]);
}

function versions(saver: WorksheetSaver): string {
  return saver.parts.map((key) => saver.state(key).base.version).join(".");
}

function notifyMerged(key: PartKey, by: string | null): void {
  notifications.show({
    title: `${PART_LABELS[key]}: changes merged`,
    message: `${by ?? "Somebody"} changed other parts of this section while you wrote. Both are kept.`,
    autoClose: 8000,
  });
}

function makeSaver(
  place: UnsentPlace,
  sections: Sections,
  setCannotKeep: (cannot: boolean) => void,
  onMerged: (key: PartKey, by: string | null) => void,
  ask: (problem: Problem) => Promise<boolean>,
): WorksheetSaver {
  const loaded = Object.fromEntries(Object.values(sections).map((part) => [part.key, storedOf(part)]));
  return startSaver(loaded as Parameters<typeof startSaver>[0], {
    send: makeSendSection(place.worksheetId, ask, () => performance.now()),
    keep: (key, { content, base, attempt }) => {
      const at = new Date().toISOString();
      setCannotKeep(!keepText(browserStore, place, key, { content, base, attempt, at }));
    },
    forget: (key) => forgetText(browserStore, place, key),
    onMerged: (key, theirs) => onMerged(key, theirs.savedBy),
    newKey: () => crypto.randomUUID(),
    now: () => performance.now(),
    after: (milliseconds, act) => {
      const timer = setTimeout(act, milliseconds);
      return () => clearTimeout(timer);
    },
  });
}

/** Saves on leaving and hiding the page, warns of unsaved text, retries when the connection is back. */
function watchPage(saver: WorksheetSaver): () => void {
  const flush = () => saver.flushAll();
  const onHide = () => document.visibilityState === "hidden" && flush();
  const onUnload = (event: BeforeUnloadEvent) => {
    if (saver.unsaved().length === 0) return;
    flush();
    event.preventDefault();
  };
  const retry = () => saver.retryAll();
  const onKey = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== "s") return;
    event.preventDefault();
    flush();
  };
  document.addEventListener("visibilitychange", onHide);
  document.addEventListener("keydown", onKey);
  window.addEventListener("pagehide", flush);
  window.addEventListener("beforeunload", onUnload);
  window.addEventListener("online", retry);
  return () => {
    document.removeEventListener("visibilitychange", onHide);
    document.removeEventListener("keydown", onKey);
    window.removeEventListener("pagehide", flush);
    window.removeEventListener("beforeunload", onUnload);
    window.removeEventListener("online", retry);
  };
}
