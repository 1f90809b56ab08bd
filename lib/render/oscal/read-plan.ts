import type { z } from "zod";
import { oscalRowSchema, oscalWorksheetSchema } from "@/lib/contracts/oscal";
import type { OscalRow, OscalWorksheet, ReadBook } from "@/lib/domain/oscal/book";
import type { PoamDocument } from "@/lib/domain/oscal/parts";
import { type DocumentProblem, readPoam } from "@/lib/domain/oscal/read-poam";
import { schemaProblems } from "@/lib/render/oscal/validate";

/** A plan that was read: what it holds, and what is wrong with it, each with its place. */
export interface ReadPlan extends ReadBook {
  readonly problems: readonly DocumentProblem[];
}

/**
 * Reads a plan of action and milestones that Countervail wrote. Whatever is not valid by NIST's schema is not read at
 * all; a worksheet whose fields or digest are not what they say is named and left out.
 * @param digestOf SHA-256, hex, of a content as canonical JSON
 */
export function readPlan(document: unknown, digestOf: (content: object) => string): ReadPlan {
  const invalid = schemaProblems("poam", document);
  if (invalid.length > 0) return { worksheets: [], rows: [], problems: invalid };
  const raw = readPoam(document as PoamDocument);
  const problems: DocumentProblem[] = [...raw.problems];
  const worksheets = checked<OscalWorksheet>(raw.worksheets, oscalWorksheetSchema, problems).filter(({ at, value }) => {
    const same = digestOf(value.content) === value.digest;
    if (!same) problems.push({ at, message: CHANGED });
    return same;
  });
  const rows = checked<OscalRow>(raw.rows, oscalRowSchema, problems);
  return { worksheets: worksheets.map(({ value }) => value), rows: rows.map(({ value }) => value), problems };
}

const CHANGED = "The worksheet is not the one whose digest it gives: it was changed since it was exported.";

interface Placed<T> {
  readonly at: string;
  readonly value: T;
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
