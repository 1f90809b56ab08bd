import type { TsInterfaceDeclaration, TsType, TsTypeElement, TsTypeReference } from "@swc/core";
import { z } from "zod";
import { type Declared, findDeclaration, findValue, parseType } from "./declarations";
import {
  combine,
  enumOf,
  keysOf,
  type ObjectSchema,
  objectSchema,
  pick,
  type Schema,
  unionOf,
  withoutNull,
} from "./schemas";

/** What a type's parameters stand for. */
type Bound = ReadonlyMap<string, Schema>;
interface Place {
  readonly file: string;
  readonly bound: Bound;
}

/**
 * JSON schemas of the DTOs, read off their declarations: what `lib/contracts` says of a reply, in the words that clients
 * of any language read. Declared types without parameters become components, others are written out where they stand.
 */
export class TypeSchemas {
  readonly components = new Map<string, Schema>();
  /** What could not be said in a schema, by the name it has in its file. */
  readonly unsaid = new Set<string>();
  readonly #names = new Map<string, string>();

  /** The schema of a type as it is written, with its names found in a file. */
  async of(text: string, file: string): Promise<Schema> {
    return this.#schema(await parseType(text), { file, bound: new Map() });
  }

  async #schema(type: TsType, place: Place): Promise<Schema> {
    switch (type.type) {
      case "TsKeywordType":
        return this.#keyword(type.kind);
      case "TsLiteralType":
        return "value" in type.literal ? enumOf([type.literal.value]) : { type: "string" };
      case "TsParenthesizedType":
        return this.#schema(type.typeAnnotation, place);
      case "TsArrayType":
        return { type: "array", items: await this.#schema(type.elemType, place) };
      case "TsTupleType":
        return {
          type: "array",
          prefixItems: await this.#all(
            type.elemTypes.map(({ ty }) => ty),
            place,
          ),
        };
      case "TsUnionType":
        return unionOf(await this.#all(type.types, place));
      case "TsIntersectionType":
        return combine(await this.#all(type.types, place), (schema) => this.#resolve(schema));
      case "TsTypeLiteral":
        return this.#object(type.members, place);
      case "TsTypeOperator":
        if (type.op === "keyof") return enumOf(await this.#keys(type.typeAnnotation, place));
        return this.#schema(type.typeAnnotation, place);
      case "TsTypeReference":
        return this.#reference(type, place);
      case "TsIndexedAccessType":
        return this.#indexed(type.objectType, type.indexType, place);
      case "TsMappedType": {
        const { name, constraint } = type.typeParam;
        const whole = await this.#mapped(name.value, constraint as TsType, type.typeAnnotation as TsType, place);
        return type.optional ? { ...whole, required: [] } : whole;
      }
      default:
        return this.#unknown(type.type);
    }
  }

  #all(types: readonly TsType[], place: Place): Promise<Schema[]> {
    return types.reduce<Promise<Schema[]>>(
      async (done, type) => [...(await done), await this.#schema(type, place)],
      Promise.resolve([]),
    );
  }

  #keyword(kind: string): Schema {
    if (kind === "string" || kind === "number" || kind === "boolean" || kind === "null") return { type: kind };
    if (kind === "object") return { type: "object" };
    return kind === "undefined" ? { not: {} } : {};
  }

  #unknown(name: string): Schema {
    this.unsaid.add(name);
    return {};
  }

