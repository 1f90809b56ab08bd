import { expect, it } from "vitest";
import { combine, enumOf, keysOf, objectSchema, unionOf } from "./schemas";
import { TypeSchemas } from "./type-schemas";

it("reads declared types as closed schemas, with names where others name them", async () => {
  const types = new TypeSchemas();
  const list = await types.of("Collection<PersonTokenDto>", "lib/contracts/api-tokens.ts");
  expect(list).toEqual({
    type: "object",
    properties: {
      total: { type: "number" },
      items: { type: "array", items: { $ref: "#/components/schemas/PersonToken" } },
    },
    required: ["total", "items"],
    additionalProperties: false,
  });
  // What a type takes over from another is part of it.
  expect(types.components.get("PersonToken")).toMatchObject({
    properties: {
      scope: { $ref: "#/components/schemas/TokenScope" },
      lastUsedAt: { anyOf: [{ type: "string" }, { type: "null" }] },
      person: { $ref: "#/components/schemas/PersonRef" },
    },
    required: expect.arrayContaining(["id", "person"]),
    additionalProperties: false,
  });
  expect(types.components.get("TokenScope")).toEqual({ enum: ["read", "write"] });
  expect([...types.unsaid]).toEqual([]);
});

it("knows fields whose names are values of the program", async () => {
  const types = new TypeSchemas();
  await types.of("ScopeDto", "lib/contracts/scope-result.ts");
  const answers = types.components.get("ScopeAnswers") as { readonly properties: object; readonly required: string[] };
  expect(answers.properties).toMatchObject({ usesCli: { type: "boolean" }, keyOptions: { type: "array" } });
  expect(answers.required).toEqual([]);
});

it("says what it cannot say", async () => {
  const types = new TypeSchemas();
  await types.of("{ readonly made: WeakMap<string, number> }", "lib/contracts/api-tokens.ts");
  expect([...types.unsaid]).toEqual(["WeakMap"]);
});

it("puts alternatives and parts of types together", () => {
  const [one, other] = [objectSchema({ a: { type: "string" } }, ["a"]), objectSchema({ b: { type: "number" } }, [])];
  expect(combine([one, other], (schema) => schema)).toEqual(
    objectSchema({ a: { type: "string" }, b: { type: "number" } }, ["a"]),
  );
  const either = combine([one, { anyOf: [other, one] }], (schema) => schema);
  expect(either).toEqual({ anyOf: [combine([one, other], (schema) => schema), one] });
  expect(unionOf([enumOf(["x"]), { type: "null" }, { const: "y" }, { not: {} }])).toEqual({
    anyOf: [{ type: "null" }, { enum: ["x", "y"] }],
  });
  expect(keysOf(enumOf(["x", "y"]))).toEqual(["x", "y"]);
  expect(keysOf({ type: "string" })).toBeNull();
});
