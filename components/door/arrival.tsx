"use client";

import { type ReactNode, useEffect, useRef } from "react";

/** Tells when what is in it has come to the page, its scripts included. */
export function Arrival({ onArrive, children }: { readonly onArrive: () => void; readonly children: ReactNode }) {
  const latest = useRef(onArrive);
  latest.current = onArrive;
  useEffect(() => latest.current(), []);
  return children;
}
