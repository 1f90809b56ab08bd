import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import { Failure } from "@/lib/contracts/failure";
import type { WorksheetTarget } from "@/lib/data/facts";
import type { FrozenRevision } from "@/lib/data/revisions";
import { KIND_NAMES, type WorksheetKind } from "@/lib/domain/records/kinds";
import type { RevisionContent } from "@/lib/domain/worksheet/model";

/** The exact text that is frozen, and the SHA-256 (hex) of its UTF-8 bytes. */
export interface Sealed {
  readonly text: string;
  readonly digest: string;
}

/** Writes a value as canonical JSON (RFC 8785), so that anybody can compute the digest again. */
export function seal(value: object): Sealed {
  const text = canonicalize(value);
  if (text === undefined) throw new Error("The content cannot be written as JSON.");
  return { text, digest: digestOf(text) };
}

/** SHA-256 (hex) of a text's UTF-8 bytes. */
export function digestOf(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}

/** A revision with its text, as it is read back. */
type Frozen = Pick<FrozenRevision, "content" | "digest" | "number" | "worksheetId">;

/**
 * Reads a frozen text back; null where it is not, to the byte, what was frozen under this number of this worksheet: somebody
 * changed it behind the application's back. What was changed to another whole text counts as little as what is none.
 * @param kind of the worksheet, where the caller knows it
 */
export function readIfSealed(revision: Frozen, kind?: WorksheetKind): RevisionContent | null {
  const { content: text, digest, number, worksheetId } = revision;
  if (digestOf(text) !== digest) return null;
  const read = asJson(text);
  if (!hasShape(read)) return null;
  // A text with its own digest may have been put here from another row.
  const isOfRow = read.worksheetId === worksheetId && read.revision === number;
  return isOfRow && (kind === undefined || (read.kind ?? "ccw") === kind) ? read : null;
}

/**
 * As {@link readIfSealed}, for what can do nothing without the text. @param worksheet whose revision it is
 * @throws Failure text_damaged, which names worksheet and revision
 */
export function readSealed(
  revision: Frozen,
  { kind, requirementNumber }: Pick<WorksheetTarget, "kind" | "requirementNumber">,
): RevisionContent {
  const content = readIfSealed(revision, kind);
  if (content) return content;
  throw new Failure(
    "text_damaged",
    `${KIND_NAMES[kind]} ${requirementNumber}: the frozen text of revision ${revision.number} was changed in the database, not by Countervail. What is stored differs from what was frozen, so it is not shown and nothing can be decided over it. Whoever runs the service can bring it back from a backup.`,
  );
}

/** What was read, or null where a frozen text that it rests on was changed: for lists and pages, which show the rest. */
export async function unlessDamaged<T>(read: Promise<T>): Promise<T | null> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof Failure && error.code === "text_damaged") return null;
    throw error;
  }
}

/** Whether something is a content at first sight: enough to look at it closer. */
function hasShape(read: unknown): read is RevisionContent {
  if (!isObject(read)) return false;
  const { header, sections, evidence } = read;
  return isObject(header) && isObject(sections) && Array.isArray(evidence) && evidence.every(isObject);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What a stored text says as JSON; null where it is none. */
export function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
