import { type Check, type Row, ratioOf } from "../support/result";

/** How often faster than another engine ours has to be, at numbers of entries. */
const FASTER = [
  { than: "pdfkit", entries: 20, least: undefined },
  { than: "pdfkit", entries: 200, least: 3.5 },
  { than: "pdfkit", entries: 1_000, least: 5.5 },
  { than: "Typst", entries: 200, least: 2 },
  { than: "Typst", entries: 1_000, least: 4 },
  { than: "Chromium", entries: 200, least: 7 },
] as const;
/** The most that the process tree may hold with a pack of 1,000, in MiB. */
const MOST_MEMORY = 280;
/** How much more 5,000 entries may take than 1,000, above what Node.js itself does. */
const MOST_GROWTH = 2.5;

/** What the rows of packs are held to, as far as their sides were asked for. */
export function checksOf(rows: readonly Row[]): readonly Check[] {
  const find = (side: string, entries: number) =>
    rows.find((row) => row.side === side && row.task === `pack of ${entries.toLocaleString("en")}`);
  const checks: Check[] = FASTER.flatMap(({ than, entries, least }) => {
    const other = find(than, entries);
    if (!other) return [];
    const value = ratioOf(other.figure, find("Countervail", entries)?.figure);
    const bar = least === undefined ? {} : { bar: { atLeast: least } };
    return [{ task: other.task, what: `${than} ÷ Countervail, time`, value, unit: "×", ...bar }];
  });
  const thousand = find("Countervail", 1_000);
  if (thousand) {
    const value = thousand.memory?.median;
    checks.push({
      task: thousand.task,
      what: "memory of Countervail",
      value,
      unit: "MiB",
      bar: { atMost: MOST_MEMORY },
    });
  }
  const [bare, less, more] = [1, 1_000, 5_000].map((entries) => find("Countervail, by cursor", entries));
  if (more) {
    const above = (row: Row | undefined) =>
      row?.memory && bare?.memory ? row.memory.median - bare.memory.median : undefined;
    const [small, large] = [above(less), above(more)];
    const value = small !== undefined && large !== undefined ? large / small : undefined;
    checks.push({
      task: more.task,
      what: "memory above that of one entry, ÷ 1,000",
      value,
      unit: "×",
      bar: { atMost: MOST_GROWTH },
    });
  }
  return checks;
}
