import { entityTagOf } from "@/lib/server/entity-tag";

/**
 * A reply of JSON, with the entity tag of what has a version.
 * @param mark tells the thing that the version is of from others; null where the reply has no version
 */
export function jsonReply(
  value: unknown,
  status: number,
  headers: Readonly<Record<string, string>>,
  mark: string | null,
): Response {
  const text = JSON.stringify(value);
  const tag = entityTagOf(value, text, mark);
  return new Response(text, {
    status,
    headers: { "Content-Type": "application/json", ...headers, ...(tag === null ? {} : { ETag: tag }) },
  });
}
