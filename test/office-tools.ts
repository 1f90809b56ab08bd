import { posix } from "node:path";
import { type Entry, fromBuffer } from "yauzl";
import { BrokenXml, readXml } from "@/lib/render/office/read-xml";
import { writeZip } from "@/lib/render/zip/write-zip";

/** The parts of an Office document by their paths, in the order of the archive. For tests and proofs. */
export function unpackOffice(bytes: Buffer): Promise<ReadonlyMap<string, string>> {
  return new Promise((resolve, reject) => {
    fromBuffer(bytes, { lazyEntries: true }, (error, zip) => {
      if (error) {
        reject(error);
        return;
      }
      const parts = new Map<string, string>();
      zip.on("entry", (entry: Entry) => {
        zip.openReadStream(entry, (failure, stream) => {
          if (failure) {
            reject(failure);
            return;
          }
          const chunks: Buffer[] = [];
          stream.on("data", (chunk: Buffer) => chunks.push(chunk));
          stream.once("error", reject);
          stream.once("end", () => {
            parts.set(entry.fileName, Buffer.concat(chunks).toString("utf8"));
            zip.readEntry();
          });
        });
      });
      zip.once("end", () => resolve(parts));
      zip.once("error", reject);
      zip.readEntry();
    });
  });
}

/** An element as the checks look at it. */
interface Seen {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
}

function elementsOf(xml: string): readonly Seen[] {
  const seen: Seen[] = [];
  readXml(xml, { open: (name, attributes) => seen.push({ name, attributes }) });
  return seen;
}

/**
 * What is wrong with an Office document as a package: parts that are no XML, that have no type, that name what is not
 * there, that lead to an address which is not http, https or mailto, or that hold what runs or is fetched.
 */
export function packageFindings(parts: ReadonlyMap<string, string>): readonly string[] {
  const { elements, findings } = readParts(parts);
  if ([...parts.keys()][0] !== "[Content_Types].xml") findings.push("The types of content do not come first.");
  const typed = new Set((elements.get("[Content_Types].xml") ?? []).map((one) => one.attributes.get("PartName")));
  for (const path of parts.keys()) {
    if (!path.endsWith(".rels") && path !== "[Content_Types].xml" && !typed.has(`/${path}`)) {
      findings.push(`${path} has no type`);
    }
  }
  for (const [path, seen] of elements) {
    if (path.endsWith(".rels")) findings.push(...relationFindings(path, seen, parts));
    else findings.push(...idFindings(path, seen, elements));
  }
  return findings;
}

function readParts(parts: ReadonlyMap<string, string>) {
  const findings: string[] = [];
  const elements = new Map<string, readonly Seen[]>();
  for (const [path, xml] of parts) {
    try {
      elements.set(path, elementsOf(xml));
    } catch (error) {
      if (!(error instanceof BrokenXml)) throw error;
      findings.push(`${path} is no XML: ${error.message}`);
    }
  }
  return { elements, findings };
}

function relationFindings(path: string, seen: readonly Seen[], parts: ReadonlyMap<string, string>): readonly string[] {
  const folder = posix.dirname(posix.dirname(path));
  return seen
    .filter(({ name }) => name === "Relationship")
    .flatMap(({ attributes }) => {
      const target = attributes.get("Target") ?? "";
      if (attributes.get("TargetMode") === "External") {
        return /^(https?|mailto):/.test(target) ? [] : [`${path} leads to ${target}`];
      }
      const part = posix.normalize(posix.join(folder, target));
      return parts.has(part) ? [] : [`${path} names ${part}, which is not there`];
    });
}

/** Elements that run, or have something fetched, when a document is opened; documents of ours have none. */
const ACTIVE = /^(object|control|altChunk|attachedTemplate|subDoc|externalLink|ddeLink|oleObject|script|f)$/;
const HARMLESS_FIELDS = /^\s*(PAGE|NUMPAGES|TOC)\b/;

function idFindings(
  path: string,
  seen: readonly Seen[],
  elements: ReadonlyMap<string, readonly Seen[]>,
): readonly string[] {
  const own = elements.get(`${posix.dirname(path)}/_rels/${posix.basename(path)}.rels`) ?? [];
  const known = new Set(own.map(({ attributes }) => attributes.get("Id")));
  const findings = twiceUsed(path, seen);
  for (const { name, attributes } of seen) {
    if (ACTIVE.test(name)) findings.push(`${path} holds <${name}>`);
    const instruction = attributes.get("w:instr");
    if (instruction !== undefined && !HARMLESS_FIELDS.test(instruction)) findings.push(`${path}: field ${instruction}`);
    const relation = attributes.get("r:id");
    if (relation !== undefined && !known.has(relation)) findings.push(`${path} names ${relation}, which is not there`);
  }
  return findings;
}

function twiceUsed(path: string, seen: readonly Seen[]): string[] {
  return ["bookmarkStart", "comment"].flatMap((name) => {
    const ids = seen.filter((one) => one.name === name).map(({ attributes }) => attributes.get("w:id"));
    return new Set(ids).size === ids.length ? [] : [`${path}: two of ${name} have one id`];
  });
}

/** The text of a part, a line for each paragraph; breaks and tabs as they are. */
export function textOfWord(xml: string): string {
  const lines: string[] = [];
  let line = "";
  let inText = false;
  readXml(xml, {
    open: (name) => {
      if (name === "t") inText = true;
      if (name === "br") line += "\n";
      if (name === "tab") line += "\t";
    },
    text: (text) => {
      if (inText) line += text;
    },
    close: (name) => {
      if (name === "t") inText = false;
      if (name !== "p") return;
      lines.push(line);
      line = "";
    },
  });
  return lines.join("\n");
}

/** An archive of parts by their paths, packed tightly. */
export async function packOffice(parts: Readonly<Record<string, string>>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const zip = writeZip(
    Object.entries(parts).map(([path, text]) => {
      const content = Buffer.from(text, "utf8");
      return { path, size: content.length, compress: true, content };
    }),
  );
  for await (const chunk of zip) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
