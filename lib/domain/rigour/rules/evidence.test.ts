import { describe } from "vitest";
import { attached, evidence, items, narrative, noEvidence, plays, testOf } from "@/test/rigour";

const only = (...ids: readonly string[]) => evidence((all) => all.filter(({ id }) => ids.includes(id)));

describe("L21, sound evidence for each control", () => {
  plays("L21", [
    ["each has its own", [], "met"],
    ["nothing attached", [noEvidence], ["error definition c1", "error definition c2"]],
    ["one has none", [only("e1", "e2")], ["error definition c2"]],
    [
      "through a test that covers it",
      [only("e1", "e2"), attached("e2", { section: "validation", itemId: "t1" })],
      "met",
    ],
    [
      "through a test that covers the other",
      [only("e1", "e2"), attached("e2", { section: "validation", itemId: "t1" }), testOf("t1", { controlIds: ["c1"] })],
      ["error definition c2"],
    ],
    [
      "at the section, under its label",
      [only("e2", "e3"), attached("e3", { itemId: null, title: "Paging rule (C2)" })],
      "met",
    ],
    ["at the section, for all", [only("e2"), attached("e2", { itemId: null })], "met"],
    ["at the constraint only", [only("e1")], ["error definition c1", "error definition c2"]],
    ["with neither link nor file", [attached("e3", { url: "", files: [] })], ["error definition c2"]],
    ["only a link", [attached("e3", { files: [] })], ["info definition @e3"]],
    ["365 days old", [attached("e3", { collectedOn: "2025-11-24" })], "met"],
    ["366 days old", [attached("e3", { collectedOn: "2025-11-23" })], ["error definition c2 @e3"]],
    ["valid until today", [attached("e3", { validUntil: "2026-11-24" })], "met"],
    ["valid until yesterday", [attached("e1", { validUntil: "2026-11-23" })], ["error constraints @e1"]],
    ["from tomorrow", [attached("e1", { collectedOn: "2026-11-25" })], ["error constraints @e1"]],
    ["a file with card numbers", [attached("e1", { cardNumbers: true })], ["error constraints @e1"]],
    [
      "a card number in what it shows",
      [attached("e1", { shows: "Charge on 4111 1111 1111 1111" })],
      ["error constraints @e1"],
    ],
    [
      "a password in what it shows",
      [attached("e1", { shows: "login with password=Summer2026x" })],
      ["error constraints @e1"],
    ],
    [
      "a card number in the text",
      [narrative("validation", "Tried with 4111 1111 1111 1111.")],
      ["warning validation “4111 1111 1111 1111”"],
    ],
    ["a masked number", [narrative("validation", "Tried with 4111 11** **** 1111.")], "met"],
    [
      "a private key in the text",
      [narrative("constraints", "-----BEGIN RSA PRIVATE KEY-----")],
      ["warning constraints “-----BEGIN RSA PRIVATE KEY-----”"],
    ],
    ["no controls", [items("definition", { controls: [] })], "met"],
    [
      "attached to what is gone",
      [attached("e1", { itemId: "gone", collectedOn: "2020-01-01" })],
      ["error constraints @e1"],
    ],
    ["another language", [attached("e3", { title: "Regel für den Ruf", shows: "Zeigt die Regel" })], "met"],
  ]);
  describe("with a stricter age", () => {
    plays("L21", [["30 days are too old", [only("e2"), attached("e2", { itemId: null })], ["error definition @e2"]]], {
      evidenceAgeDays: 29,
    });
  });
});
