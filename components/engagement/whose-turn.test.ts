import { describe, expect, it } from "vitest";
import { turnWords } from "@/components/engagement/whose-turn";

describe("turnWords", () => {
  it.each([
    [["lead"], true, "need you", "at the assessor"],
    [["contributor"], true, "with the entity", "at the assessor"],
    [["qsa_lead"], true, "with the entity", "need you"],
    [["isa"], false, "with the entity", "need you"],
    [["observer"], false, "with the entity", "at the decider"],
    [[], true, "with the entity", "at the assessor"],
  ] as const)("of %j", (roles, hasAssessor, entity, decider) => {
    expect(turnWords(roles, hasAssessor)).toEqual({ entity, decider });
  });
});
