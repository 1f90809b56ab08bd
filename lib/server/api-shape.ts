/** A JSON schema as the description of the API has it. */
type Schema = Readonly<Record<string, unknown>>;

/** How deep a shape is written out; what lies deeper is for the description itself. */
const DEEPEST = 4;
/** How many values or alternatives are named before the rest is left out. */
const MOST = 24;

/**
 * A schema in a few words that read like a type: `{ version: integer, name: string (1–100), note?: string | null }`, a
 * field a line. A named schema is its name, without the `#/components/schemas/` before it.
 */
export function shapeOf(schema: Schema, depth = 0): string {
  if (typeof schema.$ref === "string") return schema.$ref.split("/").at(-1) ?? "";
  if ("const" in schema) return JSON.stringify(schema.const);
  if (Array.isArray(schema.enum))
    return listed(
      schema.enum.map((value) => JSON.stringify(value)),
      " | ",
    );
  const union = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(union)) return listed([...new Set(union.map((one: Schema) => shapeOf(one, depth)))], " | ");
  if (Array.isArray(schema.allOf)) return schema.allOf.map((one: Schema) => shapeOf(one, depth)).join(" & ");
  if (schema.type === "array") return `${withBrackets(shapeOf((schema.items ?? {}) as Schema, depth))}[]`;
  if (schema.type === "object") return objectShape(schema, depth);
  return typeof schema.type === "string" ? schema.type + boundsOf(schema) : "anything";
}

function objectShape({ properties, required, additionalProperties: more }: Schema, depth: number): string {
  const fields = Object.entries((properties ?? {}) as Readonly<Record<string, Schema>>);
  if (fields.length === 0) {
    return typeof more === "object" && more !== null ? `{ [name]: ${shapeOf(more as Schema, depth + 1)} }` : "{ … }";
  }
  if (depth >= DEEPEST) return "{ … }";
  const needed = Array.isArray(required) ? required : [];
  const indent = "  ".repeat(depth + 1);
  const lines = fields.map(
    ([name, schema]) => `${indent}${name}${needed.includes(name) ? "" : "?"}: ${shapeOf(schema, depth + 1)}`,
  );
  return `{\n${lines.join("\n")}\n${"  ".repeat(depth)}}`;
}

function boundsOf({ format, minLength, maxLength, minimum, maximum }: Schema): string {
  const least = minLength ?? minimum;
  const most = maxLength ?? maximum;
  const range = least === undefined && most === undefined ? "" : `${least ?? ""}–${most ?? ""}`;
  const words = [format, range].filter((one) => typeof one === "string" && one !== "");
  return words.length > 0 ? ` (${words.join(", ")})` : "";
}

function withBrackets(shape: string): string {
  return shape.includes(" | ") || shape.includes(" & ") ? `(${shape})` : shape;
}

function listed(parts: readonly string[], between: string): string {
  return parts.length > MOST ? [...parts.slice(0, MOST), "…"].join(between) : parts.join(between);
}
