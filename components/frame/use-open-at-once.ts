import { type RefObject, useEffect, useRef, useState } from "react";

/** A menu that came by the press that was to open it: its button, and whether it is open. */
export interface OpenAtOnce {
  readonly button: RefObject<HTMLButtonElement | null>;
  readonly opened: boolean;
  readonly onChange: (opened: boolean) => void;
}

/**
 * Opens a menu as soon as it is there. The button that was pressed is gone by then and took the focus along; this one
 * gets it first, so that the menu, which gives the focus back to whatever had it, finds something to give it to.
 */
export function useOpenAtOnce(): OpenAtOnce {
  const button = useRef<HTMLButtonElement>(null);
  const [opened, onChange] = useState(false);
  useEffect(() => {
    button.current?.focus({ preventScroll: true });
    onChange(true);
  }, []);
  return { button, opened, onChange };
}
