import { posix } from "node:path";
import { BrokenXml, readXml } from "@/lib/render/office/read-xml";
import { MOST_READ, type ReadRow, type ReadSheet, requireRows, UnreadableSheet } from "@/lib/render/sheet/sheet";
import { unzipParts } from "@/lib/render/sheet/unzip";

const WORKBOOK = "xl/workbook.xml";
const NO_WORKBOOK = "This is no Excel workbook (XLSX). Save the table as XLSX or as CSV.";

/**
 * Reads the first sheet of a workbook, as Excel, LibreOffice and others write it. Formulas are not computed: what was
 * computed last stands for them. @throws UnreadableSheet
 */
export async function readXlsx(bytes: Buffer): Promise<ReadSheet> {
  const parts = await unzipParts(bytes, (path) => /^xl\/(workbook|sharedStrings|worksheets\/|_rels\/)/.test(path));
  try {
    const { first, dayZero } = workbookFacts(need(parts, WORKBOOK));
    const targets = relationsOf(need(parts, "xl/_rels/workbook.xml.rels"));
    const path = targets.get(first);
    const sheet = path === undefined ? undefined : parts.get(path);
    if (sheet === undefined) throw new UnreadableSheet(NO_WORKBOOK);
    return { rows: rowsOf(sheet, sharedTexts(parts.get("xl/sharedStrings.xml"))), dayZero };
  } catch (error) {
    if (error instanceof BrokenXml) throw new UnreadableSheet(`The workbook is broken. ${error.message}`);
    throw error;
  }
}

function need(parts: ReadonlyMap<string, string>, path: string): string {
  const part = parts.get(path);
  if (part === undefined) throw new UnreadableSheet(NO_WORKBOOK);
  return part;
}

function workbookFacts(xml: string): { readonly first: string; readonly dayZero: ReadSheet["dayZero"] } {
  let first: string | undefined;
  let dayZero: ReadSheet["dayZero"] = "1899-12-30";
  readXml(xml, {
    open: (name, attributes) => {
      if (name === "sheet") first ??= idOf(attributes);
      const is1904 = name === "workbookPr" && /^(1|true)$/.test(attributes.get("date1904") ?? "");
      if (is1904) dayZero = "1904-01-01";
    },
  });
  if (first === undefined) throw new UnreadableSheet(NO_WORKBOOK);
  return { first, dayZero };
}

/** The id of a relation, under whatever prefix the writer gave its namespace. */
function idOf(attributes: ReadonlyMap<string, string>): string | undefined {
  return [...attributes].find(([name]) => /^[^:]+:id$/.test(name))?.[1];
}

function relationsOf(xml: string): ReadonlyMap<string, string> {
  const targets = new Map<string, string>();
  readXml(xml, {
    open: (name, attributes) => {
      const target = attributes.get("Target");
      if (name !== "Relationship" || target === undefined) return;
      const path = target.startsWith("/") ? target.slice(1) : posix.join("xl", target);
      targets.set(attributes.get("Id") ?? "", path);
    },
  });
  return targets;
}

/** Collects the text of `t` elements, but for how Japanese is read out. */
class TextPieces {
  #text = "";
  #inText = false;
  #phonetic = 0;

  open(name: string): void {
    if (name === "rPh") this.#phonetic += 1;
    if (name === "t") this.#inText = this.#phonetic === 0;
  }

  add(text: string): void {
    if (this.#inText) this.#text += text;
  }

  close(name: string): void {
    if (name === "rPh") this.#phonetic -= 1;
    if (name === "t") this.#inText = false;
  }

  take(): string {
    const text = this.#text;
    this.#text = "";
    return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_whole, code: string) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    );
  }
}

function sharedTexts(xml: string | undefined): readonly string[] {
  if (xml === undefined) return [];
  const texts: string[] = [];
  const pieces = new TextPieces();
  readXml(xml, {
    open: (name) => pieces.open(name),
    text: (text) => pieces.add(text),
    close: (name) => {
      pieces.close(name);
      if (name === "si") texts.push(pieces.take());
    },
  });
  return texts;
}

function rowsOf(xml: string, shared: readonly string[]): readonly ReadRow[] {
  const reading = new SheetReading(shared);
  readXml(xml, {
    open: (name, attributes) => reading.open(name, attributes),
    text: (text) => reading.text(text),
    close: (name) => reading.close(name),
  });
  return reading.rows;
}

/** A sheet that is being read, cell by cell. */
class SheetReading {
  readonly rows: ReadRow[] = [];
  readonly #pieces = new TextPieces();
  #line = 0;
  #cells: (string | number)[] = [];
  #column = -1;
  #type = "";
  #value = "";
  #inValue = false;

  constructor(readonly shared: readonly string[]) {}

  open(name: string, attributes: ReadonlyMap<string, string>): void {
    this.#pieces.open(name);
    if (name === "row") this.#beginRow(attributes.get("r"));
    if (name === "c") this.#beginCell(attributes);
    if (name === "v") this.#inValue = true;
  }

  text(text: string): void {
    this.#pieces.add(text);
    if (this.#inValue) this.#value += text;
  }

  close(name: string): void {
    this.#pieces.close(name);
    if (name === "v") this.#inValue = false;
    if (name === "c") this.#endCell();
    if (name === "row") this.#endRow();
  }

  #beginRow(named: string | undefined): void {
    const line = Number(named ?? this.#line + 1);
    // What names no row, or one further up, is nobody's table.
    if (!Number.isSafeInteger(line) || line <= this.#line) throw new UnreadableSheet("The rows are out of order.");
    this.#line = line;
    this.#cells = [];
    this.#column = -1;
  }

  #beginCell(attributes: ReadonlyMap<string, string>): void {
    this.#column = columnOf(attributes.get("r")) ?? this.#column + 1;
    if (this.#column >= MOST_READ.columns) {
      throw new UnreadableSheet(`Row ${this.#line}: there are more than ${MOST_READ.columns} columns.`);
    }
    this.#type = attributes.get("t") ?? "n";
    this.#value = "";
    this.#pieces.take();
  }

  #endCell(): void {
    while (this.#cells.length < this.#column) this.#cells.push("");
    this.#cells[this.#column] = this.#content();
  }

  #content(): string | number {
    const inline = this.#pieces.take();
    switch (this.#type) {
      case "inlineStr":
        return inline;
      case "s":
        return this.shared[Number(this.#value)] ?? "";
      case "n": {
        const number = Number(this.#value);
        return this.#value.trim() === "" || !Number.isFinite(number) ? this.#value : number;
      }
      default:
        return this.#value;
    }
  }

  #endRow(): void {
    if (this.#cells.every((cell) => cell === "")) return;
    this.rows.push({ line: this.#line, cells: this.#cells });
    requireRows(this.rows.length);
  }
}

/** The column that a cell's place such as `C5` names, counted from 0; null where it names none. */
function columnOf(place: string | undefined): number | null {
  const letters = /^([A-Z]{1,3})\d+$/.exec(place ?? "")?.[1];
  if (letters === undefined) return null;
  return [...letters].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}
