/** A JSON schema of draft 2020-12. */
export type Schema = Readonly<Record<string, unknown>>;

/** The schema of an object that has its fields and no others. */
export interface ObjectSchema extends Schema {
  readonly type: "object";
  readonly properties: Readonly<Record<string, Schema>>;
  readonly required: readonly string[];
}

/** An object of these fields, of which those may not be absent. */
export function objectSchema(properties: Readonly<Record<string, Schema>>, required: readonly string[]): ObjectSchema {
  return { type: "object", properties, required, additionalProperties: false };
}

/** Some fields of an object. */
export function pick({ properties, required }: ObjectSchema, wanted: (key: string) => boolean): ObjectSchema {
  const kept = Object.entries(properties).filter(([key]) => wanted(key));
  return objectSchema(Object.fromEntries(kept), required.filter(wanted));
}

/** One of these values. */
export function enumOf(values: readonly unknown[]): Schema {
  if (values.some((value) => typeof value === "object" && value !== null)) return {};
  return values.length === 1 ? { const: values[0] } : { enum: [...values] };
}

/** The texts that a schema allows, where it names them. */
export function keysOf(schema: Schema): string[] | null {
  if (typeof schema.const === "string") return [schema.const];
  const { enum: values } = schema;
  return Array.isArray(values) && values.every((value) => typeof value === "string") ? values : null;
}

/** Any of these; what is not there is said by the field that may be absent. */
export function unionOf(schemas: readonly Schema[]): Schema {
  const there = schemas.filter((schema) => !("not" in schema));
  const values = there.filter((schema) => "const" in schema || ("enum" in schema && Object.keys(schema).length === 1));
  const rest = there.filter((schema) => !values.includes(schema));
  const named = values.flatMap((schema) => ("const" in schema ? [schema.const] : (schema.enum as unknown[])));
  const all = [...rest, ...(named.length > 0 ? [enumOf([...new Set(named)])] : [])];
  return all.length === 1 && all[0] ? all[0] : { anyOf: all };
}

/** The same, but never null. */
export function withoutNull(schema: Schema): Schema {
  if (!Array.isArray(schema.anyOf)) return schema;
  return unionOf(schema.anyOf.filter(({ type }: Schema) => type !== "null"));
}

/** All of these at once: objects become one, of others one of each union's is combined with the rest. */
export function combine(schemas: readonly Schema[], resolve: (schema: Schema) => Schema): Schema {
  const parts = schemas.map(resolve);
  const union = parts.findIndex((part) => Array.isArray(part.anyOf));
  if (union >= 0) {
    const choices = (parts[union]?.anyOf ?? []) as readonly Schema[];
    return { anyOf: choices.map((choice) => combine(parts.with(union, choice), resolve)) };
  }
  if (!parts.every((part) => part.type === "object" && "properties" in part)) return { allOf: [...schemas] };
  const objects = parts as unknown as readonly ObjectSchema[];
  const properties = Object.assign({}, ...objects.map((one) => one.properties)) as Record<string, Schema>;
  return objectSchema(properties, [...new Set(objects.flatMap(({ required }) => required))]);
}
