import fc from "fast-check";
import { worksheetDocx } from "@/lib/render/docx/render-docx";
import { readXml } from "@/lib/render/office/read-xml";
import { shownText } from "@/lib/render/office/shown-text";
import type { WorksheetPdfModel } from "@/lib/render/pdf/view-model";
import { workbookModel } from "@/test/fixtures/workbook-model";
import { worksheetModel } from "@/test/fixtures/worksheet-model";
import { packageFindings, textOfWord, unpackOffice } from "@/test/office-tools";
import { withPdf } from "@/test/pdf-tools";
import { runTool } from "@/test/tools";
import { wholeDocx } from "@/test/whole-workbook";
import { evidenceArbitrary, sectionsArbitrary } from "@/test/worksheet-arbitrary";
import { hostileWorksheet } from "../hostile-pdf/worksheet";
import type { Findings } from "../support/findings";
import { Random } from "../support/random";
import type { LibreOffice } from "./libre-office";

const AT = "2026-11-26T10:00:00.000Z";

/** A document, and what it has to say. */
interface Made {
  readonly name: string;
  readonly bytes: Buffer;
  /** The text of its body, a line for each paragraph. */
  readonly text: string;
  /** The heads of its tables, without blanks. */
  readonly heads: readonly string[];
}

/** Worksheets of random sections and evidence, of both versions, drafts and signed. */
export function randomModels(count: number, seed: number): readonly WorksheetPdfModel[] {
  const drawn = fc.sample(fc.tuple(sectionsArbitrary, fc.array(evidenceArbitrary, { maxLength: 4 })), {
    numRuns: count,
    seed,
  });
  return drawn.map(([sections, evidence], index) => {
    const version = index % 2 === 0 ? "4.0.1" : "3.2.1";
    return { ...worksheetModel(version, index % 3 === 0, sections), evidence };
  });
}

/** Makes documents of random worksheets, and of a workbook, and looks through their parts. */
export async function makeDocuments(models: readonly WorksheetPdfModel[], findings: Findings): Promise<Made[]> {
  const made: Made[] = [];
  for (const [index, model] of models.entries()) {
    const paper = index % 2 === 0 ? "A4" : "Letter";
    made.push(await look(`worksheet ${index}`, () => worksheetDocx(model, { paper, at: AT }), findings));
  }
  made.push(await look("workbook", () => wholeDocx(workbookModel("4.0.1", 3), { paper: "A4", at: AT }), findings));
  return made;
}

/** Makes documents full of hostile text, each of which has to stand in them to the letter, as text. */
export async function makeHostile(count: number, seed: number, findings: Findings): Promise<Made[]> {
  const made: Made[] = [];
  for (let number = 0; number < count; number += 1) {
    const { model, texts } = hostileWorksheet(new Random(seed * 7_919 + number));
    const name = `hostile ${number}`;
    const one = await look(name, () => worksheetDocx(model, { paper: "A4", at: AT }), findings);
    const parts = await unpackOffice(one.bytes);
    const comments = parts.get("word/comments.xml") ?? "";
    const all = flat(`${one.text}\n${textOfWord(comments)}`) + flat(authorsIn(comments));
    for (const text of texts) {
      findings.expect(
        all.includes(flat(shownText(text))),
        `${name} does not say ${JSON.stringify(text.slice(0, 200))}`,
      );
    }
    made.push(one);
  }
  return made;
}

function authorsIn(comments: string): string {
  const plain = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#9;": "\t", "&#10;": "\n", "&#13;": "\r" };
  return [...comments.matchAll(/w:author="([^"]*)"/g)]
    .map(([, author = ""]) => author.replace(/&[^;]+;/g, (one) => plain[one as keyof typeof plain] ?? one))
    .join("\n");
}

async function look(name: string, make: () => Promise<Buffer>, findings: Findings): Promise<Made> {
  const bytes = await make();
  findings.expect((await make()).equals(bytes), `${name}: other bytes the second time`);
  const parts = await unpackOffice(bytes);
  for (const finding of packageFindings(parts)) findings.add(`${name}: ${finding}`);
  const main = parts.get("word/document.xml") ?? "";
  return { name: `${name.replace(" ", "-")}.docx`, bytes, text: textOfWord(main), heads: headsOf(main) };
}

