import { TAG_PATTERN } from "@/lib/server/entity-tag";
import { versionPlaceOf } from "@/lib/server/preconditions";
import type { RouteHandler } from "@/lib/server/route";
import type { Schema } from "./schemas";

type Spec = RouteHandler["spec"];

/** What the description says of versions, entity tags and preconditions of one operation. */
export interface VersionWords {
  readonly parameters: readonly Schema[];
  readonly responses: Readonly<Record<string, Schema>>;
  /** Headers of success. */
  readonly headers: Readonly<Record<string, Schema>>;
}

const TAG = { type: "string", pattern: `^${TAG_PATTERN}$` };
const ETAG = {
  description: "The entity tag: the version, what tells this thing from others, and a digest of the reply.",
  schema: TAG,
};

/**
 * Tags and preconditions of an operation: read off the reply, where it has a version, and off what the handler takes.
 * @param reply the schema of success, or null; references are followed in `components`
 * @throws Error for a handler that does not say of what its versions are, or says it and has none
 */
export function versionWords(
  handler: string,
  spec: Spec,
  reply: Schema | null,
  components: ReadonlyMap<string, Schema>,
): VersionWords {
  const method = handler.split(" ")[0];
  const tagged = reply !== null && hasVersion(reply, components);
  const takes = method !== "GET" && versionPlaceOf(spec) !== null;
  if ((tagged || takes) !== (spec.versionOf !== undefined)) {
    throw new Error(`${handler} ${spec.versionOf ? "has no version to tell of" : "lacks versionOf in its route()"}.`);
  }
  const headers: VersionWords["headers"] = tagged ? { ETag: ETAG } : {};
  if (method === "GET") {
    if (!tagged) return { parameters: [], responses: {}, headers };
    return { parameters: [IF_NONE_MATCH], responses: { "304": { ...NOT_MODIFIED, headers } }, headers };
  }
  if (!takes) return { parameters: [], responses: {}, headers };
  return { parameters: [IF_MATCH], responses: { "412": { $ref: "#/components/responses/Problem" } }, headers };
}

/** A body or query in which a version may be left out, because `If-Match` says it. */
export function withoutNeed(schema: Schema, name: string): Schema {
  const { anyOf, required } = schema;
  if (Array.isArray(anyOf)) return { ...schema, anyOf: anyOf.map((one: Schema) => withoutNeed(one, name)) };
  return Array.isArray(required) ? { ...schema, required: required.filter((one) => one !== name) } : schema;
}

function hasVersion(schema: Schema, components: ReadonlyMap<string, Schema>): boolean {
  if (typeof schema.$ref === "string") {
    const named = components.get(schema.$ref.split("/").at(-1) ?? "");
    return named !== undefined && hasVersion(named, components);
  }
  if (Array.isArray(schema.anyOf)) return schema.anyOf.every((one: Schema) => hasVersion(one, components));
  const { version } = (schema.properties ?? {}) as Readonly<Record<string, Schema>>;
  return version?.type === "number" || version?.type === "integer";
}

const IF_MATCH = {
  name: "If-Match",
  in: "header",
  required: false,
  description:
    "The entity tag of what is changed, or its version in quotation marks: in place of the version in the body or query, or beside the same one. One of the two is needed. The tag of anything else is answered with 412.",
  schema: { type: "string", pattern: `^(${TAG_PATTERN}|"\\d{1,10}")$` },
};

const IF_NONE_MATCH = {
  name: "If-None-Match",
  in: "header",
  required: false,
  description: "Entity tags that one has already.",
  schema: { type: "string" },
};

const NOT_MODIFIED = { description: "It is as the tag says; there is no body." };
