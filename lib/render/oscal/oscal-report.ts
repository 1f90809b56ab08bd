import type { Catalogue } from "@/lib/domain/catalogue/catalogue";
import type { OscalBook } from "@/lib/domain/oscal/book";
import { catalogOf } from "@/lib/domain/oscal/catalog";
import { firstDifference } from "@/lib/domain/oscal/difference";
import { fewProblems } from "@/lib/domain/oscal/few-problems";
import { type MappingDocument, readMappings } from "@/lib/domain/oscal/mapping-collection";
import { leftOutWords } from "@/lib/domain/oscal/metadata";
import type { CatalogDocument } from "@/lib/domain/oscal/parts";
import { readCatalog } from "@/lib/domain/oscal/read-catalog";
import type { DocumentProblem } from "@/lib/domain/oscal/read-poam";
import { OSCAL_VERSION } from "@/lib/domain/oscal/vocabulary";
import { identify } from "@/lib/render/oscal/identify";
import { readPlan } from "@/lib/render/oscal/read-plan";
import { modelOf, schemaProblems } from "@/lib/render/oscal/validate";

/** What is found of a file that is said to be OSCAL. */
export interface OscalReport {
  /** What it holds, a line each; empty where it cannot be read. */
  readonly holds: readonly string[];
  /** What is wrong, each with its place; empty when all is well. */
  readonly problems: readonly DocumentProblem[];
}

const UNKNOWN = "It is no OSCAL document of a kind that Countervail knows: catalogue, mapping, POA&M or SSP.";
const OTHER_CATALOGUE =
  "This is not what the catalogue of this release says here: the document was changed since it was exported.";
const TOO_DEEP = "It is nested too deeply to be read.";

/**
 * Reads an OSCAL file of any kind that Countervail writes: is it valid by NIST's schema, what does it hold, and, of a plan,
 * is it still what was exported?
 * Of a catalogue it is found whether it is to the letter the one that is at hand.
 * @param digestOf SHA-256, hex, of a content as canonical JSON
 * @param own the catalogue that this release brings; null where it is not at hand
 */
export function reportOscal(
  text: string,
  digestOf: (content: object) => string,
  own: Catalogue | null = null,
): OscalReport {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    return refused(error instanceof RangeError ? TOO_DEEP : "It is no JSON.");
  }
  try {
    return reportDocument(document, digestOf, own);
  } catch (error) {
    if (error instanceof RangeError) return refused(TOO_DEEP);
    throw error;
  }
}

function refused(message: string): OscalReport {
  return { holds: [], problems: [{ at: "/", message }] };
}

function reportDocument(document: unknown, digestOf: (content: object) => string, own: Catalogue | null): OscalReport {
  const model = modelOf(document);
  if (model === null) return refused(UNKNOWN);
  const invalid = schemaProblems(model, document);
  if (invalid.length > 0) return { holds: [], problems: invalid };
  switch (model) {
    case "poam": {
      const { book, problems } = readPlan(document, digestOf);
      return { holds: book ? linesOf(book) : [], problems };
    }
    case "catalog":
      return reportCatalog(document as CatalogDocument, own);
    case "mapping":
      return { holds: [`${readMappings(document as MappingDocument).length} mappings`], problems: [] };
    case "ssp":
      return { holds: [`A system security plan, valid by the schema of OSCAL ${OSCAL_VERSION}`], problems: [] };
  }
}

/** A catalogue that says it is ours has to be ours to the letter; anybody else's is counted. */
function reportCatalog(document: CatalogDocument, own: Catalogue | null): OscalReport {
  const { requirements, catalogueVersion, problems: found } = readCatalog(document);
  const problems = fewProblems(found);
  const of = catalogueVersion === null ? "" : ` of the catalogue of ${catalogueVersion}`;
  const holds = [`${requirements.length} requirements${of}`];
  const [version] = new Set(requirements.map((one) => one.version));
  if (!own || !version || catalogueVersion !== own.manifest.id) return { holds, problems };
  const difference = firstDifference(JSON.parse(JSON.stringify(catalogOf(own, version, identify))), document);
  return difference === null
    ? { holds: [...holds, `It is PCI DSS ${version} of this release’s own catalogue, to the letter.`], problems }
    : { holds, problems: [...problems, { at: difference, message: OTHER_CATALOGUE }] };
}

function linesOf({ engagement, at, worksheets, rows, leftOut }: OscalBook): string[] {
  return [
    `${engagement.entityName}, ${engagement.name}, PCI DSS ${engagement.standardVersion}, as of ${at}`,
    ...worksheets.map(({ content, digest, state, frozen }) => {
      const draft = frozen ? "" : ", a draft";
      return `${content.header.requirementNumber}: revision ${content.revision}${draft}, ${state.replaceAll("_", " ")}, SHA-256 ${digest}`;
    }),
    ...rows.map(({ requirementNumber, dueOn }) => `${requirementNumber}: fix planned${dueOn ? ` by ${dueOn}` : ""}`),
    ...(leftOut ? [leftOutWords(leftOut)] : []),
  ];
}
