import { createHash } from "node:crypto";
import { Failure } from "@/lib/contracts/failure";

/** How a tag is written, for the description of the API. */
export const TAG_PATTERN = '"\\d{1,10}-[\\w-]{11}-[\\w-]{22}"';

/**
 * The strong entity tag of a reply: `"<version>-<mark>-<digest>"`, of the version that the thing is stored in, what tells
 * it from other things, and a SHA-256 over the reply as this reader gets it, since names and rights in it change without a
 * new version. Null where the reply has no version of its own.
 * @param mark as in lib/server/versioned; null where the handler does not say of what the version is
 */
export function entityTagOf(reply: unknown, text: string, mark: string | null): string | null {
  const version = (reply as { readonly version?: unknown } | null | undefined)?.version;
  if (typeof version !== "number" || mark === null) return null;
  return `"${version}-${mark}-${createHash("sha256").update(text).digest("base64url").slice(0, 22)}"`;
}

/** Whether `If-None-Match` names this tag, compared weakly (RFC 9110, 13.1.2): a proxy that compresses weakens tags. */
export function isKnown(ifNoneMatch: string | null, tag: string): boolean {
  if (ifNoneMatch === null) return false;
  return ifNoneMatch.trim() === "*" || ifNoneMatch.split(",").some((one) => one.trim().replace(/^W\//, "") === tag);
}

/**
 * What `If-Match` asks for: a version that has to be the stored one, and by a whole tag of which thing (null by the version
 * alone); or something that no stored thing matches.
 */
export type Wanted = { readonly version: number; readonly mark: string | null } | { readonly never: string };

/** A whole tag as it came, or the version alone in quotation marks. */
const OURS = /^"(\d{1,10})(?:-([\w-]{11})-[\w-]{22})?"$/;
const ANY_TAG = /^(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"$/;

/**
 * Reads `If-Match`; null where there is none, or `*`, which asks for no version. Of a tag the version and the thing count:
 * what else is in a reply is not what a change is written over.
 * @throws Failure malformed
 */
export function readIfMatch(value: string | null): Wanted | null {
  const tag = value?.trim();
  if (tag === undefined || tag === "*") return null;
  const [, version, mark] = OURS.exec(tag) ?? [];
  if (version !== undefined) return { version: Number(version), mark: mark ?? null };
  if (!ANY_TAG.test(tag)) {
    throw new Failure(
      "malformed",
      'If-Match takes one entity tag, as a reply brought it in ETag, or its version: "12".',
    );
  }
  const weak = tag.startsWith("W/");
  return {
    never: weak
      ? "A weak entity tag matches nothing here. Send the version alone, in quotation marks."
      : "This entity tag is none of ours. Read again what you want to change, and send the tag that comes with it.",
  };
}
