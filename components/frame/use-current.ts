"use client";

import { usePathname } from "next/navigation";
import { useEffect, useState } from "react";
import { engagementOf } from "@/components/frame/navigation";
import { useNamedEngagement, usePlace } from "@/components/frame/place";
import type { MeDto, OwnEngagementDto } from "@/lib/contracts/session";

/**
 * The engagement that the rail speaks of: the one the page belongs to, or else the one visited last, or else the person's
 * only one. Null when there is none to show. One that does not come with the person is known by what its pages say.
 */
export function useCurrentEngagement(me: MeDto | null): OwnEngagementDto | null {
  const pathname = usePathname();
  const place = usePlace();
  const named = useNamedEngagement();
  const ofWorksheet = pathname.startsWith("/worksheets/") ? (named?.id ?? null) : null;
  const here = engagementOf(pathname) ?? place?.engagementId ?? ofWorksheet;
  const [last, setLast] = useState<OwnEngagementDto | null>(null);
  const own = me?.engagements.find(({ id }) => id === here);
  const shown = own ?? (named?.id === here ? named : null);
  useEffect(() => {
    if (shown) setLast(shown);
  }, [shown]);
  if (!me) return null;
  if (here !== null) return shown ?? (last?.id === here ? last : null);
  const [only, ...others] = me.engagements;
  // What was visited may have another name or other roles by now.
  const visited = last && (me.engagements.find(({ id }) => id === last.id) ?? last);
  return visited ?? (only && others.length === 0 && !me.moreEngagements ? only : null);
}
