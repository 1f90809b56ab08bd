import { MONTHS } from "@/lib/domain/format-date";

const DAY_MS = 86_400_000;

/** Turns day offsets from the day of seeding into dates, so that the demo never goes stale. Negative is past. */
export interface DemoCalendar {
  /** `2026-09-14`, for date fields. */
  readonly iso: (offset: number) => string;
  /** `14 Sep 2026`, for running text. */
  readonly day: (offset: number) => string;
  /** `September 2026`, for running text. */
  readonly month: (offset: number) => string;
  /** `September`, for things that come back every year. */
  readonly yearly: (offset: number) => string;
  /** `2026`. */
  readonly year: (offset: number) => string;
}

/** A calendar whose day 0 is `today`, a calendar day `YYYY-MM-DD`. */
export function demoCalendar(today: string): DemoCalendar {
  const zero = Date.parse(`${today}T00:00:00Z`);
  if (Number.isNaN(zero)) throw new Error(`Not a calendar day: ${today}`);
  const at = (offset: number) => new Date(zero + offset * DAY_MS);
  const monthName = (offset: number) => MONTHS[at(offset).getUTCMonth()] ?? "";
  const year = (offset: number) => String(at(offset).getUTCFullYear());
  return {
    iso: (offset) => at(offset).toISOString().slice(0, 10),
    day: (offset) => `${at(offset).getUTCDate()} ${monthName(offset).slice(0, 3)} ${year(offset)}`,
    month: (offset) => `${monthName(offset)} ${year(offset)}`,
    yearly: monthName,
    year,
  };
}

/** The instant of a demo event: minutes after midnight UTC of a day counted from `today`. */
export function demoInstant(today: string, offset: number, minute: number): Date {
  return new Date(Date.parse(`${today}T00:00:00Z`) + offset * DAY_MS + minute * 60_000);
}