/** Text without blanks, each character in its plain form: as it can be found again on a page. */
function flat(text: string): string {
  return text.normalize("NFKC").replace(/[\s\u00ad]/g, "");
}

/** Has LibreOffice print documents, and compares what can be read on their pages with what is in them. */
export async function comparePages(office: LibreOffice, made: readonly Made[], findings: Findings): Promise<void> {
  const pdfs = await office.convert(made, "pdf");
  for (const [index, document] of made.entries()) {
    const { name } = document;
    const pdf = pdfs[index];
    if (!pdf) {
      findings.add(`${name}: LibreOffice does not open it`);
      continue;
    }
    const pages = withPdf(pdf, (file) => runTool("pdftotext", ["-raw", "-enc", "UTF-8", file, "-"]));
    const problem = differenceOf(pages, document);
    findings.expect(problem === null, `${name}: ${problem}`);
  }
}

/** Has LibreOffice read documents, and compares the text that it finds in them to the letter. */
export async function compareTexts(office: LibreOffice, made: readonly Made[], findings: Findings): Promise<void> {
  const texts = await office.convert(made, "txt");
  for (const [index, { name, text }] of made.entries()) {
    const read = texts[index]?.toString("utf8").replace(/^\ufeff/, "");
    const problem = read === undefined ? "LibreOffice does not open it" : walk(flat(read), flat(text));
    findings.expect(problem === null, `${name}: ${problem}`);
  }
}

/** What stands on every page, in lines of their own: its head and its foot. */
const RUNNING =
  /^(Compensating Controls Worksheet [A-Z\d.]+ · |Compensating controls workbook · |SHA-256 of the content shown: ).*$/gm;
/** The ends of such lines, where a reader of pages breaks them. */
const RUNNING_ENDS = /^(Page \d+ of \d+|DRAFT|(DRAFT · )?Legacy: PCI DSS 3\.2\.1 is retired, not reportable)$/gm;
/** What numbers and signs of lists are made of. */
const OF_MARKERS = /^[•–·\d.]$/;

/**
 * What is missing on the pages, or is there beside, by how often each character is there: a row that goes on to the next
 * page is printed in another order than it is read. Null when they say the same.
 */
function differenceOf(pages: string, { text, heads }: Made): string | null {
  const without = (all: string) => heads.reduce((rest, head) => rest.replaceAll(head, ""), flat(all));
  const left = new Map<string, number>();
  const count = (all: string, one: 1 | -1) => {
    for (const character of all) left.set(character, (left.get(character) ?? 0) + one);
  };
  count(without(pages.replaceAll("\f", "\n").replace(RUNNING, "").replace(RUNNING_ENDS, "")), 1);
  count(without(text), -1);
  const wrong = [...left].filter(([character, times]) => times < 0 || (times > 0 && !OF_MARKERS.test(character)));
  return wrong.length === 0 ? null : `on the pages there are so many more or fewer of ${JSON.stringify(wrong)}`;
}

/** The signs and numbers that lists put before their items, which are no part of the text. */
const MARKER = /(?:•|–|·|\d+\.)/y;

/** Walks through both texts; beside what is the same the first may have marks of lists. */
function walk(found: string, wanted: string): string | null {
  let at = 0;
  for (let place = 0; place < wanted.length; place += 1, at += 1) {
    while (found[at] !== wanted[place]) {
      MARKER.lastIndex = at;
      if (!MARKER.test(found)) return `instead of ${show(wanted, place)} there is ${show(found, at)}`;
      at = MARKER.lastIndex;
    }
  }
  return at === found.length ? null : `there is also ${show(found, at)}`;
}

function show(text: string, at: number): string {
  return JSON.stringify(text.slice(Math.max(0, at - 20), at + 60));
}

/** The heads of tables, which come again on the pages that a table goes on to. */
function headsOf(xml: string): readonly string[] {
  const heads: string[] = [];
  let row: { isHead: boolean; text: string } | null = null;
  readXml(xml, {
    open: (name) => {
      if (name === "tr") row = { isHead: false, text: "" };
      if (name === "tblHeader" && row) row.isHead = true;
    },
    text: (text) => {
      if (row) row.text += text;
    },
    close: (name) => {
      if (name !== "tr" || !row) return;
      if (row.isHead) heads.push(flat(row.text));
      row = null;
    },
  });
  return [...new Set(heads)].filter((head) => head.length > 12);
}
