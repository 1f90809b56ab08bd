import { expect, it } from "vitest";
import { shapeOf } from "@/lib/server/api-shape";

const object = (properties: object, required: string[] = []) => ({ type: "object", properties, required });

it("writes a schema as a type that a person reads", () => {
  const named = { $ref: "#/components/schemas/PersonRef" };
  expect(shapeOf(named)).toBe("PersonRef");
  expect(shapeOf({ anyOf: [named, { type: "null" }] })).toBe("PersonRef | null");
  expect(shapeOf({ type: "array", items: { enum: ["read", "write"] } })).toBe('("read" | "write")[]');
  expect(shapeOf({ type: "string", minLength: 1, maxLength: 100 })).toBe("string (1–100)");
  expect(shapeOf({ type: "string", format: "date" })).toBe("string (date)");
  expect(shapeOf({ type: "object", additionalProperties: { type: "number" } })).toBe("{ [name]: number }");
  expect(shapeOf({})).toBe("anything");
  const shape = object(
    { days: { type: "integer", minimum: 1, maximum: 365 }, by: object({ id: { type: "string" } }) },
    ["days"],
  );
  expect(shapeOf(shape)).toBe("{\n  days: integer (1–365)\n  by?: {\n    id?: string\n  }\n}");
});

it("ends at a depth and a number that still can be read", () => {
  const deep = [1, 2, 3, 4, 5, 6].reduce<object>((inner) => object({ inner }), { type: "string" });
  expect(shapeOf(deep as never).match(/inner/g)).toHaveLength(4);
  const many = shapeOf({ enum: Array.from({ length: 100 }, (_, at) => at) });
  expect(many.endsWith(" | …")).toBe(true);
});
