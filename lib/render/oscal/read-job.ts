import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import type { OscalBook } from "@/lib/domain/oscal/book";
import type { DocumentProblem } from "@/lib/domain/oscal/read-poam";
import { NAMESPACE } from "@/lib/domain/oscal/vocabulary";
import { readPlan } from "@/lib/render/oscal/read-plan";
import { modelOf } from "@/lib/render/oscal/validate";

/** A file to be read as a plan. Plain data, which can be sent to a thread. */
export interface ReadJob {
  readonly read: string;
}

/** What comes of it: the book, or why it is not taken, in words and with the places. */
export type ReadOutcome =
  | { readonly book: OscalBook }
  | { readonly refused: string; readonly problems: readonly DocumentProblem[] };

const NO_JSON = "This is no JSON. Choose the file that “OSCAL, POA&M” gives.";
const TOO_DEEP = "This file is nested too deeply to be read.";
const OTHER_KIND = "This is no OSCAL plan of action and milestones (POA&M). Choose the file that “OSCAL, POA&M” gives.";
const FOREIGN =
  "This plan was not written by Countervail: it does not say which worksheets it holds, so nothing can be taken from it. Open the worksheets here and copy the texts.";
const CHANGED =
  "This plan is not what Countervail wrote, so nothing is taken from it. Export it again, and leave the file as it is.";

/** Reads a file as a plan that Countervail wrote, whole and unchanged. Nothing else is taken: half of a text is not one. */
export function readOutcome({ read }: ReadJob): ReadOutcome {
  try {
    return outcomeOf(JSON.parse(read));
  } catch (error) {
    if (error instanceof SyntaxError) return refused(NO_JSON);
    if (error instanceof RangeError) return refused(TOO_DEEP);
    throw error;
  }
}

function outcomeOf(document: unknown): ReadOutcome {
  if (modelOf(document) !== "poam") return refused(OTHER_KIND);
  const { book, problems } = readPlan(document, digestOf);
  // Whatever else is wrong with a plan of somebody else's, this is what it comes down to.
  if (book === null && !JSON.stringify(document).includes(NAMESPACE)) return refused(FOREIGN);
  return book === null || problems.length > 0 ? refused(CHANGED, problems) : { book };
}

function refused(message: string, problems: readonly DocumentProblem[] = []): ReadOutcome {
  return { refused: message, problems };
}

/** SHA-256, hex, of a content as canonical JSON (RFC 8785). */
function digestOf(content: object): string {
  return createHash("sha256")
    .update(canonicalize(content) ?? "", "utf8")
    .digest("hex");
}
