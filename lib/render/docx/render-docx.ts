import { annexBlocks } from "@/lib/render/docx/annex-blocks";
import { documentParts, subjectOf } from "@/lib/render/docx/document-parts";
import { DocxDraft } from "@/lib/render/docx/draft";
import { WORD_NAMESPACES } from "@/lib/render/docx/fixed-parts";
import { Sections, sectionEnd, textWidth } from "@/lib/render/docx/pages";
import { worksheetBlocks } from "@/lib/render/docx/worksheet-blocks";
import { officeDocument } from "@/lib/render/office/package";
import { element } from "@/lib/render/office/xml";
import { PAPER_TITLES, worksheetNotes } from "@/lib/render/pdf/kind-words";
import type { Paper, WorksheetPdfModel } from "@/lib/render/pdf/view-model";

/** What a document takes beside its content. The same model and the same settings give the same bytes. */
export interface DocxSettings {
  readonly paper: Paper;
  /** The instant that the document is dated, ISO 8601: from its content. */
  readonly at: string;
}

/**
 * One worksheet as a text document for word processors (Office Open XML), in the shape of the report's appendix, with its
 * annexes behind it.
 */
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
  const content = element("w:document", WORD_NAMESPACES, element("w:body", {}, body));
  const parts = documentParts(draft, sections, content, draft.comments.length > 0);
  return officeDocument(parts, { title, subject: subjectOf(model.digest), at });
}
