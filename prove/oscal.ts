import { isDeepStrictEqual } from "node:util";
import { STANDARD_VERSIONS } from "@/lib/domain/catalogue/standard-version";
import type { OscalBook } from "@/lib/domain/oscal/book";
import { catalogOf } from "@/lib/domain/oscal/catalog";
import { type MappingDocument, mappingCollectionOf, readMappings } from "@/lib/domain/oscal/mapping-collection";
import type { CatalogDocument } from "@/lib/domain/oscal/parts";
import { plannedFixes, poamOf } from "@/lib/domain/oscal/poam";
import { readCatalog } from "@/lib/domain/oscal/read-catalog";
import { sspOf } from "@/lib/domain/oscal/ssp";
import { ENGAGEMENT_MODELS, type OscalModel } from "@/lib/domain/oscal/vocabulary";
import { identify } from "@/lib/render/oscal/identify";
import { readPlan } from "@/lib/render/oscal/read-plan";
import { schemaProblems } from "@/lib/render/oscal/validate";
import { seal } from "@/lib/services/worksheet/seal";
import { readCatalogueFiles } from "@/prisma/seed/catalogue-files";
import { Author } from "./oscal/author";
import { changedAt, requiredParts, texts } from "./oscal/removals";
import { anyBook, anyWorksheet } from "./oscal/worksheet";
import { Findings } from "./support/findings";
import type { Proof } from "./support/proof";
import { Random } from "./support/random";

const WORKSHEETS = { long: 200, short: 20 } as const;
/** Parts that are taken out of each document, and texts that are changed in it, each time one, at random. */
const TRIED = { long: 30, short: 5 } as const;
const digestOf = (content: object) => seal(content).digest;

/**
 * Proves OSCAL: plans of generated worksheets, with whatever text a field lets in, are valid by NIST's own schemas, and
 * what is read back from them is what was written, to the last character; a document from which a required part was
 * taken out is refused, and one in which any text was changed is noticed; and the catalogue with its mapping comes back
 * without loss.
 */
export const prove: Proof = async ({ short, seed }) => {
  const findings = new Findings();
  const counts = { worksheets: short ? WORKSHEETS.short : WORKSHEETS.long, removals: 0, changes: 0, bytes: 0 };
  for (let number = 0; number < counts.worksheets; number += 1) {
    const random = new Random(seed * 100_003 + number);
    const author = new Author(random);
    const book = shuffled(anyBook(author, [anyWorksheet(author)]), random);
    const documents = tryBook(`worksheet ${number}`, book, findings);
    const each = short ? TRIED.short : TRIED.long;
    counts.bytes += JSON.stringify(documents).length;
    counts.removals += tryRemovals(`worksheet ${number}`, documents, random, each, findings);
    counts.changes += tryChanges(`worksheet ${number}`, documents.poam, random, each, findings);
  }
  const author = new Author(new Random(seed));
  const all = Array.from({ length: counts.worksheets }, () => anyWorksheet(author));
  tryBook("all at once", anyBook(author, all), findings);
  const requirements = await tryCatalogue(findings);
  return findings.result(
    `${counts.worksheets} worksheets as POA&M and SSP, ${(counts.bytes / 1e6).toFixed(1)} MB, valid by NIST's schemas and the plans read back the same; ${counts.removals} required parts taken out and ${counts.changes} texts changed, each noticed; ${requirements} requirements and their mapping read back the same`,
  );
};

/** The documents of a book, as they are read from JSON. */
interface Documents {
  readonly poam: unknown;
  readonly ssp: unknown;
}

/** Writes a book in both models, and reads the plan back. */
function tryBook(name: string, book: OscalBook, findings: Findings): Documents {
  const documents = { poam: written(poamOf(book, identify)), ssp: written(sspOf(book, identify)) };
  for (const model of ENGAGEMENT_MODELS) expectValid(model, documents[model], name, findings);
  const { book: read, problems } = readPlan(documents.poam, digestOf);
  const [problem] = problems;
  findings.expect(!problem, `${name}: not read: ${problem?.at} ${problem?.message}`);
  const wanted = { ...book, rows: plannedFixes(book) };
  findings.expect(isDeepStrictEqual(written(read), written(wanted)), `${name}: what is read is not what was written`);
  return documents;
}

function expectValid(model: OscalModel, document: unknown, name: string, findings: Findings): void {
  const [problem] = schemaProblems(model, document);
  findings.expect(!problem, `${name}: ${model} is not valid: ${problem?.at} ${problem?.message}`);
}

/** Takes out required parts, one at a time. */
function tryRemovals(name: string, documents: Documents, random: Random, most: number, findings: Findings): number {
  let tried = 0;
  for (const model of ENGAGEMENT_MODELS) {
    for (const path of random.shuffle(requiredParts(model, documents[model])).slice(0, most)) {
      const without = changedAt(documents[model], path, () => undefined);
      const refused = schemaProblems(model, without).length > 0;
      findings.expect(refused, `${name}: ${model} is valid without ${path.join("/")}`);
      tried += 1;
    }
  }
  return tried;
}

/** Changes texts, one at a time, wherever they stand. */
function tryChanges(name: string, plan: unknown, random: Random, most: number, findings: Findings): number {
  const paths = random.shuffle(texts(plan)).slice(0, most);
  for (const path of paths) {
    const changed = changedAt(plan, path, (part) => `${String(part)}x`);
    const noticed = readPlan(changed, digestOf).problems.length > 0;
    findings.expect(noticed, `${name}: a changed text was not noticed: ${path.join("/")}`);
  }
  return paths.length;
}

async function tryCatalogue(findings: Findings): Promise<number> {
  const catalogue = await readCatalogueFiles();
  for (const version of STANDARD_VERSIONS) {
    const document = written(catalogOf(catalogue, version, identify)) as CatalogDocument;
    expectValid("catalog", document, `the catalogue of ${version}`, findings);
    const { requirements, catalogueVersion, problems } = readCatalog(document);
    findings.expect(problems.length === 0, `the catalogue of ${version} is not read: ${problems[0]?.message}`);
    findings.expect(catalogueVersion === catalogue.manifest.id, `the catalogue of ${version} loses its version`);
    const own = catalogue.requirements.filter((one) => one.version === version);
    findings.expect(isDeepStrictEqual(requirements, own), `the catalogue of ${version} comes back as another`);
  }
  const mapping = written(mappingCollectionOf(catalogue, "https://countervail.example", identify));
  expectValid("mapping", mapping, "the mapping", findings);
  const read = readMappings(mapping as MappingDocument);
  findings.expect(isDeepStrictEqual(read, catalogue.mappings), "the mapping comes back as another");
  return catalogue.requirements.length;
}

/** The same with the keys of its objects in another order, which says nothing. */
function shuffled<T>(value: T, random: Random): T {
  if (Array.isArray(value)) return value.map((one) => shuffled(one, random)) as T;
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, one]) => [key, shuffled(one, random)]);
  return Object.fromEntries(random.shuffle(entries)) as T;
}

function written(document: unknown): unknown {
  return JSON.parse(JSON.stringify(document));
}
