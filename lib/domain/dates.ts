const DAY_MS = 86_400_000;

/**
 * Calendar days are strings `YYYY-MM-DD` without time or zone: what a person writes into a form.
 * Years from 1000 to 9999, so that strings sort as days do.
 */
function dayNumber(day: string): number | null {
  const match = /^([1-9]\d{3})-(\d{2})-(\d{2})$/.exec(day);
  if (!match) return null;
  const ms = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]));
  // Date.UTC rolls 31 February over into March; a real day comes back as it was written.
  return new Date(ms).toISOString().slice(0, 10) === day ? ms / DAY_MS : null;
}

function mustBeDay(day: string): number {
  const number = dayNumber(day);
  if (number === null) throw new RangeError(`Not a calendar day: ${JSON.stringify(day)}`);
  return number;
}

/** True for a day that exists, written `YYYY-MM-DD`. */
export function isCalendarDay(day: string): boolean {
  return dayNumber(day) !== null;
}

/** Days from one calendar day to another, negative when `to` is earlier. Throws a RangeError on anything else. */
export function daysBetween(from: string, to: string): number {
  return mustBeDay(to) - mustBeDay(from);
}

/** The calendar day some days later, or earlier with a negative number. Throws a RangeError on anything else. */
export function addDays(day: string, days: number): string {
  return new Date((mustBeDay(day) + days) * DAY_MS).toISOString().slice(0, 10);
}

/** The same day some years later; 29 February becomes 28 February where there is none. Throws a RangeError on anything else. */
export function addYears(day: string, years: number): string {
  mustBeDay(day);
  const year = String(Number(day.slice(0, 4)) + years).padStart(4, "0");
  const moved = `${year}${day.slice(4)}`;
  return isCalendarDay(moved) ? moved : `${year}-02-28`;
}
