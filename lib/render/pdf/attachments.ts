import { createHash } from "node:crypto";
import { references, textString } from "@/lib/render/pdf/pdf-values";
import type { PdfWriter } from "@/lib/render/pdf/pdf-writer";
import { newReference, Verbatim } from "@/lib/render/pdf/pdfkit-internals";
import type { Attachment } from "@/lib/render/pdf/view-model";

/** Puts files into a document, each as what the document was made from (ISO 19005-3, annex E). @param at when they are dated */
export function attach(writer: PdfWriter, attachments: readonly Attachment[], at: Date): void {
  if (attachments.length === 0) return;
  const specifications = attachments.map((attachment) => specification(writer, attachment, at));
  const named = attachments
    .map(({ name }, index) => ({ name, id: specifications[index] }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, id }) => `${textString(name)}${id} 0 R`);
  writer.names.EmbeddedFiles = new Verbatim(`<</Names[${named.join("")}]>>`);
  writer.catalogue.AF = new Verbatim(`[${references(specifications)}]`);
}

function specification(writer: PdfWriter, { name, type, description, text }: Attachment, at: Date): number {
  const content = Buffer.from(text, "utf8");
  // MD5 is what the format has here, against damage on the way; nothing is proved by it.
  const checksum = createHash("md5").update(content).digest();
  const file = newReference(writer.document, {
    Type: "EmbeddedFile",
    Subtype: type.replace("/", "#2F"),
    Params: { CreationDate: at, ModDate: at, Size: content.length, CheckSum: checksum },
  });
  file.end(content);
  const id = writer.allocate();
  const names = `/F ${textString(name)}/UF ${textString(name)}/Desc ${textString(description)}`;
  writer.object(id, `<</Type/Filespec/AFRelationship/Source${names}/EF<</F ${file.id} 0 R/UF ${file.id} 0 R>>>>`);
  return id;
}
