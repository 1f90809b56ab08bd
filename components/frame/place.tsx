"use client";

import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";

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

/** An engagement by name, for people who administer it without a role in it. */
export interface NamedEngagement {
  readonly id: string;
  readonly name: string;
  readonly standardVersion: StandardVersion;
}

interface PlaceState {
  readonly place: PlaceInfo | null;
  readonly setPlace: (place: PlaceInfo | null) => void;
  readonly engagement: NamedEngagement | null;
  readonly setEngagement: (engagement: NamedEngagement | null) => void;
}

const PlaceContext = createContext<PlaceState>({
  place: null,
  setPlace: () => undefined,
  engagement: null,
  setEngagement: () => undefined,
});

/** Holds what the shown page says about its place. */
export function PlaceProvider({ children }: { readonly children: ReactNode }) {
  const [place, setPlace] = useState<PlaceInfo | null>(null);
  const [engagement, setEngagement] = useState<NamedEngagement | null>(null);
  const value = useMemo(() => ({ place, setPlace, engagement, setEngagement }), [place, engagement]);
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

/** The engagement that the pages below a layout belong to; null elsewhere. */
export function useNamedEngagement(): NamedEngagement | null {
  return useContext(PlaceContext).engagement;
}

/** Rendered by the layout of an engagement's pages, so that the frame knows its name and version. */
export function CurrentEngagement({ id, name, standardVersion }: NamedEngagement) {
  const { setEngagement } = useContext(PlaceContext);
  useEffect(() => {
    setEngagement({ id, name, standardVersion });
    return () => setEngagement(null);
  }, [id, name, standardVersion, setEngagement]);
  return null;
}
