import { evidence, signOffs } from "@/lib/render/pdf/annexes";
import type { Book } from "@/lib/render/pdf/book";
import { factStrips } from "@/lib/render/pdf/item-strips";
import { worksheetNotes } from "@/lib/render/pdf/kind-words";
import { logoStrips } from "@/lib/render/pdf/logo";
import { rigourStrips } from "@/lib/render/pdf/rigour-annex";
import { gap, paragraph, type Strip } from "@/lib/render/pdf/strip";
import { run, STYLES } from "@/lib/render/pdf/styles";
import type { Logo, WorksheetLayout, WorksheetPdfModel } from "@/lib/render/pdf/view-model";
import { revisionWords, statusWords } from "@/lib/render/pdf/words";
import { LOGO } from "@/lib/render/pdf/worksheet-pages";

/** A part of a worksheet that is printed as a document of its own. */
export type WorksheetPart = Exclude<WorksheetLayout, "worksheet">;

const TITLES: Readonly<Record<WorksheetPart, string>> = {
  certificate: "Sign-off certificate",
  evidence: "Evidence index",
  rigour: "Rigour report",
};

/** The title of the document. */
export function partTitle({ header }: WorksheetPdfModel, part: WorksheetPart): string {
  return `${TITLES[part]} ${header.requirementNumber}, ${header.entityName}`;
}

/** Whose part it is, of which revision, and then the part itself. */
export function partPages(book: Book, model: WorksheetPdfModel, part: WorksheetPart, logo?: Logo): void {
  const { frame, fonts } = book;
  const { header } = model;
  const flow = book.flow(worksheetNotes(model));
  flow.bookmark(TITLES[part], 0);
  const facts = [
    { term: "Requirement", text: `${header.requirementNumber}  ${header.requirementTitle}` },
    { term: "Entity", text: header.entityName },
    { term: "Engagement", text: header.engagementName },
    { term: "Assessor company", text: model.assessorName },
    { term: "Standard", text: `PCI DSS ${header.standardVersion}` },
    { term: "Revision", text: revisionWords(model) },
    { term: "Status", text: statusWords(model) },
  ].filter(({ text }) => text.trim() !== "");
  flow.place([
    ...logoStrips(book, logo, LOGO),
    ...paragraph([run(TITLES[part], STYLES.title)], frame.width, fonts),
    gap(8),
    ...factStrips(facts, { width: frame.width, fonts, style: STYLES.body }, 110),
    gap(16),
    ...content(book, model, part),
  ]);
}

function content(book: Book, model: WorksheetPdfModel, part: WorksheetPart): readonly Strip[] {
  switch (part) {
    case "evidence":
      return evidence(book, model);
    case "rigour":
      return rigourStrips(book, model.rigour);
    case "certificate":
      return certificate(book, model);
  }
}

/** The decisions on the revision that is shown, and no others: a certificate says nothing of another text. */
function certificate(book: Book, model: WorksheetPdfModel): readonly Strip[] {
  const own = model.frozen ? model.signOffs.filter(({ revision }) => revision === model.revision) : [];
  const text =
    "The digest is that of the revision’s content as canonical JSON (RFC 8785). Whoever has the content, as a proof pack or a " +
    "PDF/A-3 of the worksheet holds it, can compute it again and see that this is what was decided upon.";
  return [
    ...signOffs(book, { kind: model.kind, signOffs: own }),
    ...(own.length === 0 ? [] : [gap(14), ...paragraph([run(text, STYLES.muted)], book.frame.width, book.fonts)]),
  ];
}
