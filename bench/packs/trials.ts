/** An engine of `run-pack.ts`, as the table names it. */
export interface Engine {
  readonly name: string;
  readonly title: string;
  /** The package it comes in, for its version; undefined for our own. */
  readonly from?: string;
  /** Whether that is installed for the benchmark alone. */
  readonly installed?: boolean;
  /** What it leaves out of the pack, or adds. */
  readonly note: string;
}

/** An engine at a number of entries, and how often it is run at most. */
export interface Trial {
  readonly engine: Engine;
  readonly entries: number;
  readonly runs: number;
}

const OURS: Engine = { name: "ours", title: "Countervail", note: "tagged, sealed" };
/** Our own, whose entries come one by one, as from the database: "made" as they are asked for. */
const CURSOR: Engine = { ...OURS, name: "cursor", title: "Countervail, by cursor" };
const OTHERS: readonly Engine[] = [
  { name: "pdfkit", title: "pdfkit", from: "pdfkit", note: "no tags, no seal" },
  {
    name: "typst",
    title: "Typst",
    from: "@myriaddreamin/typst-ts-node-compiler",
    installed: true,
    note: "tagged, no seal",
  },
  { name: "jspdf", title: "jsPDF", from: "jspdf", installed: true, note: "no tags, no seal" },
  {
    name: "chromium",
    title: "Chromium",
    from: "chromium",
    note: "tagged, no seal; no page numbers in the contents; with its start",
  },
  { name: "pdfmake", title: "pdfmake", from: "pdfmake", installed: true, note: "no tags, no seal" },
  {
    name: "pdf-lib",
    title: "pdf-lib",
    from: "pdf-lib",
    installed: true,
    note: "no tags, no seal; no links, no outline",
  },
  {
    name: "react-pdf",
    title: "react-pdf",
    from: "@react-pdf/renderer",
    installed: true,
    note: "no tags, no seal; no page numbers in the contents",
  },
];
/** Sizes at which engines are compared, with the runs of ours and pdfkit's, and of the others. */
const SIZES = [
  { entries: 20, runs: 5, others: 3 },
  { entries: 200, runs: 5, others: 3 },
  { entries: 1_000, runs: 3, others: 3 },
] as const;

/**
 * All trials, in the order of a turn. @param only names of engines, or none for all; ours are always among them
 * @param largest the most entries @param runs the most runs of a trial
 */
export function trialsFor(only: readonly string[], largest: number, runs: number): readonly Trial[] {
  const others = OTHERS.filter(({ name }) => only.length === 0 || only.includes(name));
  const sized = SIZES.flatMap((size) =>
    [OURS, ...others].map((engine) => ({
      engine,
      entries: size.entries,
      runs: engine.name === "ours" || engine.name === "pdfkit" ? size.runs : size.others,
    })),
  );
  const cursor = [
    { engine: CURSOR, entries: 1, runs: 3 },
    { engine: CURSOR, entries: 1_000, runs: 3 },
    { engine: CURSOR, entries: 5_000, runs: 1 },
  ];
  return [...sized, ...cursor]
    .filter(({ entries }) => entries <= largest)
    .map((trial) => ({ ...trial, runs: Math.min(trial.runs, runs) }));
}
