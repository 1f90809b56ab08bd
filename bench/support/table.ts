import { type BenchResult, type Check, type Figure, holds, type Row } from "./result";

const HEAD = ["task", "side", "figure", "from – to", "runs", "memory", "bar", "holds", "beside"] as const;

/** The results of benchmarks as one table of text: what was measured, and below it what is held to a bar. */
export function tableOf(results: readonly BenchResult[]): string {
  const lines = results.flatMap(({ rows, checks }) => [...rows.map(lineOfRow), ...checks.map(lineOfCheck)]);
  const all: readonly (readonly string[])[] = [HEAD, ...lines];
  const widths = HEAD.map((_, column) => Math.max(...all.map((line) => line[column]?.length ?? 0)));
  const text = all.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  return [text[0], widths.map((width) => "─".repeat(width)).join("  "), ...text.slice(1)].join("\n");
}

function lineOfRow({ task, side, unit, figure, memory, extra = {}, note }: Row): string[] {
  const beside = [
    ...Object.entries(extra).map(([name, value]) => `${name} ${short(value)}`),
    ...(note === undefined ? [] : [note]),
  ].join(", ");
  const told = figure ? `${short(figure.median)} ${unit}` : "–";
  return [
    task,
    side,
    told,
    extent(figure),
    String(figure?.runs ?? ""),
    memory ? `${short(memory.median)} MiB` : "",
    "",
    "",
    beside,
  ];
}

function lineOfCheck(check: Check): string[] {
  const { task, what, value, unit, bar } = check;
  const kept = holds(check);
  const told = value === undefined ? "not measured" : `${unit === "×" ? value.toFixed(2) : short(value)} ${unit}`;
  const most = bar && ("atLeast" in bar ? `≥ ${bar.atLeast} ${unit}` : `≤ ${bar.atMost} ${unit}`);
  return [task, what, told, "", "", "", most ?? "", kept === undefined ? "" : kept ? "yes" : "NO", ""];
}

function extent(figure: Figure | undefined): string {
  return figure && figure.runs > 1 ? `${short(figure.least)} – ${short(figure.most)}` : "";
}

/** A number as a reader takes it in: three digits that count, more only before the point. */
function short(value: number): string {
  const size = Math.abs(value);
  const digits = size >= 100 || Number.isInteger(value) ? 0 : size >= 10 ? 1 : 2;
  return value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
