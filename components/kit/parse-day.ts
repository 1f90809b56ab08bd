const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const ISO = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;
const NUMBERS = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/;
const WORDS = /^(\d{1,2})\.?[\s-]+([a-z]{3,9})\.?[\s-]+(\d{4})$/;

/**
 * A calendar day as people write it, as `YYYY-MM-DD`: `2026-12-09`, `9 Dec 2026`, `9 December 2026`, `9.12.2026`,
 * `9/12/2026`. Numbers have the day first, as everywhere here. Null for anything else, and for days that do not exist.
 */
export function parseDay(typed: string): string | null {
  const text = typed.trim().toLowerCase();
  const iso = ISO.exec(text);
  if (iso) return existing(iso[1], iso[2], iso[3]);
  const numbers = NUMBERS.exec(text);
  if (numbers) return existing(numbers[3], numbers[2], numbers[1]);
  const words = WORDS.exec(text);
  const month = MONTHS.indexOf(words?.[2]?.slice(0, 3) ?? "") + 1;
  if (!words || month === 0) return null;
  const name = new Date(Date.UTC(2000, month - 1)).toLocaleDateString("en-GB", { month: "long", timeZone: "UTC" });
  return name.toLowerCase().startsWith(words[2] ?? "") ? existing(words[3], String(month), words[1]) : null;
}

function existing(year = "", month = "", day = ""): string | null {
  const written = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const date = new Date(`${written}T00:00:00Z`);
  // A day beyond the month's end rolls over into the next one.
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(written) ? written : null;
}
