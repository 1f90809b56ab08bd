import { commentParts } from "@/lib/render/docx/comments";
import type { DocxDraft } from "@/lib/render/docx/draft";
import { numberingPart, settingsPart, stylesPart } from "@/lib/render/docx/fixed-parts";
import type { Sections } from "@/lib/render/docx/pages";
import type { Part } from "@/lib/render/office/package";
import type { Xml } from "@/lib/render/office/xml";

const WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/**
 * The parts of a text document, the text first. What depends on the text is asked for after it: lists, comments, and the
 * addresses that it links to. @param commented whether there are comments
 */
export function documentParts(
  draft: DocxDraft,
  sections: Sections,
  content: Part["content"],
  commented: boolean,
): readonly [Part, ...Part[]] {
  const part = (name: string, own: Part["content"]): Part => {
    draft.relate(name, `${name}.xml`);
    return { path: `word/${name}.xml`, contentType: `${WORD}.${name}+xml`, content: own };
  };
  const fixed = [
    part("styles", stylesPart()),
    part("numbering", (): Xml => numberingPart(draft)),
    part("settings", settingsPart()),
  ];
  const main: Part = {
    path: "word/document.xml",
    contentType: `${WORD}.document.main+xml`,
    content,
    relations: () => draft.relations,
  };
  return [main, ...fixed, ...sections.parts, ...(commented ? commentParts(draft) : [])];
}

/** What a document says of what it shows. */
export function subjectOf(digest: string): string {
  return `SHA-256 of the content shown: ${digest}`;
}
