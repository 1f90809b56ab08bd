"use client";

import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";

/** A step of the breadcrumb. Without `href` it is where one is. */
export interface Crumb {
  readonly label: string;
  readonly href?: string;
}

/** Where a page stands when its address does not say it: its engagement and its breadcrumb. */
export interface PlaceInfo {
  readonly engagementId: string | null;
  readonly crumbs: readonly Crumb[];
}

interface PlaceState {
  readonly place: PlaceInfo | null;
  readonly setPlace: (place: PlaceInfo | null) => void;
}

const PlaceContext = createContext<PlaceState>({ place: null, setPlace: () => undefined });

/** Holds what the shown page says about its place. */
export function PlaceProvider({ children }: { readonly children: ReactNode }) {
  const [place, setPlace] = useState<PlaceInfo | null>(null);
  const value = useMemo(() => ({ place, setPlace }), [place]);
  return <PlaceContext value={value}>{children}</PlaceContext>;
}

/** What the shown page says about its place; null when its address says enough. */
export function usePlace(): PlaceInfo | null {
  return useContext(PlaceContext).place;
}

/**
 * Rendered by a page whose address does not name its engagement (a worksheet), or that wants a breadcrumb of
 * its own: `<Place engagementId={w.engagementId} crumbs={[{label: "Workbook", href: …}, {label: "8.3.4"}]} />`.
 */
export function Place({ engagementId = null, crumbs = [] }: Partial<PlaceInfo>) {
  const { setPlace } = useContext(PlaceContext);
  const key = JSON.stringify({ engagementId, crumbs });
  useEffect(() => {
    setPlace(JSON.parse(key) as PlaceInfo);
    return () => setPlace(null);
  }, [key, setPlace]);
  return null;
}
