import type { OscalModel } from "@/lib/domain/oscal/vocabulary";
import catalogSchema from "@/lib/render/oscal/schemas/oscal_catalog_schema.json";
import mappingSchema from "@/lib/render/oscal/schemas/oscal_mapping_schema.json";
import poamSchema from "@/lib/render/oscal/schemas/oscal_poam_schema.json";
import sspSchema from "@/lib/render/oscal/schemas/oscal_ssp_schema.json";

/** What is looked at of a schema. Where it offers a choice, nothing is certainly required. */
interface Schema {
  readonly $ref?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

interface RootSchema extends Schema {
  readonly definitions: Readonly<Record<string, Schema>>;
}

const SCHEMAS: Readonly<Record<OscalModel, unknown>> = {
  poam: poamSchema,
  ssp: sspSchema,
  catalog: catalogSchema,
  mapping: mappingSchema,
};

/** The path of a part of a document. */
type Path = readonly (string | number)[];

/** Every part of a document that its schema requires where it stands. */
export function requiredParts(model: OscalModel, document: unknown): Path[] {
  const root = SCHEMAS[model] as RootSchema;
  return required(root, root, document, []);
}

function required(root: RootSchema, schema: Schema | undefined, value: unknown, path: Path): Path[] {
  if (!schema || typeof value !== "object" || value === null) return [];
  if (schema.$ref) return required(root, root.definitions[schema.$ref.replace("#/definitions/", "")], value, path);
  if (Array.isArray(value)) return value.flatMap((item, index) => required(root, schema.items, item, [...path, index]));
  return Object.entries(value).flatMap(([key, part]) => {
    const here = [...path, key];
    const below = required(root, schema.properties?.[key], part, here);
    return schema.required?.includes(key) ? [here, ...below] : below;
  });
}

/** Every text of a document, by its path. */
export function texts(document: unknown): Path[] {
  const found: Path[] = [];
  const look = (value: unknown, path: Path): void => {
    if (typeof value === "string") found.push(path);
    if (typeof value === "object" && value !== null) {
      for (const [key, part] of Object.entries(value)) look(part, [...path, Array.isArray(value) ? Number(key) : key]);
    }
  };
  look(document, []);
  return found;
}

/** The document with a part changed, or without it where the change gives back undefined. */
export function changedAt(document: unknown, path: Path, change: (part: unknown) => unknown): unknown {
  const copy: unknown = structuredClone(document);
  const last = path.at(-1);
  let holder = copy as Record<string | number, unknown>;
  for (const key of path.slice(0, -1)) holder = holder[key] as Record<string | number, unknown>;
  if (last === undefined) return change(copy);
  const made = change(holder[last]);
  if (made === undefined) delete holder[last];
  else holder[last] = made;
  return copy;
}
