import { readCsv, writeCsv } from "@/lib/render/sheet/csv";
import { startsFormula, withoutGuards } from "@/lib/render/sheet/formulas";
import { readXlsx } from "@/lib/render/sheet/read-xlsx";
import type { Sheet, SheetColumn } from "@/lib/render/sheet/sheet";
import { writeXlsx } from "@/lib/render/sheet/write-xlsx";
import { packageFindings, unpackOffice } from "@/test/office-tools";
import { hostileTexts } from "../hostile-pdf/texts";
import type { Findings } from "../support/findings";
import { Random } from "../support/random";
import type { LibreOffice } from "./libre-office";

const FACTS = { title: "Table", subject: "", at: "2026-11-26T10:00:00.000Z" };
const COLUMNS: readonly SheetColumn[] = [
  { title: "Text", kind: "text", width: 40 },
  { title: "More", kind: "text", width: 40, choices: ["Met", "Fix planned"] },
  { title: "Number", kind: "number", width: 10 },
  { title: "Day", kind: "day", width: 12 },
];

/** What begins formulas and commands, alone and behind what programs skip. */
const LURES = [
  "=1+1",
  "+1",
  "-1",
  "@SUM(A1)",
  "=cmd|'/C calc'!A0",
  '=HYPERLINK("http://x.example","y")',
  "\t=1",
  " =1",
  ";=1",
  "'=1",
];

/** A table, and the two files of it. */
interface Made {
  readonly name: string;
  readonly sheet: Sheet;
  readonly csv: Buffer;
  readonly xlsx: Buffer;
}

/** Makes tables of hostile text and reads both files of each back. */
export async function makeTables(count: number, seed: number, findings: Findings): Promise<Made[]> {
  const made: Made[] = [];
  for (let number = 0; number < count; number += 1) {
    const sheet = sheetOf(new Random(seed * 104_729 + number));
    const csv = writeCsv(sheet);
    const xlsx = await writeXlsx(sheet, FACTS);
    const name = `table-${number}`;
    findings.expect((await writeXlsx(sheet, FACTS)).equals(xlsx), `${name}: other bytes the second time`);
    for (const finding of packageFindings(await unpackOffice(xlsx))) findings.add(`${name}: ${finding}`);
    findings.expect(
      same(
        cellsOf(readCsv(csv).rows),
        wanted(sheet, (day) => day),
      ),
      `${name}: its CSV reads otherwise`,
    );
    const read = cellsOf((await readXlsx(xlsx)).rows);
    findings.expect(same(read, wanted(sheet, serial)), `${name}: its XLSX reads otherwise`);
    for (const piece of pieces(csv)) findings.expect(!startsFormula(piece), `${name}: its CSV begins ${piece}`);
    made.push({ name, sheet, csv, xlsx });
  }
  return made;
}

function sheetOf(random: Random): Sheet {
  const next = hostileTexts(random);
  const text = () => (random.int(3) === 0 ? random.pick(LURES) : next().slice(0, 800)).toWellFormed();
  const day = () => random.pick(["", "2026-12-01", "1999-01-31"]);
  const rows = Array.from({ length: 12 }, () => [`x${text()}`.slice(random.int(2)), text(), random.int(1_000), day()]);
  return { name: "Table", columns: COLUMNS, rows };
}

/** A CSV file as a program would see it that heeds no quotes and separates by anything. */
function pieces(csv: Buffer): readonly string[] {
  return csv
    .toString("utf8")
    .split(/"?[;\t\r\n]"?|^\ufeff?"|","/)
    .filter((piece) => piece !== "");
}

function cellsOf(rows: readonly { readonly cells: readonly (string | number)[] }[]): readonly (readonly string[])[] {
  return rows.map(({ cells }) => cells.map(String));
}

function wanted({ columns, rows }: Sheet, dayOf: (day: string) => string): readonly (readonly string[])[] {
  const texts = rows.map((row) =>
    row.map((cell, index) => (columns[index]?.kind === "day" ? dayOf(String(cell)) : String(cell))),
  );
  return [columns.map(({ title }) => title), ...texts];
}

function serial(day: string): string {
  return day === "" ? "" : String(Date.parse(day) / 86_400_000 + 25_569);
}

function same(one: readonly (readonly string[])[], other: readonly (readonly string[])[]): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Has LibreOffice open the files of tables: the same cells, none of them a formula, whatever separates them. */
export async function compareCells(office: LibreOffice, made: readonly Made[], findings: Findings): Promise<void> {
  const books = made.map(({ name, xlsx }) => ({ name: `${name}.xlsx`, bytes: xlsx }));
  const texts = made.map(({ name, csv }) => ({ name: `${name}.csv`, bytes: csv }));
  const opened = await office.convert(books, "csv");
  for (const [index, { name, sheet }] of made.entries()) {
    const read = opened[index];
    const cells = read ? cellsOf(readCsv(read).rows) : [];
    const expected = wanted(sheet, (day) => day).map((row) => row.map((cell) => withoutGuards(lineEnds(cell))));
    const got = cells.map((row) => row.map(lineEnds));
    const differs = expected.findIndex((row, line) => !same([row], [got[line] ?? []]));
    findings.expect(differs < 0, `${name}.xlsx: ${show(expected[differs])} is ${show(got[differs])} in LibreOffice`);
  }
  const readings = [
    ["xlsx", books, undefined],
    ["csv", texts, "CSV:44,34,76,1"],
    ["csv with semicolons", texts, "CSV:59,34,76,1"],
    ["csv with tabs", texts, "CSV:9,34,76,1"],
  ] as const;
  for (const [what, files, read] of readings) {
    for (const [index, fods] of (await office.convert(files, "fods", read)).entries()) {
      const name = `${made[index]?.name} as ${what}`;
      findings.expect(fods !== null, `${name}: LibreOffice does not open it`);
      findings.expect(!fods?.includes("table:formula="), `${name}: a cell is a formula in LibreOffice`);
    }
  }
}

function lineEnds(text: string): string {
  return text.replace(/\r\n?/g, "\n");
}

function show(row: readonly string[] | undefined): string {
  return JSON.stringify(row ?? null).slice(0, 300);
}
