import { type DocumentFacts, officeDocument, type Part, RELATIONS_NAMESPACE } from "@/lib/render/office/package";
import { type Attributes, element, words, type Xml } from "@/lib/render/office/xml";
import { startsFormula } from "@/lib/render/sheet/formulas";
import type { Cell, ColumnKind, Sheet, SheetColumn } from "@/lib/render/sheet/sheet";

const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml";
/** As many UTF-16 units a cell may hold (Excel's limits). */
const LONGEST = 32_767;
const CUT = " … (cut: a cell holds no more; the CSV file has it whole)";
/** Days between 30 December 1899, from which spreadsheets count, and 1 January 1970. */
const DAYS_BEFORE_1970 = 25_569;
const DAY_MS = 86_400_000;

/** The places of looks in the part of styles. */
const LOOK = { head: 1, text: 2, formulaLike: 3, day: 4, number: 5 } as const;

/**
 * A sheet as a workbook for spreadsheets (Office Open XML). Every text is written as text, never as a formula, and its
 * cell says so for whoever edits it. The same sheet gives the same bytes.
 */
export function writeXlsx(sheet: Sheet, facts: DocumentFacts): Promise<Buffer> {
  const workbook: Part = {
    path: "xl/workbook.xml",
    contentType: `${TYPE}.sheet.main+xml`,
    content: element(
      "workbook",
      { xmlns: MAIN, "xmlns:r": RELATIONS_NAMESPACE },
      element("sheets", {}, element("sheet", { name: sheet.name, sheetId: 1, "r:id": "rId1" })),
    ),
    relations: () => [
      { id: "rId1", type: "worksheet", target: "worksheets/sheet1.xml" },
      { id: "rId2", type: "styles", target: "styles.xml" },
    ],
  };
  const styles: Part = { path: "xl/styles.xml", contentType: `${TYPE}.styles+xml`, content: stylesPart() };
  const cells: Part = {
    path: "xl/worksheets/sheet1.xml",
    contentType: `${TYPE}.worksheet+xml`,
    content: sheetPart(sheet),
  };
  return officeDocument([workbook, cells, styles], facts);
}

function sheetPart({ columns, rows }: Sheet): Xml {
  const last = `${columnName(columns.length - 1)}${rows.length + 1}`;
  return element(
    "worksheet",
    { xmlns: MAIN },
    element("dimension", { ref: `A1:${last}` }),
    element(
      "sheetViews",
      {},
      element(
        "sheetView",
        { tabSelected: 1, workbookViewId: 0 },
        element("pane", { ySplit: 1, topLeftCell: "A2", activePane: "bottomLeft", state: "frozen" }),
      ),
    ),
    element("sheetFormatPr", { defaultRowHeight: 15 }),
    element(
      "cols",
      {},
      columns.map(({ width, kind }, index) =>
        element("col", { min: index + 1, max: index + 1, width, style: LOOK[kind], customWidth: 1 }),
      ),
    ),
    element(
      "sheetData",
      {},
      element(
        "row",
        { r: 1 },
        columns.map(({ title }, index) => textCell(`${columnName(index)}1`, title, LOOK.head)),
      ),
      rows.map((row, index) => rowElement(row, columns, index + 2)),
    ),
    element("autoFilter", { ref: `A1:${last}` }),
    validations(columns, rows.length),
  );
}

function rowElement(row: readonly Cell[], columns: readonly SheetColumn[], number: number): Xml {
  return element(
    "row",
    { r: number },
    columns.map(({ kind }, index) => cellElement(`${columnName(index)}${number}`, row[index] ?? null, kind)),
  );
}

function cellElement(place: string, cell: Cell, kind: ColumnKind): Xml {
  if (cell === null || cell === "") return element("c", { r: place, s: LOOK[kind] });
  if (typeof cell === "number") return valueCell({ r: place, s: LOOK.number }, cell);
  const day = kind === "day" ? serialOf(cell) : null;
  if (day !== null) return valueCell({ r: place, s: LOOK.day }, day);
  return textCell(place, cell, startsFormula(cell) ? LOOK.formulaLike : LOOK.text);
}

function valueCell(attributes: Attributes, value: number): Xml {
  return element("c", attributes, element("v", {}, words(String(value))));
}

