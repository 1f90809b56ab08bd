import { z } from "zod";
import type { Operation } from "@/lib/contracts/api/operation";
import { OPERATIONS } from "@/lib/contracts/api/operations";
import { type VersionPlace, versionPlaceOf } from "@/lib/server/preconditions";
import type { RouteHandler } from "@/lib/server/route";
import { findReplyFile } from "./reply-types";
import type { Schema } from "./schemas";
import { TypeSchemas } from "./type-schemas";
import { versionWords, withoutNeed } from "./versions";

type Spec = RouteHandler["spec"];

/** A handler's address and what it is made of. */
export interface Described {
  /** `METHOD /path/[parameter]` below `/api/v1`. */
  readonly handler: string;
  readonly spec: Spec;
}

const PROBLEM = { $ref: "#/components/responses/Problem" };

/**
 * The OpenAPI 3.1 document: requests as the handlers' own schemas check them, replies as the types of lib/contracts
 * declare them, and what each does from the table of operations.
 * @throws Error by the name of a handler without a line, or of a line without a handler
 */
export async function makeDocument(handlers: readonly Described[]): Promise<Schema> {
  const specs = new Map(handlers.map(({ handler, spec }) => [handler, spec]));
  const listed = new Set<string>(OPERATIONS.map(({ handler }) => handler));
  const without = handlers.map(({ handler }) => handler).filter((handler) => !listed.has(handler));
  if (without.length > 0) throw new Error(`lib/contracts/api/operations does not know ${without.join(", ")}.`);
  const types = new TypeSchemas();
  const problem = await types.of("Problem", "lib/contracts/problem.ts");
  const paths: Record<string, Record<string, Schema>> = {};
  for (const operation of OPERATIONS) {
    const spec = specs.get(operation.handler);
    if (!spec) throw new Error(`lib/contracts/api/operations names ${operation.handler}, which no handler answers.`);
    const [method = "", path = ""] = operation.handler.split(" ");
    const address = `/api/v1${path.replace(/\[(\w+)\]/g, "{$1}")}`;
    paths[address] = { ...paths[address], [method.toLowerCase()]: await operationOf(operation, spec, types) };
  }
  if (types.unsaid.size > 0) {
    throw new Error(`These types of replies cannot be put into a schema: ${[...types.unsaid].join(", ")}.`);
  }
  const tags = [...new Set(OPERATIONS.map(({ tag }) => tag))].map((name) => ({ name }));
  return {
    openapi: "3.1.1",
    info: {
      title: "Countervail",
      version: "1",
      description:
        "The API of a workbook for PCI DSS compensating controls worksheets. docs/api.md says how to use it.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    tags,
    paths,
    components: {
      securitySchemes: {
        token: { type: "http", scheme: "bearer", bearerFormat: "cvt_[0-9A-Za-z]{49}" },
        session: { type: "apiKey", in: "cookie", name: "__Host-countervail" },
      },
      responses: {
        Problem: {
          description: "A problem; `code` says which.",
          content: { "application/problem+json": { schema: problem } },
        },
      },
      schemas: Object.fromEntries([...types.components].sort(([one], [other]) => (one < other ? -1 : 1))),
    },
  };
}

async function operationOf(operation: Operation, spec: Spec, types: TypeSchemas): Promise<Schema> {
  const { handler, tag, summary } = operation;
  const changes = !handler.startsWith("GET ");
  const place = changes ? versionPlaceOf(spec) : null;
  const body = requestBody(operation, spec, place);
  const reply = operation.reply ? await types.of(operation.reply, await findReplyFile(operation.reply)) : null;
  const version = versionWords(handler, spec, operation.file ? null : reply, types.components);
  return {
    operationId: handler.replace(/[^\w]+/g, "_").replace(/_$/, ""),
    tags: [tag],
    summary,
    ...(spec.bearer ? { "x-token-scope": spec.bearer } : {}),
    security: securityOf(spec),
    parameters: [
      ...parametersOf(handler, spec.params, "path"),
      ...parametersOf(handler, spec.query, "query").map((one) =>
        place?.in === "query" && one.name === place.name ? { ...one, required: false } : one,
      ),
      ...version.parameters,
      ...(changes && !spec.public && !operation.once && !aboutOneself(handler) ? [IDEMPOTENCY_KEY] : []),
    ],
    ...(body ? { requestBody: body } : {}),
    responses: {
      [String(operation.status ?? spec.status ?? 200)]: success(operation, spec, reply, version.headers),
      ...version.responses,
      default: PROBLEM,
    },
  };
}

/** What changes accounts and sessions of one's own keeps no replies (`changeIdentity` in lib/auth/open). */
function aboutOneself(handler: string): boolean {
  return /^\w+ \/(?:me|session)(?:\/|$)/.test(handler);
}

const IDEMPOTENCY_KEY = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  description: "Whoever asks twice with one key gets the first reply.",
  schema: { type: "string", pattern: "^[!-~]{8,200}$" },
};

/** Alternatives: `{}` is nobody in particular. */
function securityOf({ public: open, unfinished, bearer }: Spec): readonly Schema[] {
  const session = { session: [] };
  const token = bearer ? [{ token: [] }] : [];
  return open && !unfinished ? [{}, ...(bearer ? [session] : []), ...token] : [session, ...token];
}

function parametersOf(handler: string, schema: z.ZodType | undefined, place: "path" | "query"): Schema[] {
  const { properties = {}, required = [] } = schema ? (jsonSchema(schema) as Partial<Fields>) : {};
  // A handler without a schema for its address takes what Next gives it.
  const names =
    place === "path" ? [...handler.matchAll(/\[(\w+)\]/g)].map(([, name = ""]) => name) : Object.keys(properties);
  return names.map((name) => ({
    name,
    in: place,
    required: place === "path" || required.includes(name),
    schema: properties[name] ?? { type: "string" },
  }));
}

interface Fields {
  readonly properties: Readonly<Record<string, Schema>>;
  readonly required: readonly string[];
}

function requestBody({ upload }: Operation, { body }: Spec, place: VersionPlace | null): Schema | null {
  if (upload) return { required: true, content: { "application/octet-stream": {} } };
  if (!body) return null;
  const whole = jsonSchema(body);
  const schema = place?.in === "body" ? withoutNeed(whole, place.name) : whole;
  return { required: true, content: { "application/json": { schema } } };
}

function jsonSchema(schema: z.ZodType): Schema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  return rest as Schema;
}

function success(
  { file }: Operation,
  { bearer }: Spec,
  schema: Schema | null,
  tags: Readonly<Record<string, Schema>>,
): Schema {
  const all = { ...tags, ...(bearer ? LIMITS : {}) };
  const headers = Object.keys(all).length > 0 ? { headers: all } : {};
  if (file) return { description: "The file.", ...headers, content: { [file]: {} } };
  if (!schema) return { description: "Done; there is no body.", ...headers };
  return { description: "Done.", ...headers, content: { "application/json": { schema } } };
}

const LIMITS = {
  RateLimit: { description: "For a token: what is left of its window.", schema: { type: "string" } },
  "RateLimit-Policy": { description: "For a token: how much its window takes.", schema: { type: "string" } },
};
