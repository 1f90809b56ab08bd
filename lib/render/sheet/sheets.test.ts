import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCsv, writeCsv } from "@/lib/render/sheet/csv";
import { startsFormula, withGuards, withoutGuards } from "@/lib/render/sheet/formulas";
import { readXlsx } from "@/lib/render/sheet/read-xlsx";
import { type Sheet, UnreadableSheet } from "@/lib/render/sheet/sheet";
import { writeXlsx } from "@/lib/render/sheet/write-xlsx";
import { cpuTime } from "@/test/cpu-time";
import { packageFindings, packOffice, unpackOffice } from "@/test/office-tools";

const FACTS = { title: "A table", subject: "", at: "2026-09-22T08:00:00.000Z" };
const COLUMNS = [
  { title: "Text", kind: "text", width: 20 },
  { title: "Number", kind: "number", width: 8 },
  { title: "Day", kind: "day", width: 12, choices: ["a", "b"] },
] as const;
const sheetOf = (rows: Sheet["rows"]): Sheet => ({ name: "Table", columns: COLUMNS, rows });
const cellsOf = ({ rows }: Awaited<ReturnType<typeof readXlsx>>) => rows.map(({ cells }) => cells);

/** Texts that spreadsheets, separators and quotes make something of. */
const tricky = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 30 }),
  fc
    .array(
      fc.constantFrom(
        "=",
        "+",
        "-",
        "@",
        "'",
        '"',
        ";",
        ",",
        "\t",
        "\n",
        "\r",
        " ",
        "\u0001",
        "\u200b",
        "a",
        "_x0041_",
      ),
      {
        maxLength: 12,
      },
    )
    .map((parts) => parts.join("")),
);

