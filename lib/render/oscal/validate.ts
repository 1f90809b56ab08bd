import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import { fewProblems } from "@/lib/domain/oscal/few-problems";
import type { DocumentProblem } from "@/lib/domain/oscal/read-poam";
import { OSCAL_MODELS, type OscalModel, ROOT_KEYS } from "@/lib/domain/oscal/vocabulary";
import catalogSchema from "@/lib/render/oscal/schemas/oscal_catalog_schema.json";
import mappingSchema from "@/lib/render/oscal/schemas/oscal_mapping_schema.json";
import poamSchema from "@/lib/render/oscal/schemas/oscal_poam_schema.json";
import sspSchema from "@/lib/render/oscal/schemas/oscal_ssp_schema.json";

const SCHEMAS: Readonly<Record<OscalModel, object>> = {
  poam: poamSchema,
  ssp: sspSchema,
  catalog: catalogSchema,
  mapping: mappingSchema,
};

/** Compiling a schema takes up to a second, so each is compiled once, when it is first asked. */
const compiled = new Map<OscalModel, ValidateFunction>();

function validatorOf(model: OscalModel): ValidateFunction {
  const known = compiled.get(model);
  if (known) return known;
  // NIST's schema of mappings leaves a type to the definition that it refers to.
  const ajv = new Ajv({ allErrors: true, strict: true, strictTypes: false });
  addFormats.default(ajv);
  const made = ajv.compile(SCHEMAS[model]);
  compiled.set(model, made);
  return made;
}

/**
 * What is wrong with a document by NIST's schema of its kind (OSCAL 1.2.1, JSON Schema draft 7), as far as {@link fewProblems}
 * tells it; nothing when it is valid.
 * @param document as it is read from JSON
 */
export function schemaProblems(model: OscalModel, document: unknown): DocumentProblem[] {
  const validate = validatorOf(model);
  if (validate(document)) return [];
  return fewProblems((validate.errors ?? []).map(problemOf));
}

function problemOf({ instancePath, message = "is not valid", params }: ErrorObject): DocumentProblem {
  const extra = typeof params.additionalProperty === "string" ? `: ${params.additionalProperty}` : "";
  return { at: instancePath || "/", message: `${message}${extra}` };
}

/** Which kind of document it is by the key at its top; null for anything else. */
export function modelOf(document: unknown): OscalModel | null {
  if (typeof document !== "object" || document === null) return null;
  return OSCAL_MODELS.find((model) => Object.hasOwn(document, ROOT_KEYS[model])) ?? null;
}
