"use client";

import { usePathname } from "next/navigation";
import { useEffect, useState } from "react";
import { engagementOf } from "@/components/frame/navigation";
import { useNamedEngagement, usePlace } from "@/components/frame/place";
import type { MeDto } from "@/lib/contracts/session";

/**
 * The engagement that the rail speaks of: the one the page belongs to, or else the one visited last,
 * or else the person's only one. Null when there is none to show.
 */
export function useCurrentEngagement(me: MeDto | null): MeDto["engagements"][number] | null {
  const pathname = usePathname();
  const place = usePlace();
  const named = useNamedEngagement();
  const here = engagementOf(pathname) ?? place?.engagementId ?? null;
  const [last, setLast] = useState<string | null>(null);
  useEffect(() => {
    if (here) setLast(here);
  }, [here]);
  const only = me?.engagements.length === 1 ? (me.engagements[0]?.id ?? null) : null;
  const id = here ?? last ?? only;
  const member = me?.engagements.find((one) => one.id === id);
  if (member) return member;
  return me && named && named.id === id ? { ...named, roles: [] } : null;
}
