import type { z } from "zod";
import { oscalEngagementSchema, oscalLeftOutSchema, oscalRowSchema, oscalWorksheetSchema } from "@/lib/contracts/oscal";
import type { OscalBook, OscalRow, OscalWorksheet } from "@/lib/domain/oscal/book";
import { firstDifference } from "@/lib/domain/oscal/difference";
import { fewProblems } from "@/lib/domain/oscal/few-problems";
import type { PoamDocument } from "@/lib/domain/oscal/parts";
import { poamOf } from "@/lib/domain/oscal/poam";
import { type DocumentProblem, readPoam } from "@/lib/domain/oscal/read-poam";
import { identify } from "@/lib/render/oscal/identify";
import { schemaProblems } from "@/lib/render/oscal/validate";

/**
 * A plan that was read: what it holds, null where not even its engagement can be read; and what is wrong, each with its place,
 * as far as {@link fewProblems} tells it.
 */
export interface ReadPlan {
  readonly book: OscalBook | null;
  readonly problems: readonly DocumentProblem[];
}

interface Placed<T> {
  readonly at: string;
  readonly value: T;
}

const OTHER_DIGEST = "The worksheet is not the one whose digest it gives: it was changed since it was exported.";
const OTHER_DOCUMENT = "This is not what Countervail writes here: the document was changed since it was exported.";

/**
 * Reads a plan of action and milestones that Countervail wrote. Whatever is not valid by NIST's schema is not read at
 * all; a worksheet whose fields or digest are not what they say is named and left out. When all is read, it is written
 * again, so that a change anywhere in the document is noticed, even where nothing is read from.
 * @param document as it is read from JSON
 * @param digestOf SHA-256, hex, of a content as canonical JSON
 */
export function readPlan(document: unknown, digestOf: (content: object) => string): ReadPlan {
  const invalid = schemaProblems("poam", document);
  if (invalid.length > 0) return { book: null, problems: invalid };
  const raw = readPoam(document as PoamDocument);
  const problems: DocumentProblem[] = [...raw.problems];
  const worksheets = checked<OscalWorksheet>(raw.worksheets, oscalWorksheetSchema, problems).filter(({ at, value }) => {
    const same = digestOf(value.content) === value.digest;
    if (!same) problems.push({ at, message: OTHER_DIGEST });
    return same;
  });
  const rows = checked<OscalRow>(raw.rows, oscalRowSchema, problems);
  const about = { at: "/plan-of-action-and-milestones/metadata", value: raw.engagement };
  const [engagement] = checked([about], oscalEngagementSchema, problems);
  if (!engagement) return { book: null, problems: fewProblems(problems) };
  const [leftOut] =
    raw.leftOut === undefined ? [] : checked([{ ...about, value: raw.leftOut }], oscalLeftOutSchema, problems);
  const book: OscalBook = {
    engagement: engagement.value,
    at: raw.at,
    url: raw.url,
    worksheets: worksheets.map(({ value }) => value),
    rows: rows.map(({ value }) => value),
    ...(leftOut && { leftOut: leftOut.value }),
  };
  if (problems.length > 0) return { book, problems: fewProblems(problems) };
  const difference = firstDifference(JSON.parse(JSON.stringify(poamOf(book, identify))), document);
  return { book, problems: difference === null ? [] : fewProblems([{ at: difference, message: OTHER_DOCUMENT }]) };
}

function checked<T>(items: readonly Placed<unknown>[], schema: z.ZodType<T>, problems: DocumentProblem[]): Placed<T>[] {
  return items.flatMap(({ at, value }) => {
    const parsed = schema.safeParse(value);
    if (parsed.success) return [{ at, value: parsed.data }];
    for (const { path, message } of parsed.error.issues)
      problems.push({ at, message: `${path.join(".")}: ${message}` });
    return [];
  });
}
