import { describe, expect, it } from "vitest";
import { rolesOfSide } from "@/components/people/side-roles";

describe("rolesOfSide", () => {
  it("keeps the assessor's roles and the entity's apart", () => {
    expect(rolesOfSide("assessor", true)).toEqual(["qsa_lead", "qsa_assistant"]);
    expect(rolesOfSide("entity", true)).toEqual(["lead", "contributor", "internal_reviewer", "observer"]);
    expect(rolesOfSide("entity", false)).toContain("isa");
  });
});
