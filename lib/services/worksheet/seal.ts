import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
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

/** Reads a frozen text back. The database guarantees that nothing but `seal` of a content was stored. */
export function readSealed(text: string): RevisionContent {
  return JSON.parse(text) as RevisionContent;
}

/**
 * As {@link readSealed} for what somebody may have changed behind the application's back: null where it is no content any more.
 * A signature over such a text is broken, and no reason to show nothing.
 */
export function readIfSealed(text: string): RevisionContent | null {
  const read = asJson(text) as Partial<RevisionContent> | null;
  const hasShape = typeof read?.sections === "object" && read.sections !== null && Array.isArray(read.evidence);
  return hasShape && read.evidence?.every((one) => typeof one === "object" && one !== null)
    ? (read as RevisionContent)
    : null;
}

/** What a stored text says as JSON; null where it is none. */
export function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
