"use client";

import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from "react";
import type { OwnEngagementDto } from "@/lib/contracts/session";

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

interface Places {
  readonly place: PlaceInfo | null;
  readonly engagement: OwnEngagementDto | null;
}

const NOWHERE: Places = { place: null, engagement: null };

/**
 * What the shown page says about its place. A store and not a context's value: a context that changes while parts of
 * the page are still being hydrated makes React throw away what the server rendered of them.
 */
class PlaceStore {
  private now: Places;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly first: Places) {
    this.now = first;
  }

  readonly read = (): Places => this.now;
  /** As the server had it, and the page until it is hydrated. */
  readonly readFirst = (): Places => this.first;
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  set(changed: Partial<Places>): void {
    this.now = { ...this.now, ...changed };
    for (const listener of this.listeners) listener();
  }
}

const PlaceContext = createContext(new PlaceStore(NOWHERE));

/** Holds what the shown page says about its place; the engagement of the page that was asked for first is known before. */
export function PlaceProvider(props: { readonly engagement: OwnEngagementDto | null; readonly children: ReactNode }) {
  const { engagement, children } = props;
  const [store] = useState(() => new PlaceStore({ ...NOWHERE, engagement }));
  return <PlaceContext value={store}>{children}</PlaceContext>;
}

function usePlaces(): Places {
  const { subscribe, read, readFirst } = useContext(PlaceContext);
  return useSyncExternalStore(subscribe, read, readFirst);
}

/** What the shown page says about its place; null when its address says enough. */
export function usePlace(): PlaceInfo | null {
  return usePlaces().place;
}

/**
 * Rendered by a page whose address does not name its engagement (a worksheet), or that wants a breadcrumb of
 * its own: `<Place engagementId={w.engagementId} crumbs={[{label: "Workbook", href: …}, {label: "8.3.4"}]} />`.
 */
export function Place({ engagementId = null, crumbs = [] }: Partial<PlaceInfo>) {
  const store = useContext(PlaceContext);
  const key = JSON.stringify({ engagementId, crumbs });
  useEffect(() => {
    store.set({ place: JSON.parse(key) as PlaceInfo });
    return () => store.set({ place: null });
  }, [key, store]);
  return null;
}

/**
 * The engagement that the shown page belongs to, as the page says it, with the roles that the person has there; null where
 * none says it. Of somebody's engagements only the newest come with every page.
 */
export function useNamedEngagement(): OwnEngagementDto | null {
  return usePlaces().engagement;
}

/** Rendered by the layout of an engagement's or a worksheet's pages, so that the frame knows the engagement. */
export function CurrentEngagement(engagement: OwnEngagementDto) {
  const store = useContext(PlaceContext);
  const { id, name, standardVersion, roles } = engagement;
  const key = JSON.stringify({ id, name, standardVersion, roles });
  useEffect(() => {
    store.set({ engagement: JSON.parse(key) as OwnEngagementDto });
    return () => store.set({ engagement: null });
  }, [key, store]);
  return null;
}
