const DAY = 86_400_000;

/** True for a calendar day `YYYY-MM-DD`, false for an instant. */
export function isDay(value: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(value);
}

/** A day or instant in full, in English: `12 December 2026`, and for instants the time, in the zone given. */
export function fullDate(value: string, timeZone: string): string {
  if (isDay(value))
    return new Date(`${value}T00:00:00Z`).toLocaleDateString("en-GB", { dateStyle: "long", timeZone: "UTC" });
  return new Date(value).toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short", timeZone });
}

/** A day or instant short: `12 Dec`, with the year unless it is `now`'s. */
export function shortDate(value: string, now: Date, timeZone: string): string {
  const zone = isDay(value) ? "UTC" : timeZone;
  const date = new Date(isDay(value) ? `${value}T00:00:00Z` : value);
  const yearOf = (when: Date, where: string) => when.toLocaleDateString("en-GB", { year: "numeric", timeZone: where });
  const sameYear = yearOf(date, zone) === yearOf(now, timeZone);
  return date.toLocaleDateString("en-GB", {
    day: "numeric",
    month: "short",
    ...(sameYear ? {} : { year: "numeric" }),
    timeZone: zone,
  });
}

/** Whole calendar days from today to a day; negative for the past. `today` is `YYYY-MM-DD`. */
export function daysUntil(day: string, today: string): number {
  return Math.round((Date.parse(`${day}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / DAY);
}

/** The calendar day of an instant in a zone, `YYYY-MM-DD`. */
export function dayOf(when: Date, timeZone: string): string {
  return when.toLocaleDateString("en-CA", { year: "numeric", month: "2-digit", day: "2-digit", timeZone });
}

/** How far a day or instant lies from now: `in 3 days`, `yesterday`, `5 minutes ago`; beyond a month the short date. */
export function relativeDate(value: string, now: Date, timeZone: string): string {
  const words = new Intl.RelativeTimeFormat("en-GB", { numeric: "auto" });
  const today = dayOf(now, timeZone);
  const days = daysUntil(isDay(value) ? value : dayOf(new Date(value), timeZone), today);
  if (Math.abs(days) > 31) return shortDate(value, now, timeZone);
  if (isDay(value) || days !== 0) return words.format(days, "day");
  const minutes = Math.round((Date.parse(value) - now.getTime()) / 60_000);
  if (Math.abs(minutes) < 1) return "just now";
  return Math.abs(minutes) < 60 ? words.format(minutes, "minute") : words.format(Math.round(minutes / 60), "hour");
}
