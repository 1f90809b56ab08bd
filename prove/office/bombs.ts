import { Failure } from "@/lib/contracts/failure";
import { readTable } from "@/lib/services/sheets/read-table";
import { packOffice } from "@/test/office-tools";
import type { Findings } from "../support/findings";
import { Random } from "../support/random";
import { longestHold } from "./held";

const BOOK = {
  "xl/workbook.xml": '<workbook xmlns:r="r"><sheets><sheet name="A" r:id="rId1"/></sheets></workbook>',
  "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="rId1" Target="worksheets/a.xml"/></Relationships>',
};
/** Just below what an archive may unpack to, and what a reader had to go through before there was such a limit. */
const ALLOWED = 7_500_000;
const FORMER = 32_000_000;
/**
 * Of the processor's time: for how long nothing else may go on (milliseconds). The short form runs wherever the tests do, and
 * only sees that nothing holds everything up: there it is what no machine reaches with slices.
 */
const HELD = { long: 300, short: 3_000 } as const;
const ATTEMPTS = 5;

/**
 * Reads small files of much content as the web server does: whatever is in them, nothing else waits for long, and what is
 * a table, however large, is read. @returns how many there were, and the longest time (milliseconds of the processor)
 */
export async function readBombs(
  seed: number,
  short: boolean,
  findings: Findings,
): Promise<{ count: number; longest: number }> {
  const most = short ? HELD.short : HELD.long;
  let longest = 0;
  const files = [...(await books(seed)), ...texts()];
  for (const [name, isTable, bytes] of files) {
    const { held, isRead } = await readOne(name, bytes, most, findings);
    findings.expect(held <= most, `${name}: nothing else went on for ${held.toFixed(0)} ms`);
    findings.expect(isRead === isTable, `${name}: it is ${isRead ? "read" : "refused"}`);
    longest = Math.max(longest, held);
  }
  return { count: files.length, longest: Math.round(longest) };
}

/** What other proofs compute beside is counted too, so what took long is measured again. */
async function readOne(name: string, bytes: Buffer, most: number, findings: Findings) {
  let isRead = true;
  let held = Number.POSITIVE_INFINITY;
  for (let attempt = 1; attempt <= ATTEMPTS && held > most; attempt += 1) {
    held = await longestHold(() =>
      readTable(bytes).catch((error: unknown) => {
        isRead = false;
        if (!(error instanceof Failure)) findings.add(`${name}: ${String(error)}`);
      }),
    );
  }
  return { held, isRead };
}

type Bomb = readonly [name: string, isTable: boolean, bytes: Buffer];

async function books(seed: number): Promise<Bomb[]> {
  const cell = '<c t="inlineStr"><is><t>seven77</t></is></c>';
  const attributes = Array.from({ length: 500_000 }, (_, index) => `a${index}=""`).join(" ");
  const contents: readonly (readonly [string, boolean, string])[] = [
    ["what took seconds", false, filled("<row/>", FORMER)],
    ["rows", false, filled("<row/>", ALLOWED)],
    ["cells", false, `<row>${filled("<c/>", ALLOWED)}</row>`],
    ["comments", false, filled("<!---->", ALLOWED)],
    ["attributes", false, `<row ${attributes}/>`],
    ["references", false, `<row><c t="inlineStr"><t>${filled("&amp;", ALLOWED)}</t></c></row>`],
    ["escapes", false, `<row><c t="inlineStr"><t>${filled("_x0041_", ALLOWED)}</t></c></row>`],
    ["a text in parts", false, `<row><c t="inlineStr"><t>${filled("<![CDATA[_x0041_]]>", ALLOWED)}</t></c></row>`],
    ["rows of one cell far away", true, filled('<row><c r="GR1"><v>1</v></c></row>', 34 * 5_000)],
    ["a large table", true, filled(`<row>${cell.repeat(25)}</row>`, 5_000 * (11 + 25 * cell.length))],
  ];
  const made: Bomb[] = [];
  for (const [name, isTable, content] of contents) {
    // What does not pack well makes the archive as large as it has to be for its content.
    const ballast = `<!--${noise(new Random(seed), content.length / 120)}-->`;
    const sheet = `<worksheet>${ballast}<sheetData>${content}</sheetData></worksheet>`;
    made.push([name, isTable, await packOffice({ ...BOOK, "xl/worksheets/a.xml": sheet })]);
  }
  return made;
}

function texts(): Bomb[] {
  const size = 2 * 1024 * 1024;
  return (
    [
      ["lines of text", false, "\n".repeat(size)],
      ["separators", true, `${",".repeat(199)}\n`.repeat(5_000)],
      ["quoted cells", true, `${'"",'.repeat(130)}1\n`.repeat(5_000)],
      ["one quoted cell", true, `"${'""'.repeat(size / 2 - 2)}"`],
    ] as const
  ).map(([name, isTable, text]) => [name, isTable, Buffer.from(text)]);
}

function filled(piece: string, size: number): string {
  return piece.repeat(Math.floor(size / piece.length));
}

function noise(random: Random, length: number): string {
  return Array.from({ length: Math.ceil(length) }, () => random.int(36).toString(36)).join("");
}
