import document from "@/lib/contracts/api/openapi.json";
import type { ReferenceGroup, ReferenceOperation } from "@/lib/contracts/api/reference";
import type { TokenScope } from "@/lib/domain/access/token-rights";
import { shapeOf } from "@/lib/server/api-shape";

type Schema = Readonly<Record<string, unknown>>;

interface Media {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
}

interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly "x-token-scope"?: TokenScope;
  readonly security: readonly object[];
  readonly parameters: readonly {
    readonly name: string;
    readonly in: string;
    readonly required: boolean;
    readonly schema: Schema;
  }[];
  readonly requestBody?: Media;
  readonly responses: Readonly<Record<string, Media>>;
}

const PATHS = document.paths as unknown as Readonly<Record<string, Readonly<Record<string, Operation>>>>;
const SCHEMAS = document.components.schemas as Readonly<Record<string, Schema>>;

/** The types that replies are made of, by name. */
export function readTypes(): readonly { readonly name: string; readonly shape: string }[] {
  return Object.entries(SCHEMAS).map(([name, schema]) => ({ name, shape: shapeOf(schema) }));
}

/** The operations of the API by what they are about, in the order of the description. */
export function readReference(): readonly ReferenceGroup[] {
  const groups = new Map<string, ReferenceOperation[]>();
  for (const [path, methods] of Object.entries(PATHS)) {
    for (const [method, operation] of Object.entries(methods)) {
      const [tag = ""] = operation.tags;
      groups.set(tag, [...(groups.get(tag) ?? []), referenceOf(method.toUpperCase(), path, operation)]);
    }
  }
  return [...groups].map(([tag, operations]) => ({ tag, operations }));
}

function referenceOf(method: string, path: string, operation: Operation): ReferenceOperation {
  const { operationId, summary, security, parameters, requestBody, responses } = operation;
  const status = Object.keys(responses).find((one) => one !== "default") ?? "200";
  return {
    id: operationId,
    method,
    path,
    summary,
    scope: operation["x-token-scope"] ?? null,
    open: security.some((way) => Object.keys(way).length === 0),
    parameters: parameters.map(({ name, in: place, required, schema }) => ({
      name,
      place: place === "path" ? "address" : place,
      required,
      schema: shapeOf(schema),
    })),
    body: bodyOf(requestBody),
    status,
    reply: bodyOf(responses[status]),
  };
}

function bodyOf(media: Media | undefined): string | null {
  const [type, given] = Object.entries(media?.content ?? {})[0] ?? [];
  if (type === undefined) return null;
  return given?.schema ? shapeOf(expanded(given.schema)) : type;
}

/** A schema that is only a name is shown by what it stands for; names within it stay names. */
function expanded(schema: Schema): Schema {
  const { $ref } = schema;
  return typeof $ref === "string" ? (SCHEMAS[$ref.split("/").at(-1) ?? ""] ?? schema) : schema;
}
