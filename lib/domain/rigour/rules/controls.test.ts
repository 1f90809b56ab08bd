import { describe, expect, test } from "vitest";
import { provenanceOf } from "@/lib/domain/rigour/owed";
import { control, items, knowledgeOf, narrative, plays, requirement } from "@/test/rigour";

const noControls = items("definition", { controls: [] });
const german = narrative("definition", "Die Funktion löscht das Kennwort nach dem fünften Fehlversuch und meldet es.");

describe("L11, something new", () => {
  const owedHere = [control("c1", { origin: "required_elsewhere", requirementRef: "8.3.6" })] as const;
  const all = (origin: "new" | "required_elsewhere" | "combination", requirementRef: string) =>
    [control("c1", { origin, requirementRef }), control("c2", { origin, requirementRef })] as const;
  plays("L11", [
    ["a new one and a combination", [], "met"],
    ["no control at all", [noControls], ["error definition"]],
    ["all owed here", all("required_elsewhere", "8.3.6"), ["error definition"]],
    ["all owed elsewhere", all("required_elsewhere", "1.4.2"), "met"],
    ["one owed here, one combined", owedHere, "met"],
    ["owed elsewhere, and nobody says where", all("required_elsewhere", ""), ["error definition"]],
    ["owed by a number that does not exist", all("required_elsewhere", "8.1.6"), ["error definition"]],
    ["combined, all of them", all("combination", "1.4.2"), "met"],
    ["a text in another language", [german, ...all("required_elsewhere", "8.3.6")], ["error definition"]],
  ]);
});

describe("L12, nothing owed for the same item", () => {
  const from = (requirementRef: string) => [control("c2", { requirementRef })];
  const here = ["error definition c2.requirementRef"];
  plays("L12", [
    ["owed elsewhere", [], "met"],
    ["the very requirement", from("8.3.4"), here],
    ["a sibling", from("8.3.6"), here],
    ["the item above", from("8.3"), here],
    ["the chapter", from("8"), here],
    ["a sibling among others", from("1.4.2, 8.3.9 and 7.2.1"), here],
    ["two siblings", from("8.3.6 and 8.3.9"), [...here, ...here]],
    ["a neighbour that only looks like one", from("8.4.2"), "met"],
    ["8.3.40 is not 8.3.4", from("8.3.40"), ["warning definition c2.requirementRef"]],
    ["a number of the other version", from("8.1.6"), ["warning definition c2.requirementRef"]],
    ["no number", from("our password rules"), ["warning definition c2.requirementRef"]],
    ["below it", [requirement("4.0.1", "3.6.1"), control("c2", { requirementRef: "3.6.1.2" })], here],
    [
      "10.5.2 belongs to 10.5 in 3.2.1",
      [requirement("3.2.1", "10.5"), control("c2", { requirementRef: "10.5.2" })],
      here,
    ],
    [
      "a neighbour of the item that the part belongs to",
      [requirement("4.0.1", "10.4.1.1"), control("c2", { requirementRef: "10.4.2" })],
      here,
    ],
    [
      "the same subject in another item",
      [requirement("4.0.1", "10.4.1.1"), control("c2", { requirementRef: "10.2.1" })],
      "met",
    ],
    ["10.6 is another item of 3.2.1", [requirement("3.2.1", "10.5"), control("c2", { requirementRef: "10.6" })], "met"],
    [
      "a new control with a number of its own item",
      [control("c1", { requirementRef: "8.3.5" })],
      ["error definition c1.requirementRef"],
    ],
    ["a text in another language", [german, ...from("8.3.6")], here],
  ]);

  test("knows of each requirement how it hangs together with the item", async () => {
    const knowledge = await knowledgeOf("4.0.1", "3.6.1");
    const kinds = provenanceOf(knowledge, "3.6.1, 3.6, 3.6.1.3, 3.7.6, 9.9.9").map((one) =>
      one.kind === "owed_here" ? `${one.number} ${one.requirement.relation}` : `${one.number} ${one.kind}`,
    );
    expect(kinds).toEqual(["3.6.1 same", "3.6 above", "3.6.1.3 below", "3.7.6 owed_elsewhere", "9.9.9 unknown"]);
  });
});

describe("L13, why above and beyond", () => {
  const says = (aboveAndBeyond: string) => [control("c1", { aboveAndBeyond })];
  const missing = ["error definition c1.aboveAndBeyond"];
  plays("L13", [
    ["all say why", [], "met"],
    ["empty", says(""), missing],
    ["white space", says(" \n "), missing],
    ["filling", says("n/a"), missing],
    ["a bare yes", says("Yes."), missing],
    ["two words", says("Much stricter"), missing],
    ["three words", says("Stricter than required"), "met"],
    ["points elsewhere", says("see above"), missing],
    ["only the claim", says("This control goes above and beyond."), missing],
    ["the claim in other words", says("It clearly exceeds what the standard requires"), missing],
    ["as it ought to be anyway", says("The process is complete and up to date."), missing],
    ["points to another field", says("See the description"), missing],
    ["how it exceeds", says("It exceeds the ten attempts that are allowed by five"), "met"],
    ["German", says("Fünf Versuche statt zehn"), "met"],
    ["Japanese, without spaces", says("要件の十回に対し五回で施錠する"), "met"],
    ["German filling", says("entfällt"), missing],
    ["no controls", [noControls], "met"],
  ]);
});

describe("L18, preventing and detecting", () => {
  plays("L18", [
    ["both", [], "met"],
    ["only detective", [control("c1", { nature: "detective" })], ["warning definition"]],
    ["only preventive", [control("c2", { nature: "preventive" })], ["warning definition"]],
    ["corrective is neither", [control("c1", { nature: "corrective" })], ["warning definition"]],
    [
      "only corrective",
      [control("c1", { nature: "corrective" }), control("c2", { nature: "corrective" })],
      ["warning definition", "warning definition"],
    ],
    ["no controls", [noControls], "not_applicable"],
    ["3.2.1 as well", [requirement("3.2.1", "8.1.6"), control("c1", { nature: "detective" })], ["warning definition"]],
    ["a text in another language", [german, control("c1", { nature: "detective" })], ["warning definition"]],
  ]);
});
