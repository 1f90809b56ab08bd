import type { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { element, words as plain, Xml, xmlDocument } from "@/lib/render/office/xml";
import { writeZip, type ZipPart } from "@/lib/render/zip/write-zip";

/** A part of an Office document: where it lies, what it is, and its content. */
export interface Part {
  /** As `word/document.xml`. */
  readonly path: string;
  readonly contentType: string;
  /** What is asked for when its turn comes may depend on the parts before it; of a long one the markup comes in pieces. */
  readonly content: Xml | (() => Xml | AsyncIterable<string>);
  readonly relations?: () => readonly Relation[];
}

/** How a part, or the package, names another part or an address. */
export interface Relation {
  readonly id: string;
  /** What kind it is: the last part of the office document namespace's address, or a whole address. */
  readonly type: string;
  /** Relative to the part's folder; for an address the address. */
  readonly target: string;
  readonly external?: boolean;
}

/** What a document says of itself. */
export interface DocumentFacts {
  readonly title: string;
  readonly subject: string;
  /** The instant that it is dated, ISO 8601. */
  readonly at: string;
}

const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006";
const CORE = `${PACKAGE}/metadata/core-properties`;
const APP = "application/vnd.openxmlformats-officedocument.extended-properties+xml";

/** The namespace of relations, which parts use for ids of theirs. */
export const RELATIONS_NAMESPACE = `${OFFICE}/relationships`;

/**
 * An Office document from its parts, in memory; the first is the main one. The same parts and facts give the same bytes:
 * no part is dated but by what it is told.
 */
export function officeDocument(parts: readonly [Part, ...Part[]], facts: DocumentFacts): Promise<Buffer> {
  return buffer(officeStream(parts, facts));
}

/** As {@link officeDocument}, written while it is read. A part that cannot be made breaks the stream. */
export function officeStream(parts: readonly [Part, ...Part[]], facts: DocumentFacts): Readable {
  const all = [...parts, coreProperties(facts), appProperties()];
  return writeZip(filesOf(all, parts[0]));
}

/** Each is made when the one before it has been written. */
function* filesOf(all: readonly Part[], main: Part): Generator<ZipPart> {
  const relations: readonly Relation[] = [
    { id: "rId1", type: "officeDocument", target: main.path },
    { id: "rId2", type: `${PACKAGE}/relationships/metadata/core-properties`, target: "docProps/core.xml" },
    { id: "rId3", type: "extended-properties", target: "docProps/app.xml" },
  ];
  yield fileOf("[Content_Types].xml", contentTypes(all));
  yield fileOf("_rels/.rels", relationships(relations));
  for (const { path, content, relations: own } of all) {
    const made = typeof content === "function" ? content() : content;
    yield made instanceof Xml ? fileOf(path, made) : { path, size: null, compress: true, content: () => bytesOf(made) };
    const named = own?.() ?? [];
    if (named.length > 0) yield fileOf(relationsPath(path), relationships(named));
  }
}

function fileOf(path: string, xml: Xml): ZipPart {
  const content = Buffer.from(xmlDocument(xml), "utf8");
  return { path, size: content.length, compress: true, content };
}

async function* bytesOf(pieces: AsyncIterable<string>): AsyncGenerator<Buffer> {
  for await (const piece of pieces) yield Buffer.from(piece, "utf8");
}

function relationsPath(path: string): string {
  const slash = path.lastIndexOf("/");
  return `${path.slice(0, slash)}/_rels/${path.slice(slash + 1)}.rels`;
}

function contentTypes(parts: readonly Part[]): Xml {
  return element(
    "Types",
    { xmlns: `${PACKAGE}/content-types` },
    element("Default", { Extension: "rels", ContentType: "application/vnd.openxmlformats-package.relationships+xml" }),
    element("Default", { Extension: "xml", ContentType: "application/xml" }),
    parts.map(({ path, contentType }) => element("Override", { PartName: `/${path}`, ContentType: contentType })),
  );
}

function relationships(relations: readonly Relation[]): Xml {
  return element(
    "Relationships",
    { xmlns: `${PACKAGE}/relationships` },
    relations.map(({ id, type, target, external }) =>
      element("Relationship", {
        Id: id,
        Type: type.includes(":") ? type : `${RELATIONS_NAMESPACE}/${type}`,
        Target: target,
        TargetMode: external ? "External" : undefined,
      }),
    ),
  );
}

function coreProperties({ title, subject, at }: DocumentFacts): Part {
  const dated = (name: string) =>
    element(`dcterms:${name}`, { "xsi:type": "dcterms:W3CDTF" }, plain(at.replace(/\.\d+Z$/, "Z")));
  return {
    path: "docProps/core.xml",
    contentType: "application/vnd.openxmlformats-package.core-properties+xml",
    content: element(
      "cp:coreProperties",
      {
        "xmlns:cp": CORE,
        "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        "xmlns:dcterms": "http://purl.org/dc/terms/",
        "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
      },
      element("dc:title", {}, plain(title)),
      element("dc:subject", {}, plain(subject)),
      element("dc:creator", {}, plain("Countervail")),
      element("cp:lastModifiedBy", {}, plain("Countervail")),
      dated("created"),
      dated("modified"),
    ),
  };
}

function appProperties(): Part {
  const content = element(
    "Properties",
    { xmlns: `${OFFICE}/extended-properties` },
    element("Application", {}, plain("Countervail")),
  );
  return { path: "docProps/app.xml", contentType: APP, content };
}
