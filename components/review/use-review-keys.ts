"use client";

import { useLocalStorage } from "@mantine/hooks";
import { useEffect, useEffectEvent } from "react";

/** What letters do on the review page, by letter in lower case. */
export type ReviewKeys = Readonly<Record<string, (() => void) | undefined>>;

/** Fields that take letters for themselves; those that only show a choice do not. */
const FIELDS = "input:not([type=radio], [type=checkbox], [readonly]), textarea, select, [aria-expanded=true][readonly]";

/** True where letters are typed, or where a dialog has the keyboard. */
function isBusy(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.closest(`${FIELDS}, [role=dialog], [role=listbox], [role=menu]`) !== null;
}

/**
 * Listens for the letters of the review page. They are off while one types, in dialogs, and together with Control,
 * Alt or Command.
 */
export function useReviewKeys(keys: ReviewKeys): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isBusy(event.target)) return;
    const action = keys[event.key.toLowerCase()];
    if (!action) return;
    event.preventDefault();
    action();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => press(event);
    document.addEventListener("keydown", listener);
    return () => document.removeEventListener("keydown", listener);
  }, []);
}

/**
 * Whether letters act on the page. People who dictate set off single letters by accident, so this can be switched off;
 * the browser remembers it (WCAG 2.2, 2.1.4).
 */
export function useLettersOn(): readonly [boolean, (on: boolean) => void] {
  const [on, setOn] = useLocalStorage({ key: "countervail.letter-keys", defaultValue: true });
  return [on, setOn];
}
