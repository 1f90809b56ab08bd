"use client";

import { useEffect, useEffectEvent } from "react";

/** What the keys of the review page do. */
export interface ReviewKeys {
  /** J and K: to the next or the previous change. */
  readonly toChange: (direction: 1 | -1) => void;
  /** C: comment on the section one reads. */
  readonly comment: () => void;
  /** ?: show the keys. */
  readonly help: () => void;
}

/** True where letters are typed, or where a dialog has the keyboard. */
function isBusy(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target.closest("input, textarea, select, [role=dialog], [role=listbox], [role=menu]") !== null
  );
}

/** Listens for the keys of the review page. They are off while one types, in dialogs, and together with Control, Alt or Command. */
export function useReviewKeys(keys: ReviewKeys): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isBusy(event.target)) return;
    const actions: Readonly<Record<string, () => void>> = {
      j: () => keys.toChange(1),
      k: () => keys.toChange(-1),
      c: keys.comment,
      "?": keys.help,
    };
    const action = actions[event.key.toLowerCase()];
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