describe("guards against formulas", () => {
  it("are undone to the letter, whatever the text", () => {
    fc.assert(
      fc.property(tricky, (text) => {
        expect(withoutGuards(withGuards(text))).toBe(text);
      }),
      { numRuns: 2_000 },
    );
  });

  it("leave no beginning of a formula at the start, behind a separator or on a new line", () => {
    fc.assert(
      fc.property(tricky, (text) => {
        for (const piece of withGuards(text).split(/[;\t\r\n]/)) expect(startsFormula(piece)).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each(["=1+1", "+1", "-2+3", "@SUM(A1)", "\t=1", " =1", "\u200b=1", "\uff1d1", "a;=HYPERLINK(1)", "a\n-1"])(
    "sees %j",
    (text) => {
      expect(withGuards(text)).not.toBe(text);
    },
  );

  it("leave ordinary text alone", () => {
    for (const text of ["8.3.4", "it's - what it is", "a=b", "'quoted'", "mail@example.com", "2026-09-22", ""]) {
      expect(withGuards(text)).toBe(text);
    }
  });
});

describe("comma-separated values", () => {
  it("come back to the letter", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(tricky, tricky), { minLength: 1, maxLength: 5 }), (rows) => {
        const sheet = { ...sheetOf(rows), columns: COLUMNS.slice(0, 2) };
        const read = readCsv(writeCsv(sheet)).rows.map(({ cells }) => cells);
        expect(read).toEqual([["Text", "Number"], ...rows.filter((row) => row.some((cell) => cell !== ""))]);
      }),
    );
  });

  it("begin with the mark of UTF-8 and quote every cell", () => {
    const text = writeCsv(sheetOf([['say "hi"', 1, null]])).toString("utf8");
    expect(text).toBe('\ufeff"Text","Number","Day"\r\n"say ""hi""","1",""\r\n');
  });

  it("are read with the separators and line ends that other programs write", () => {
    const read = (text: string) => readCsv(Buffer.from(text)).rows;
    expect(read('a;b\n"x;1";2\n')).toEqual([
      { line: 1, cells: ["a", "b"] },
      { line: 2, cells: ["x;1", "2"] },
    ]);
    expect(read("a\tb\r\n\r\n1\t2")).toEqual([
      { line: 1, cells: ["a", "b"] },
      { line: 3, cells: ["1", "2"] },
    ]);
    expect(read('a,b\r"one\r\ntwo",2\rlast,')).toEqual([
      { line: 1, cells: ["a", "b"] },
      { line: 2, cells: ["one\r\ntwo", "2"] },
      { line: 4, cells: ["last", ""] },
    ]);
  });

  it.each([
    ["a cell that does not end", Buffer.from('a,b\n"x,1\n'), /Line 2: a quoted cell does not end/],
    ["text behind a quoted cell", Buffer.from('a\n"x"y\n'), /Line 2/],
    ["another encoding", Buffer.from([0x61, 0xe4, 0x0a]), /UTF-8/],
    ["too many rows", Buffer.from("a\n".repeat(5_002)), /more than 5,000 rows/],
    ["too many empty rows", Buffer.from("\n".repeat(5_002)), /more than 5,000 rows, counting empty ones/],
    ["too many columns", Buffer.from(",".repeat(300)), /more than 200/],
  ])("of %s are refused in words", (_what, bytes, words) => {
    expect(() => readCsv(bytes)).toThrow(words);
    expect(() => readCsv(bytes)).toThrow(UnreadableSheet);
  });

  it("take time in proportion to their length", async () => {
    for (const piece of ['"', '""', ",", "a", '"a', ";=", "'"]) {
      const taken = await cpuTime(() => {
        try {
          readCsv(Buffer.from(piece.repeat(1_000_000 / piece.length)));
        } catch (error) {
          expect(error).toBeInstanceOf(UnreadableSheet);
        }
      });
      expect(taken, piece).toBeLessThan(2_000);
    }
  });
});

/** A workbook with this in its sheet. */
const sheetFile = (content: string) =>
  packOffice({
    "xl/workbook.xml": '<workbook xmlns:r="r"><sheets><sheet name="A" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="rId1" Target="worksheets/a.xml"/></Relationships>',
    "xl/worksheets/a.xml": `<worksheet>${content}</worksheet>`,
  });
/** Text that does not pack too tightly. */
const digits = (length: number) =>
  Array.from({ length: Math.ceil(length / 8) }, (_, at) => String((at * 2_654_435_761) % 1e8).padStart(8, "0")).join(
    "",
  );
const attributes = (count: number) => Array.from({ length: count }, (_, index) => `a${index}="1"`).join(" ");

describe("workbooks for spreadsheets", () => {
  it("come back to the letter, numbers as numbers and days as spreadsheets count them", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(tricky, { minLength: 1, maxLength: 5 }), async (texts) => {
        const rows = texts.map((text, index) => [`x${text}`, index, "2026-09-22"]);
        const bytes = await writeXlsx(sheetOf(rows), FACTS);
        expect(cellsOf(await readXlsx(bytes))).toEqual([
          ["Text", "Number", "Day"],
          ...rows.map(([text, number]) => [text, number, 46_287]),
        ]);
      }),
      { numRuns: 30 },
    );
  });

  it("are sound packages without a formula, of the same bytes each time, and say of text that it is text", async () => {
    const sheet = sheetOf([
      ["=cmd|'/c calc'!A0", 1, ""],
      ["plain", 2, "not a day"],
    ]);
    const bytes = await writeXlsx(sheet, FACTS);
    expect((await writeXlsx(sheet, FACTS)).equals(bytes)).toBe(true);
    const parts = await unpackOffice(bytes);
    expect(packageFindings(parts)).toEqual([]);
    expect(parts.get("xl/worksheets/sheet1.xml")).toContain('<c r="A2" s="3" t="inlineStr">');
    expect(parts.get("xl/styles.xml")).toContain('quotePrefix="1"');
  });

  it("say of a text that no cell holds that it was cut", async () => {
    const [, row] = cellsOf(await readXlsx(await writeXlsx(sheetOf([["x".repeat(40_000), 1, ""]]), FACTS)));
    expect(row?.[0]).toMatch(/^x+ … \(cut: .*CSV.*\)$/);
    expect(String(row?.[0])).toHaveLength(32_767);
  });

  it("are read as other programs write them: shared and rich texts, prefixes, gaps, dates since 1904", async () => {
    const main = 'xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
    const bytes = await packOffice({
      "xl/workbook.xml": `<x:workbook ${main} xmlns:rel="r"><x:workbookPr date1904="1"/><x:sheets><x:sheet name="B" rel:id="rId7"/><x:sheet name="A" rel:id="rId1"/></x:sheets></x:workbook>`,
      "xl/_rels/workbook.xml.rels":
        '<Relationships><Relationship Id="rId1" Target="worksheets/a.xml"/><Relationship Id="rId7" Target="/xl/worksheets/b.xml"/></Relationships>',
      "xl/sharedStrings.xml": `<x:sst ${main}><x:si><x:t>one</x:t></x:si><x:si><x:r><x:t>ri</x:t></x:r><x:r><x:t xml:space="preserve">ch </x:t></x:r><x:rPh><x:t>no</x:t></x:rPh></x:si></x:sst>`,
      "xl/worksheets/a.xml": "<worksheet><sheetData/></worksheet>",
      "xl/worksheets/b.xml": `<x:worksheet ${main}><x:sheetData><x:row r="2"><x:c r="A2" t="s"><x:v>0</x:v></x:c><x:c r="D2" t="s"><x:v>1</x:v></x:c></x:row><x:row><x:c><x:f>1+1</x:f><x:v>2</x:v></x:c><x:c t="str"><x:f>A1</x:f><x:v>text</x:v></x:c><x:c t="b"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>`,
    });
    expect(await readXlsx(bytes)).toEqual({
      dayZero: "1904-01-01",
      rows: [
        { line: 2, cells: ["one", "", "", "rich "] },
        { line: 3, cells: [2, "text", "1"] },
      ],
    });
  });

  it.each([
    ["what is no archive", async () => Buffer.from("PK\u0003\u0004 and no more"), /broken/],
    ["an archive of something else", () => packOffice({ "a.txt": "a" }), /no Excel workbook/],
    [
      "a declaration of types",
      () =>
        packOffice({ "xl/workbook.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a/>', "xl/_rels/workbook.xml.rels": "<a/>" }),
      /declares types/,
    ],
    ["a bomb", () => packOffice({ "xl/workbook.xml": " ".repeat(40 * 1024 * 1024) }), /unpack to far more/],
    [
      "more than a table may unpack to",
      () => sheetFile(`<!--${digits(150_000)}-->${" ".repeat(9_000_000)}`),
      /unpack to far more/,
    ],
    ["too many empty rows", () => sheetFile("<row/>".repeat(5_001)), /more than 5,000 rows, counting empty ones/],
    ["too many attributes", () => sheetFile(`<row ${attributes(257)}/>`), /too many attributes/],
    ["a text that no cell holds", () => sheetFile(`<c t="inlineStr"><t>${digits(200_001)}</t></c>`), /more text than/],
    [
      "a longer one",
      () => sheetFile(`<c><v>${"&amp;".repeat(80_001)}</v></c>${digits(16_000)}`),
      /longer than any cell/,
    ],
    ["a small bomb", () => packOffice({ "xl/workbook.xml": " ".repeat(4 * 1024 * 1024) }), /unpack to far more/],
  ])("of %s are refused in words", async (_what, make, words) => {
    const reading = readXlsx(await make());
    await expect(reading).rejects.toThrow(words);
    await expect(reading).rejects.toBeInstanceOf(UnreadableSheet);
  });
});
