import { describe } from "vitest";
import { emptySections } from "@/lib/domain/worksheet/empty";
import { items, narrative, plays, requirement } from "@/test/rigour";

const L80 = "x".repeat(80);
const L79 = "x".repeat(79);

describe("L01, one requirement at the lowest level", () => {
  plays("L01", [
    ["a leaf of the version", [], "met"],
    ["a leaf that has sub-items of its own", [requirement("4.0.1", "3.6.1")], "met"],
    ["a leaf of an appendix", [requirement("4.0.1", "A2.1.1")], "met"],
    ["a grouping", [requirement("4.0.1", "8.3")], ["error whole"]],
    ["a principal requirement", [requirement("4.0.1", "8")], ["error whole"]],
    ["two numbers at once", [requirement("4.0.1", "8.3.4, 8.3.6")], ["error whole"]],
    ["a number of the other version only", [requirement("4.0.1", "8.1.6")], ["error whole"]],
    ["a leaf of 3.2.1", [requirement("3.2.1", "8.1.6")], "met"],
    ["10.5 of 3.2.1 has sub-items, which the article treats as one", [requirement("3.2.1", "10.5")], ["warning whole"]],
    ["10.5 of 4.0.1 is another thing, and a grouping", [requirement("4.0.1", "10.5")], ["error whole"]],
    ["stored sensitive data is another rule's", [requirement("4.0.1", "3.3.1.1")], "met"],
    ["nothing", [requirement("4.0.1", "")], ["error whole"]],
  ]);
});

describe("L02, all sections filled", () => {
  const bare = emptySections();
  plays("L02", [
    ["all filled", [], "met"],
    ["exactly the length", [narrative("objective", L80)], "met"],
    ["one character less", [narrative("objective", L79)], ["error objective"]],
    ["white space around does not count", [narrative("objective", `   ${L79}      `)], ["error objective"]],
    ["an empty narrative whose items say enough", [narrative("validation", "")], "met"],
    ["items without a word", [narrative("validation", ""), items("validation", { tests: [] })], ["error validation"]],
    ["a scope item is no constraint", [narrative("constraints", "")], ["error constraints"]],
    [
      "all empty, in the order of 3.2.1",
      [requirement("3.2.1", "8.1.6"), (subject) => ({ ...subject, sections: bare })],
      [
        "error constraints",
        "error objective",
        "error identifiedRisk",
        "error definition",
        "error validation",
        "error maintenance",
      ],
    ],
    [
      "a text in Greek counts like any other",
      [narrative("objective", "Κανείς δεν μαντεύει τον κωδικό πρόσβασης. ".repeat(3))],
      "met",
    ],
  ]);
  describe("with a stricter length", () => {
    plays("L02", [["the objective is too short now", [narrative("objective", L80)], ["error objective"]]], {
      sectionLength: 81,
    });
  });
});

describe("L03, order and labels", () => {
  plays("L03", [
    ["no labels in the text", [], "met"],
    [
      "its own label with the right number",
      [narrative("definition", "2. Definition of Compensating Controls: two")],
      "met",
    ],
    [
      "its own label with the other version's number",
      [narrative("definition", "4. Definition of Compensating Controls: two")],
      ["error definition “4. Definition of Compensating Controls:”"],
    ],
    [
      "the same number is right in 3.2.1",
      [requirement("3.2.1", "8.1.6"), narrative("definition", "4. Definition of Compensating Controls: two")],
      "met",
    ],
    [
      "another row pasted in",
      [narrative("constraints", "No setting exists.", "Objective: nobody guesses.")],
      ["error constraints “Objective:”"],
    ],
    [
      "the word inside a sentence is no heading",
      [narrative("constraints", "The objective of the lock is plain.")],
      "met",
    ],
    [
      "a reference to a row by the other version's number",
      [narrative("validation", "As row 4 (definition) says, both were tried.")],
      ["error validation “row 4 (definition”"],
    ],
    [
      "a reference by the right number",
      [narrative("validation", "As row 2 (definition) says, both were tried.")],
      "met",
    ],
    [
      "labels in another language are not known",
      [narrative("constraints", "Ziel: niemand errät das Kennwort.")],
      "met",
    ],
    ["an official label without a number", [narrative("maintenance", "Maintenance", "Quarterly.")], "met"],
  ]);
});
