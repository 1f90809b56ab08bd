"use client";

import { useEffect, useState } from "react";

/**
 * For a dialog that is mounted only while it is open: when it goes, the focus goes back to where it was. Dialogs that
 * stay mounted do so by themselves.
 */
export function useReturnFocus(): void {
  // Read before the dialog takes the focus.
  const [before] = useState(() => (typeof document === "undefined" ? null : document.activeElement));
  useEffect(
    () => () => {
      requestAnimationFrame(() => {
        const lost = document.activeElement === null || document.activeElement === document.body;
        if (lost && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
      });
    },
    [before],
  );
}
