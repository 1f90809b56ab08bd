/** What a document may declare to be: accessible (ISO 14289-1), or made for keeping (ISO 19005-3, level A). */
export const CONFORMANCES = ["PDF/UA-1", "PDF/A-3a"] as const;
/** One of them. */
export type Conformance = (typeof CONFORMANCES)[number];

/** What the metadata tell, the same as the information dictionary. */
export interface DocumentFacts {
  readonly title: string;
  readonly author: string;
  readonly subject: string;
  readonly producer: string;
  readonly at: Date;
}

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Text within XML; characters that XML knows no way to write become U+FFFD. */
function xml(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu, "\ufffd")
    .replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character);
}

const DECLARATIONS: Readonly<Record<Conformance, string>> = {
  "PDF/UA-1": `<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>`,
  "PDF/A-3a": `<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"><pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance></rdf:Description>`,
};

/** The document's metadata as an XMP packet (ISO 16684-1). */
export function xmpPacket(facts: DocumentFacts, conformance: Conformance): string {
  const at = `${facts.at.toISOString().slice(0, 19)}Z`;
  const one = (text: string) => `<rdf:Alt><rdf:li xml:lang="x-default">${xml(text)}</rdf:li></rdf:Alt>`;
  return `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:format>application/pdf</dc:format><dc:title>${one(facts.title)}</dc:title><dc:creator><rdf:Seq><rdf:li>${xml(facts.author)}</rdf:li></rdf:Seq></dc:creator><dc:description>${one(facts.subject)}</dc:description></rdf:Description>
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/"><xmp:CreateDate>${at}</xmp:CreateDate><xmp:CreatorTool>${xml(facts.producer)}</xmp:CreatorTool></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"><pdf:Producer>${xml(facts.producer)}</pdf:Producer></rdf:Description>
${DECLARATIONS[conformance]}
</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>`;
}
