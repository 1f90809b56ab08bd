"use client";

import { Tooltip } from "@mantine/core";
import { useMounted } from "@mantine/hooks";
import { fullDate, relativeDate, shortDate } from "@/components/kit/dates";

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
