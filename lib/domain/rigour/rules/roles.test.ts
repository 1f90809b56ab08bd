import { describe } from "vitest";
import { facts, plays } from "@/test/rigour";

describe("L24, roles apart", () => {
  const people = (authors: readonly string[], approver: string | null, qsas: readonly string[]) =>
    facts({ people: { authors, approver, qsas } });
  plays("L24", [
    ["three people", [], "met"],
    ["nobody approved inside", [people(["ana"], null, ["cleo"])], "met"],
    ["nobody assesses yet", [people(["ana"], "ben", [])], "met"],
    ["nobody at all", [people([], null, [])], "met"],
    ["an author approved", [people(["ana", "ben"], "ben", ["cleo"])], ["error whole"]],
    ["an assessor wrote", [people(["ana", "cleo"], "ben", ["cleo"])], ["error whole"]],
    ["one of two assessors wrote", [people(["cleo"], "ben", ["dan", "cleo"])], ["error whole"]],
    ["the assessor approved inside", [people(["ana"], "cleo", ["cleo"])], ["error whole"]],
    ["one person is everything", [people(["ana"], "ana", ["ana"])], ["error whole", "error whole", "error whole"]],
    [
      "whatever the language",
      [people(["ana"], "ana", []), facts({ language: "de" }), people(["ana"], "ana", [])],
      ["error whole"],
    ],
  ]);
});
