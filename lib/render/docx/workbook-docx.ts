import type { Readable } from "node:stream";
import { setImmediate as othersHadTheirTurn } from "node:timers/promises";
import { annexBlocks } from "@/lib/render/docx/annex-blocks";
import { documentParts, subjectOf } from "@/lib/render/docx/document-parts";
import { DocxDraft } from "@/lib/render/docx/draft";
import { WORD_NAMESPACES } from "@/lib/render/docx/fixed-parts";
import { Sections, sectionEnd, textWidth } from "@/lib/render/docx/pages";
import type { DocxSettings } from "@/lib/render/docx/render-docx";
import { contentsBlocks, coverBlocks, summaryBlocks } from "@/lib/render/docx/workbook-blocks";
import { type Column, worksheetBlocks } from "@/lib/render/docx/worksheet-blocks";
import { officeStream } from "@/lib/render/office/package";
import { type Content, type Xml, xmlPieces } from "@/lib/render/office/xml";
import { worksheetNotes } from "@/lib/render/pdf/kind-words";
import type { BookSource, BookWatch } from "@/lib/render/pdf/render-book";
import { drawn } from "@/lib/render/pdf/undrawable";
import type { WorkbookFrame } from "@/lib/render/pdf/view-model";

/** The properties of sections: those of the workbook's own pages, and those of each worksheet. */
interface PageProperties {
  readonly own: Xml;
  readonly sheets: readonly Xml[];
}

/**
 * The whole workbook as a text document: cover, contents, summary of dispositions, worksheets, and then the annexes of
 * each. It is written while it is read; the source is asked three times, since the heads of all pages are named first. What
 * is in memory beside a stretch of worksheets are these heads, the comments, and the addresses that texts link to.
 * @throws Undrawable, from the stream, for a worksheet that cannot be written; what the source throws
 */
export async function workbookDocx(
  frame: WorkbookFrame,
  source: BookSource,
  { paper, at }: DocxSettings,
  watch: BookWatch = () => undefined,
): Promise<Readable> {
  const draft = new DocxDraft();
  const sections = new Sections(draft, paper);
  const { draft: isDraft, legacy, digest, entityName } = frame;
  const title = `Compensating controls workbook · ${entityName}`;
  const own = sections.properties({ title, draft: isDraft, legacy, notice: "", digest });
  const sheets: Xml[] = [];
  let commented = false;
  for await (const { model } of source()) {
    sheets.push(sections.properties(worksheetNotes(model)));
    commented ||= model.threads.some(({ comments }) => comments.length > 0);
  }
  const column = { draft, width: textWidth(paper) };
  const body = bodyOf({ frame, source, column, at, watch, pages: { own, sheets } });
  const content = () =>
    xmlPieces(
      [
        ["w:document", WORD_NAMESPACES],
        ["w:body", {}],
      ],
      body,
    );
  const facts = { title: `Compensating Controls Workbook, ${entityName}`, subject: subjectOf(digest), at };
  return officeStream(documentParts(draft, sections, content, commented), facts);
}

interface WholeBook {
  readonly frame: WorkbookFrame;
  readonly source: BookSource;
  readonly column: Column;
  readonly at: string;
  readonly watch: BookWatch;
  readonly pages: PageProperties;
}

async function* bodyOf(whole: WholeBook): AsyncGenerator<Content> {
  const { frame, column, at, pages } = whole;
  const last = pages.sheets.at(-1);
  yield [...coverBlocks(frame, at), sectionEnd(pages.own), ...contentsBlocks(frame), sectionEnd(pages.own)];
  yield summaryBlocks(frame, column);
  if (last) yield sectionEnd(pages.own);
  yield* eachSheet(whole, 0, worksheetBlocks);
  yield* eachSheet(whole, 1, annexBlocks);
  yield last ?? pages.own;
}

async function* eachSheet(
  { source, column, watch, pages }: WholeBook,
  pass: 0 | 1,
  blocksOf: typeof worksheetBlocks,
): AsyncGenerator<Content> {
  let index = 0;
  for await (const { model } of source()) {
    watch({ pass, index });
    yield drawn(index, () => blocksOf(model, index, column));
    // What ends the document ends the last section.
    const isLast = pass === 1 && index === pages.sheets.length - 1;
    const ends = pages.sheets[index];
    if (ends && !isLast) yield sectionEnd(ends);
    index += 1;
    await othersHadTheirTurn();
  }
}
