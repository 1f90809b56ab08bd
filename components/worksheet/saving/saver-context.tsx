"use client";

import { createContext, type ReactNode, useCallback, useContext, useRef, useSyncExternalStore } from "react";
import type { SaveState } from "@/components/worksheet/saving/save-state";
import type { WorksheetSaver } from "@/components/worksheet/saving/worksheet-saver";
import type { PartContents, SectionContent, WorksheetSections } from "@/lib/domain/worksheet/model";
import { type PartKey, SECTION_KEYS } from "@/lib/domain/worksheet/sections";

const SaverContext = createContext<WorksheetSaver | null>(null);

/** Hands the page's saver to everything that reads or edits a section. */
export function SaverProvider({ saver, children }: { readonly saver: WorksheetSaver; readonly children: ReactNode }) {
  return <SaverContext value={saver}>{children}</SaverContext>;
}

/** The page's saver. Only inside SaverProvider. */
export function useSaver(): WorksheetSaver {
  const saver = useContext(SaverContext);
  if (!saver) throw new Error("useSaver needs a SaverProvider around it.");
  return saver;
}

/** A section as the page shows it now, and how it stands to the server's. Renders again when it changes. */
export function useSaveState(key: PartKey): SaveState<SectionContent> {
  const saver = useSaver();
  const read = useCallback(() => saver.state(key), [saver, key]);
  return useSyncExternalStore(saver.subscribe, read, read);
}

/** The content of a section as the page shows it now. */
export function useSectionContent<K extends PartKey>(key: K): SectionContent<K> {
  return useSaveState(key).content as SectionContent<K>;
}

/** The content of all six sections as the page shows them now. */
export function useAllSections(): WorksheetSections {
  const saver = useSaver();
  const last = useRef<WorksheetSections | null>(null);
  const read = useCallback(() => {
    const shown = last.current;
    if (shown && SECTION_KEYS.every((key) => shown[key] === saver.content(key))) return shown;
    const now = Object.fromEntries(
      SECTION_KEYS.map((key) => [key, saver.content(key)]),
    ) as unknown as WorksheetSections;
    last.current = now;
    return now;
  }, [saver]);
  return useSyncExternalStore(saver.subscribe, read, read);
}

/** The contents of the parts of a record as the page shows them now. */
export function useAllParts(): PartContents {
  const saver = useSaver();
  const last = useRef<PartContents | null>(null);
  const read = useCallback(() => {
    const shown: Readonly<Partial<Record<PartKey, unknown>>> | null = last.current;
    if (shown && saver.parts.every((key) => shown[key] === saver.content(key))) return last.current ?? {};
    const now: PartContents = Object.fromEntries(saver.parts.map((key) => [key, saver.content(key)]));
    last.current = now;
    return now;
  }, [saver]);
  return useSyncExternalStore(saver.subscribe, read, read);
}

/** The sections that the server is not known to have as they are shown. */
export function useUnsaved(): readonly PartKey[] {
  const saver = useSaver();
  const read = useCallback(() => saver.unsaved().join(","), [saver]);
  const keys = useSyncExternalStore(saver.subscribe, read, read);
  return keys === "" ? [] : (keys.split(",") as PartKey[]);
}
