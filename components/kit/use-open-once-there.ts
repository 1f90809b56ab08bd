"use client";

import { useEffect, useState } from "react";

/**
 * For a dialog that stays mounted, and is first loaded when it is asked for: open one render after it is there, so that
 * it sees itself open, notes where the focus was, and gives it back.
 */
export function useOpenOnceThere(opened: boolean): boolean {
  const [isThere, setIsThere] = useState(false);
  useEffect(() => setIsThere(true), []);
  return isThere && opened;
}
