import { median } from "./statistics";

/** A figure of several runs. */
export interface Figure {
  readonly median: number;
  readonly least: number;
  readonly most: number;
  /** How many runs it is of. */
  readonly runs: number;
}

/** What was measured of one side: a line of the table. */
export interface Row {
  /** What is done, with its size: "pack of 200 worksheets", "list of 100,000 people". Sides of a comparison share it. */
  readonly task: string;
  /** Who does it: "Countervail", "pdfkit", "bare route". */
  readonly side: string;
  /** What the figure counts: "ms", "MB", "kB", "entries/s". */
  readonly unit: string;
  /** Absent where there is none; the note then says why. */
  readonly figure?: Figure;
  /** The most memory that the process and its children held at once, in MiB. */
  readonly memory?: Figure;
  /** Further numbers of this row by their names, for results.json and the last column: `{ pages: 671, "file MB": 2.5 }`. */
  readonly extra?: Readonly<Record<string, number>>;
  /** What a reader has to know about this row, in a few words: "not installed", "over 120 s", "no tags". */
  readonly note?: string;
}

/** A number that is held to a bar: a line of the table below the rows it is made of. */
export interface Check {
  /** The same as the task of the rows it compares. */
  readonly task: string;
  /** What is compared: "pdfkit ÷ Countervail, time", "95 of 100, 100,000 rows ÷ 1,000". */
  readonly what: string;
  /** Absent where a side of it is missing: the check is then told as not measured, and does not hold. */
  readonly value: number | undefined;
  /** "×" for a ratio, else the unit. */
  readonly unit: string;
  /** Absent for a number that is told and held to nothing. */
  readonly bar?: { readonly atLeast: number } | { readonly atMost: number };
}

/** What a benchmark in bench/ gives back from its `bench()`; it prints nothing but what goes on, to standard error. */
export interface BenchResult {
  readonly rows: readonly Row[];
  readonly checks: readonly Check[];
  /** Versions of what was measured, by the packages' or programs' names; the frame adds machine, Node.js and date. */
  readonly versions: Readonly<Record<string, string>>;
}

/** Median and extent of the runs. @throws RangeError without any */
export function figureOf(values: readonly number[]): Figure {
  if (values.length === 0) throw new RangeError("There is no figure of no runs.");
  return { median: median(values), least: Math.min(...values), most: Math.max(...values), runs: values.length };
}

/** One median divided by another; undefined where one is missing. */
export function ratioOf(above: Figure | undefined, below: Figure | undefined): number | undefined {
  return above && below && below.median > 0 ? above.median / below.median : undefined;
}

/** Whether the number keeps its bar; undefined where it has none. */
export function holds({ value, bar }: Check): boolean | undefined {
  if (!bar) return undefined;
  if (value === undefined) return false;
  return "atLeast" in bar ? value >= bar.atLeast : value <= bar.atMost;
}
