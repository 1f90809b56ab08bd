"use client";

import { Tooltip } from "@mantine/core";
import { useMounted } from "@mantine/hooks";
import { dayOf, daysUntil, fullDate, relativeDate, shortDate } from "@/components/kit/dates";

/**
 * A day (`YYYY-MM-DD`) or an ISO instant: relative, or short with `plain`, and in full on hover. Null shows a dash.
 * Server and first render show the short date in UTC, because neither knows the person's clock and zone.
 */
export function DateText({ value, plain = false }: { readonly value: string | null; readonly plain?: boolean }) {
  const mounted = useMounted();
  if (!value) return <span>—</span>;
  if (!mounted) return <time dateTime={value}>{shortDate(value, new Date(value), "UTC")}</time>;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const now = new Date();
  return (
    <Tooltip label={fullDate(value, zone)}>
      <time dateTime={value}>{plain ? shortDate(value, now, zone) : relativeDate(value, now, zone)}</time>
    </Tooltip>
  );
}

/** How many days are left until a day, as ` · 86 days`; ` · 3 days over` once it has passed. Nothing on the server. */
export function DaysLeft({ day }: { readonly day: string }) {
  if (!useMounted()) return null;
  const days = daysUntil(day, dayOf(new Date(), Intl.DateTimeFormat().resolvedOptions().timeZone));
  const count = `${Math.abs(days)} ${Math.abs(days) === 1 ? "day" : "days"}`;
  return <span>{days === 0 ? " · today" : days > 0 ? ` · ${count}` : ` · ${count} over`}</span>;
}