function textCell(place: string, text: string, look: number): Xml {
  const fits = text.length <= LONGEST ? text : text.slice(0, LONGEST - CUT.length).toWellFormed() + CUT;
  // Where nothing would be lost without it, spreadsheets do not write it either.
  const space = /^\s|\s$|[\n\t]| {2}/.test(fits) ? "preserve" : undefined;
  const content = element("t", { "xml:space": space }, words(withEscapes(fits)));
  return element("c", { r: place, s: look, t: "inlineStr" }, element("is", {}, content));
}

/**
 * What XML cannot hold, and carriage returns, as spreadsheets write them: `_x0001_`. Text that looks like that by itself
 * has its first sign written so (ECMA-376 part 1, 22.9.2.19).
 */
function withEscapes(text: string): string {
  return text
    .toWellFormed()
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, "_x005F_")
    .replace(/(?![\t\n\u007f-\u009f])\p{Cc}|[\ufffe\uffff]/gu, (sign) => {
      const code = sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
      return `_x${code}_`;
    });
}

/** A calendar day as spreadsheets count it; null for what is none, or lies before they agree on it. */
function serialOf(day: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return null;
  const at = Date.parse(`${day}T00:00:00Z`);
  const serial = at / DAY_MS + DAYS_BEFORE_1970;
  return Number.isInteger(serial) && serial > 60 ? serial : null;
}

/** What may be chosen in a column, offered in its cells. */
function validations(columns: readonly SheetColumn[], rows: number): Xml | undefined {
  const offered = columns.flatMap(({ choices }, index) => {
    if (!choices || rows === 0) return [];
    const name = columnName(index);
    const range = `${name}2:${name}${rows + 1}`;
    const attributes = { type: "list", allowBlank: 1, showErrorMessage: 1, sqref: range } as const;
    return [element("dataValidation", attributes, element("formula1", {}, words(`"${choices.join(",")}"`)))];
  });
  return offered.length === 0 ? undefined : element("dataValidations", { count: offered.length }, offered);
}

/** The name of a column counted from 0: A to Z, then AA. */
function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter;
}

function stylesPart(): Xml {
  const font = (bold: boolean) =>
    element(
      "font",
      {},
      bold ? element("b") : undefined,
      element("sz", { val: 10 }),
      element("name", { val: "Calibri" }),
    );
  const pattern = (type: string) => element("fill", {}, element("patternFill", { patternType: type }));
  const tint = element(
    "fill",
    {},
    element("patternFill", { patternType: "solid" }, element("fgColor", { rgb: "FFEEF2F6" })),
  );
  const top = element("alignment", { vertical: "top", wrapText: 1 });
  const look = (attributes: Attributes) =>
    element("xf", { fontId: 0, fillId: 0, borderId: 0, xfId: 0, applyAlignment: 1, ...attributes }, top);
  const text = { numFmtId: 49, applyNumberFormat: 1 };
  return element(
    "styleSheet",
    { xmlns: MAIN },
    element("numFmts", { count: 1 }, element("numFmt", { numFmtId: 164, formatCode: "yyyy\\-mm\\-dd" })),
    element("fonts", { count: 2 }, font(false), font(true)),
    element("fills", { count: 3 }, pattern("none"), pattern("gray125"), tint),
    element("borders", { count: 1 }, element("border", {}, ...SIDES.map((side) => element(side)))),
    element("cellStyleXfs", { count: 1 }, element("xf", { numFmtId: 0, fontId: 0, fillId: 0, borderId: 0 })),
    element(
      "cellXfs",
      { count: 6 },
      element("xf", { numFmtId: 0, fontId: 0, fillId: 0, borderId: 0, xfId: 0 }),
      look({ ...text, fontId: 1, fillId: 2, applyFont: 1, applyFill: 1 }),
      look(text),
      look({ ...text, quotePrefix: 1 }),
      look({ numFmtId: 164, applyNumberFormat: 1 }),
      look({ numFmtId: 1, applyNumberFormat: 1 }),
    ),
    element("cellStyles", { count: 1 }, element("cellStyle", { name: "Normal", xfId: 0, builtinId: 0 })),
  );
}

const SIDES = ["left", "right", "top", "bottom", "diagonal"] as const;