  async #object(members: readonly TsTypeElement[], place: Place): Promise<ObjectSchema> {
    const properties: Record<string, Schema> = {};
    const required: string[] = [];
    let others: Schema | undefined;
    for (const member of members) {
      if (member.type === "TsIndexSignature" && member.typeAnnotation) {
        others = await this.#schema(member.typeAnnotation.typeAnnotation, place);
      }
      if (member.type !== "TsPropertySignature" || !("value" in member.key)) continue;
      const name = String(member.key.value);
      const type = member.typeAnnotation?.typeAnnotation;
      properties[name] = type ? await this.#schema(type, place) : {};
      if (!member.optional) required.push(name);
    }
    const named = objectSchema(properties, required);
    return others ? { ...named, additionalProperties: others } : named;
  }

  async #reference(type: TsTypeReference, place: Place): Promise<Schema> {
    const given = type.typeParams?.params ?? [];
    if (type.typeName.type !== "Identifier") return this.#inferred(given[0], place);
    const name = type.typeName.value;
    const bound = place.bound.get(name);
    if (bound) return bound;
    const declared = await findDeclaration(place.file, name);
    if (!declared) return this.#builtIn(name, given, place);
    return this.#named(name, declared, await this.#all(given, place));
  }

  /** `z.infer<typeof schema>`: the schema says it itself. */
  async #inferred(type: TsType | undefined, place: Place): Promise<Schema> {
    if (type?.type !== "TsTypeQuery" || type.exprName.type !== "Identifier") return this.#unknown("z.infer");
    const schema = (await findValue(place.file, type.exprName.value)) as z.ZodType;
    const { $schema: _, ...rest } = z.toJSONSchema(schema, { unrepresentable: "any" });
    return rest as Schema;
  }

  async #named(name: string, { file, node }: Declared, given: readonly Schema[]): Promise<Schema> {
    const parameters = node.typeParams?.parameters ?? [];
    const bound = new Map<string, Schema>();
    for (const [at, { name: parameter, default: usual }] of parameters.entries()) {
      bound.set(parameter.value, given[at] ?? (usual ? await this.#schema(usual, { file, bound }) : {}));
    }
    if (parameters.length > 0) return this.#declared(node, { file, bound });
    const key = this.#names.get(`${file} ${name}`) ?? this.#nameFor(file, name);
    if (!this.components.has(key)) {
      // It may be part of itself.
      this.components.set(key, {});
      this.components.set(key, await this.#declared(node, { file, bound }));
    }
    return { $ref: `#/components/schemas/${key}` };
  }

  #nameFor(file: string, name: string): string {
    let key = name.replace(/Dto$/, "");
    while (this.components.has(key)) key += "_";
    this.#names.set(`${file} ${name}`, key);
    return key;
  }

  async #declared(node: Declared["node"], place: Place): Promise<Schema> {
    if (node.type === "TsTypeAliasDeclaration") return this.#schema(node.typeAnnotation, place);
    const own = await this.#object(node.body.body, place);
    const parents = await this.#parents(node, place);
    return parents.length === 0 ? own : combine([...parents, own], (schema) => this.#resolve(schema));
  }

  async #parents(node: TsInterfaceDeclaration, place: Place): Promise<Schema[]> {
    const parents: Schema[] = [];
    for (const parent of node.extends) {
      const { expression } = parent;
      if (expression.type !== "Identifier") continue;
      const typeParams = (parent as { readonly typeArguments?: TsTypeReference["typeParams"] }).typeArguments;
      const typeName = expression as unknown as TsTypeReference["typeName"];
      const reference = { type: "TsTypeReference", span: parent.span, typeName, ...(typeParams ? { typeParams } : {}) };
      parents.push(await this.#reference(reference as TsTypeReference, place));
    }
    return parents;
  }

  async #builtIn(name: string, given: readonly TsType[], place: Place): Promise<Schema> {
    const [first, second] = given;
    if (name === "Date") return { type: "string", format: "date-time" };
    // What a browser gets to pass on to its own functions is the W3C's to describe.
    if (/^PublicKeyCredential\w+OptionsJSON$/.test(name)) return { type: "object" };
    if (!first) return this.#unknown(name);
    if (name === "NonNullable") return withoutNull(await this.#schema(first, place));
    if (name === "Readonly") return this.#schema(first, place);
    if (name === "ReadonlyArray" || name === "Array") return { type: "array", items: await this.#schema(first, place) };
    if (name === "Partial") {
      const { properties } = this.#asObject(await this.#schema(first, place));
      return objectSchema(properties, []);
    }
    if (!second) return this.#unknown(name);
    if (name === "Record") return this.#record(first, await this.#schema(second, place), place);
    const keys = await this.#keys(second, place, false);
    if (name === "Exclude") return enumOf((await this.#keys(first, place, false)).filter((key) => !keys.includes(key)));
    if (name !== "Pick" && name !== "Omit") return this.#unknown(name);
    const whole = this.#asObject(await this.#schema(first, place));
    return pick(whole, (key) => keys.includes(key) === (name === "Pick"));
  }

  async #record(keys: TsType, value: Schema, place: Place): Promise<Schema> {
    const names = this.#textsOf(await this.#schema(keys, place));
    if (names === null) return { type: "object", additionalProperties: value };
    return objectSchema(Object.fromEntries(names.map((name) => [name, value])), names);
  }

  async #mapped(parameter: string, keys: TsType, type: TsType, place: Place): Promise<Schema> {
    const names = this.#textsOf(await this.#schema(keys, place));
    if (names === null) return { type: "object", additionalProperties: await this.#schema(type, place) };
    const properties: Record<string, Schema> = {};
    for (const name of names) {
      const bound = new Map([...place.bound, [parameter, enumOf([name])]]);
      properties[name] = await this.#schema(type, { ...place, bound });
    }
    return objectSchema(properties, names);
  }

  /** `(typeof LIST)[number]`, `(typeof TABLE)[keyof typeof TABLE]`, `Type["field"]`. */
  async #indexed(object: TsType, index: TsType, place: Place): Promise<Schema> {
    const inner = object.type === "TsParenthesizedType" ? object.typeAnnotation : object;
    if (inner.type === "TsTypeQuery" && inner.exprName.type === "Identifier") {
      const value = await findValue(place.file, inner.exprName.value);
      return enumOf(Object.values(value as object));
    }
    const whole = this.#resolve(await this.#schema(inner, place));
    if (index.type === "TsKeywordType") return (whole as { readonly items?: Schema }).items ?? this.#unknown("index");
    const keys = this.#textsOf(await this.#schema(index, place)) ?? [];
    // Of a union each alternative has the field.
    const wholes = Array.isArray(whole.anyOf) ? whole.anyOf.map((one: Schema) => this.#resolve(one)) : [whole];
    const fields = wholes.flatMap((one) => keys.map((key) => (one as Partial<ObjectSchema>).properties?.[key]));
    return unionOf(fields.map((field) => field ?? this.#unknown(`[${keys.join()}]`)));
  }

  /** Names of fields: of `keyof`'s type, or as a union of texts says. */
  async #keys(type: TsType, place: Place, ofObject = true): Promise<string[]> {
    if (type.type === "TsTypeQuery" && type.exprName.type === "Identifier") {
      return Object.keys((await findValue(place.file, type.exprName.value)) as object);
    }
    const schema = await this.#schema(type, place);
    return ofObject ? Object.keys(this.#asObject(schema).properties) : (this.#textsOf(schema) ?? []);
  }

  /** The texts that a schema allows, where it names them, also by names of other schemas. */
  #textsOf(schema: Schema): string[] | null {
    const resolved = this.#resolve(schema);
    if (!Array.isArray(resolved.anyOf)) return keysOf(resolved);
    const parts = resolved.anyOf.map((one: Schema) => this.#textsOf(one));
    return parts.every((part) => part !== null) ? parts.flat() : null;
  }

  #asObject(schema: Schema): ObjectSchema {
    const resolved = this.#resolve(schema);
    if (!("properties" in resolved)) throw new Error(`This is no object: ${JSON.stringify(resolved).slice(0, 300)}`);
    const { properties, required } = resolved as ObjectSchema;
    return objectSchema(properties, required);
  }

  #resolve(schema: Schema): Schema {
    const name = typeof schema.$ref === "string" ? schema.$ref.slice("#/components/schemas/".length) : null;
    return name === null ? schema : this.#resolve(this.components.get(name) ?? {});
  }
}
