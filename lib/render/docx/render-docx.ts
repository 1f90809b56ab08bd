import { annexBlocks } from "@/lib/render/docx/annex-blocks";
import { commentParts } from "@/lib/render/docx/comments";
import { DocxDraft } from "@/lib/render/docx/draft";
import { numberingPart, settingsPart, stylesPart, WORD_NAMESPACES } from "@/lib/render/docx/fixed-parts";
import { Sections, sectionEnd, textWidth } from "@/lib/render/docx/pages";
import { contentsBlocks, coverBlocks, summaryBlocks } from "@/lib/render/docx/workbook-blocks";
import { worksheetBlocks } from "@/lib/render/docx/worksheet-blocks";
import { type DocumentFacts, officeDocument, type Part } from "@/lib/render/office/package";
import { element, type Xml } from "@/lib/render/office/xml";
import { PAPER_TITLES, worksheetNotes } from "@/lib/render/pdf/kind-words";
import type { Paper, PdfJob, WorkbookPdfModel, WorksheetPdfModel } from "@/lib/render/pdf/view-model";

/** What a document takes beside its content. The same model and the same settings give the same bytes. */
export interface DocxSettings {
  readonly paper: Paper;
  /** The instant that the document is dated, ISO 8601: from its content. */
  readonly at: string;
}

const WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/** Renders what would be printed as a text document for word processors (Office Open XML). */
export function renderDocx(job: PdfJob): Promise<Buffer> {
  return job.kind === "worksheet" ? worksheetDocx(job.model, job) : workbookDocx(job.model, job);
}

/** One worksheet in the shape of the report's appendix, with its annexes behind it. */
export function worksheetDocx(model: WorksheetPdfModel, { paper, at }: DocxSettings): Promise<Buffer> {
  const draft = new DocxDraft();
  const sections = new Sections(draft, paper);
  const column = { draft, width: textWidth(paper) };
  const properties = sections.properties(worksheetNotes(model));
  const body = [
    ...worksheetBlocks(model, 0, column),
    sectionEnd(properties),
    ...annexBlocks(model, 0, column),
    properties,
  ];
  const { requirementNumber, entityName } = model.header;
  const title = `${PAPER_TITLES[model.kind]} ${requirementNumber}, ${entityName}`;
  return bytesOf(draft, sections, body, { title, subject: subjectOf(model.digest), at });
}

/** The whole workbook: cover, contents, summary of dispositions, worksheets, and then the annexes of each. */
export function workbookDocx(model: WorkbookPdfModel, { paper, at }: DocxSettings): Promise<Buffer> {
  const draft = new DocxDraft();
  const sections = new Sections(draft, paper);
  const column = { draft, width: textWidth(paper) };
  const { draft: isDraft, legacy, digest, entityName, worksheets } = model;
  const title = `Compensating controls workbook · ${entityName}`;
  const own = sections.properties({ title, draft: isDraft, legacy, notice: "", digest });
  const pages = worksheets.map((sheet) => sections.properties(worksheetNotes(sheet)));
  const ended = (blocks: readonly Xml[], properties: Xml | undefined) =>
    properties ? [...blocks, sectionEnd(properties)] : blocks;
  const body = [
    ...ended(coverBlocks(model, at), own),
    ...ended(contentsBlocks(model), own),
    ...ended(summaryBlocks(model, column), worksheets.length > 0 ? own : undefined),
    ...worksheets.flatMap((sheet, index) => ended(worksheetBlocks(sheet, index, column), pages[index])),
    ...worksheets.flatMap((sheet, index) => {
      const blocks = annexBlocks(sheet, index, column);
      return index === worksheets.length - 1 ? blocks : ended(blocks, pages[index]);
    }),
    pages.at(-1) ?? own,
  ];
  const facts = { title: `Compensating Controls Workbook, ${entityName}`, subject: subjectOf(digest), at };
  return bytesOf(draft, sections, body, facts);
}

function subjectOf(digest: string): string {
  return `SHA-256 of the content shown: ${digest}`;
}

function bytesOf(draft: DocxDraft, sections: Sections, body: readonly Xml[], facts: DocumentFacts): Promise<Buffer> {
  const part = (name: string, content: Xml): Part => {
    draft.relate(name, `${name}.xml`);
    return { path: `word/${name}.xml`, contentType: `${WORD}.${name}+xml`, content };
  };
  const fixed = [
    part("styles", stylesPart()),
    part("numbering", numberingPart(draft)),
    part("settings", settingsPart()),
  ];
  const comments = commentParts(draft);
  const main: Part = {
    path: "word/document.xml",
    contentType: `${WORD}.document.main+xml`,
    content: element("w:document", WORD_NAMESPACES, element("w:body", {}, body)),
    relations: draft.relations,
  };
  return officeDocument([main, ...fixed, ...sections.parts, ...comments], facts);
}
