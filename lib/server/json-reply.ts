import { entityTagOf } from "@/lib/server/entity-tag";

/** A reply of JSON, with the entity tag of what has a version. */
export function jsonReply(value: unknown, status: number, headers: Readonly<Record<string, string>>): Response {
  const text = JSON.stringify(value);
  const tag = entityTagOf(value, text);
  return new Response(text, {
    status,
    headers: { "Content-Type": "application/json", ...headers, ...(tag === null ? {} : { ETag: tag }) },
  });
}
