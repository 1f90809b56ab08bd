import { createHash } from "node:crypto";
import { references, textString } from "@/lib/render/pdf/pdf-values";
import type { PdfWriter } from "@/lib/render/pdf/pdf-writer";
import { newReference, Verbatim } from "@/lib/render/pdf/pdfkit-internals";
import type { Attachment } from "@/lib/render/pdf/view-model";

/** The files that a document carries, each as what the document was made from (ISO 19005-3, annex E), written as they come. */
export class Attachments {
  readonly #writer: PdfWriter;
  readonly #at: Date;
  readonly #named: { readonly name: string; readonly id: number }[] = [];

  /** @param at when the files are dated */
  constructor(writer: PdfWriter, at: Date) {
    this.#writer = writer;
    this.#at = at;
  }

  /** Writes a file, whose name no other file of the document has. */
  add(attachment: Attachment): void {
    this.#named.push({ name: attachment.name, id: specification(this.#writer, attachment, this.#at) });
  }

  /** Names all files in the document. */
  end(): void {
    if (this.#named.length === 0) return;
    const sorted = [...this.#named]
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map(({ name, id }) => `${textString(name)}${id} 0 R`);
    this.#writer.names.EmbeddedFiles = new Verbatim(`<</Names[${sorted.join("")}]>>`);
    this.#writer.catalogue.AF = new Verbatim(`[${references(this.#named.map(({ id }) => id))}]`);
  }
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
