import { addDays, isCalendarDay } from "@/lib/domain/dates";
import { dayInWords, MONTHS } from "@/lib/domain/format-date";
import type { Sample } from "@/lib/samples/sample";

const FIELD = /^day:([+-]\d+)$/;
const IN_TEXT = /\{\{(day|month|year):([+-]?\d+)\}\}/g;

/**
 * A sample with the dates that it has on a day: fields as `2026-09-14`, texts as “14 September 2026”, “March 2027” or
 * “2026”. A sample without offsets comes back as it is. Throws a RangeError when `today` is no calendar day.
 */
export function sampleOn(sample: Sample, today: string): Sample {
  if (!isCalendarDay(today)) throw new RangeError(`Not a calendar day: ${JSON.stringify(today)}`);
  return dated(sample, today);
}

/** The same value with each string in it written out. The shape stays, so the type does. */
function dated<T>(value: T, today: string): T {
  return datedValue(value, today) as T;
}

function datedValue(value: unknown, today: string): unknown {
  if (typeof value === "string") return datedText(value, today);
  if (Array.isArray(value)) return value.map((one) => datedValue(one, today));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, datedValue(one, today)]));
}

function datedText(text: string, today: string): string {
  const field = FIELD.exec(text);
  if (field) return addDays(today, Number(field[1]));
  return text.replace(IN_TEXT, (_whole, unit: string, offset: string) => {
    const by = Number(offset);
    if (unit === "day") return dayInWords(addDays(today, by));
    return unit === "month" ? monthInWords(today, by) : String(Number(today.slice(0, 4)) + by);
  });
}

/** The calendar month some months later; the day within it says nothing. */
function monthInWords(today: string, months: number): string {
  const index = Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 1 + months;
  return `${MONTHS[index % 12]} ${Math.floor(index / 12)}`;
}
