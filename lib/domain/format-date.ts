/** The months in English, January first. */
export const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

/**
 * A calendar day in words, the same on every machine: `2026-09-14` becomes `14 September 2026`.
 * What is no calendar day comes back as it is, so that nothing vanishes from a document.
 */
export function dayInWords(day: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  const month = match ? MONTHS[Number(match[2]) - 1] : undefined;
  return match && month ? `${Number(match[3])} ${month} ${match[1]}` : day;
}

/** An ISO instant in words and in UTC, to the minute: `14 September 2026, 10:42 UTC`; other text comes back as it is. */
export function instantInWords(instant: string): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return instant;
  const iso = date.toISOString();
  return `${dayInWords(iso.slice(0, 10))}, ${iso.slice(11, 16)} UTC`;
}
