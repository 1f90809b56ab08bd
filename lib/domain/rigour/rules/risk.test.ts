import { describe } from "vitest";
import { items, narrative, plays, risk } from "@/test/rigour";

const at = (field: string) => [`error identifiedRisk r1.${field}`];
const noRisks = items("identifiedRisk", { risks: [] });

describe("L16, a risk is a risk", () => {
  plays("L16", [
    ["all five", [], "met"],
    ["no risk at all", [noRisks], ["error identifiedRisk"]],
    ["no threat", [risk("r1", { threat: "" })], at("threat")],
    ["none", [risk("r1", { threat: "None." })], at("threat")],
    ["no risk", [risk("r1", { threat: "There is no additional risk" })], at("threat")],
    ["low risk", [risk("r1", { threat: "Low risk" })], at("threat")],
    ["the risk is low", [risk("r1", { threat: "The risk is low because of our controls" })], at("threat")],
    ["only compliance", [risk("r1", { threat: "Non-compliance with PCI DSS" })], at("threat")],
    ["failing the audit", [risk("r1", { threat: "We fail the PCI DSS audit" })], at("threat")],
    [
      "compliance among others",
      [risk("r1", { threat: "An insider reads stored numbers, and we would not be compliant" })],
      "met",
    ],
    ["no asset", [risk("r1", { asset: "n/a" })], at("asset")],
    ["systems as asset", [risk("r1", { asset: "Systems" })], at("asset")],
    ["the same as nothing", [risk("r1", { asset: "Same." })], at("asset")],
    ["the same as the risk above", [risk("r2", { asset: "Same." })], "met"],
    ["a named asset", [risk("r1", { asset: "The lock itself" })], "met"],
    ["no likelihood", [risk("r1", { likelihood: "" })], at("likelihood")],
    ["no impact", [risk("r1", { impact: "" })], at("impact")],
    ["nothing on what is left", [risk("r1", { residual: "-" })], at("residual")],
    ["low is an answer to what is left", [risk("r1", { residual: "Low" })], "met"],
    ["none is no answer", [risk("r1", { residual: "none" })], at("residual")],
    [
      "the narrative says the risk away",
      [narrative("identifiedRisk", "Because of our controls there is no additional risk.")],
      ["warning identifiedRisk “no additional risk”"],
    ],
    [
      "another language, filled",
      [
        risk("r1", { threat: "Ein Außenstehender errät das Kennwort." }),
        narrative(
          "identifiedRisk",
          "Zwischen dem fünften Versuch und der Sperre liegen Sekunden, und das ist das Risiko.",
        ),
      ],
      "language",
    ],
    ["another language, filling", [risk("r1", { threat: "keine" })], at("threat")],
  ]);
});

describe("L17, every risk answered", () => {
  const missing = ["error identifiedRisk r1.controlIds"];
  plays("L17", [
    ["answered by two", [], "met"],
    ["answered by one", [risk("r1", { controlIds: ["c2"] })], "met"],
    ["answered by none", [risk("r1", { controlIds: [] })], missing],
    ["answered by one that is gone", [risk("r1", { controlIds: ["c9"] })], missing],
    ["one is gone and one stands", [risk("r1", { controlIds: ["c9", "c1"] })], "met"],
    ["all controls removed", [items("definition", { controls: [] })], missing],
    ["no risk", [noRisks], "not_applicable"],
    ["another language", [risk("r1", { threat: "Ein Fremder errät das Kennwort.", controlIds: [] })], missing],
  ]);
});
