import { describe } from "vitest";
import {
  attached,
  evidence,
  facts,
  firesOn,
  gate,
  items,
  narrative,
  noEvidence,
  plays,
  quietOn,
  requirement,
} from "@/test/rigour";

const GERMAN = "Die Umsetzung wäre für uns in diesem Jahr zu teuer, und das Team hat dafür keine Zeit.";

describe("L04, a documented constraint", () => {
  const ofType = (constraintType: "" | "technical" | "business" | "legal") => items("constraints", { constraintType });
  const without = evidence((all) => all.filter(({ section }) => section !== "constraints"));
  plays("L04", [
    ["technical and documented", [], "met"],
    ["business and documented", [ofType("business")], "met"],
    ["no type", [ofType("")], ["error constraints constraintType"]],
    ["a law", [ofType("legal")], ["error constraints constraintType"]],
    ["a law by the gate's answer", [gate({ legalBar: true })], ["error constraints constraintType"]],
    ["the gate not answered", [gate({ legalBar: null })], "met"],
    ["nothing attached", [without], ["error constraints"]],
    ["attached elsewhere only", [attached("e1", { section: "validation" })], ["error constraints"]],
    ["attached, but with neither link nor file", [attached("e1", { url: "", files: [] })], ["error constraints"]],
    ["attached as a link only", [attached("e1", { files: [] })], "met"],
    ["attached to a scope item", [attached("e1", { itemId: "s1" })], "met"],
    ["a text in another language is documented alike", [narrative("constraints", GERMAN)], "met"],
    ["neither", [ofType(""), without], ["error constraints constraintType", "error constraints"]],
  ]);
});

describe("L05, not merely cost, time, convenience or dislike", () => {
  const alone = (text: string) => [narrative("constraints", text), noEvidence];
  describe("what reads as unwilling", () => {
    firesOn("L05", "constraints", [
      "Implementing account lockout would be too expensive this year.",
      "There is no budget for new terminals before 2027.",
      "The licence for the agent costs 40,000 a year.",
      "Licences for the second module were not approved by finance.",
      "Our team did not have time to roll it out.",
      "The project was postponed to the next release.",
      "Other priorities came first.",
      "It is on our roadmap for next year.",
      "Users would complain about signing in twice.",
      "A lock after ten attempts is inconvenient for the shops.",
      "MFA slows the administrators down.",
      "The effort is out of proportion to the benefit.",
      "We are understaffed at present.",
      "We cannot afford a second module.",
      "It has not yet been implemented.",
      "Management does not see the need for it.",
      "Replacing the appliance would cost about 250,000 euros.",
      "The IT department is busy with the migration until summer.",
      "The business considers the change a low priority.",
      "Changing it takes several months and we are short of staff.",
      "Staff dislike long passwords and write them down.",
      "We have no engineers who know the platform.",
      "Buying an HSM was rejected because of its price.",
      "The administrators prefer to work with shared accounts.",
      "It is easier to keep the accounts as they are.",
      "Rotating the keys more often would be a lot of work.",
      "For convenience the support desk uses one account.",
      "We have always done it this way.",
      "The upgrade is planned for Q3 2027.",
      "The vendor quoted a price that management did not want to pay.",
      "Lack of resources has delayed the rollout.",
      "The board decided to save costs in this financial year.",
      "Enabling the lock would disrupt the shops' work.",
      "It is not worth the money.",
      "The product is far beyond what a firm like ours is willing to pay.",
      "Nobody in the team likes to touch those programs.",
      "The requirement is too strict for a company of our size.",
    ]);
  });
  describe("what does not", () => {
    quietOn("L05", "constraints", [
      "Cost is not the reason: the device has no setting for it.",
      "The decision was taken regardless of budget.",
      "A new one would cost 90,000 euros, but that is not our reason: none is certified.",
      "The portal slows down to one attempt per second and locks nobody.",
      "AWS offers no setting that locks a user after failed attempts.",
      "The firmware of the terminal cannot be changed until it is certified anew.",
      "The contract with the acquirer forbids changes to the terminal.",
      "The controller's vendor has gone out of business, and its firmware is signed with a key that nobody holds.",
      "The mainframe's security module supports eight characters and no more.",
      "Key custodians are bound by clause 14.2 of the issuer contract.",
      "The bank's protocol carries the password in a field of eight bytes.",
      "The provider runs the service and gives its customers no way to change that.",
    ]);
    plays("L05", [
      [
        "cost beside a documented technical reason",
        [narrative("constraints", "The controller has no interface for that. Replacing it would be too expensive.")],
        "met",
      ],
      [
        "the same without evidence",
        alone("The controller has no interface for that. Replacing it would be too expensive."),
        ["warning constraints “too expensive”"],
      ],
      [
        "evidence without a technical reason",
        [narrative("constraints", "Replacing it would be too expensive, as the quote shows.")],
        ["warning constraints “too expensive”"],
      ],
      ["cost in another section", [narrative("maintenance", "It would be too expensive otherwise.")], "met"],
    ]);
  });
  describe("in another language", () => {
    plays("L05", [
      ["German", alone(GERMAN), "language"],
      ["Japanese", alone("予算がないため、今年は実施できません。"), "language"],
      ["Spanish", alone("No hay presupuesto para este año y es demasiado caro para la empresa."), "language"],
      ["Polish", alone("Wdrożenie jest w tym roku zbyt drogie i nie ma na to czasu."), "language"],
      [
        "English that is said to be British",
        [...alone("It is too costly."), facts({ language: "en-GB" })],
        ["warning constraints “too costly”"],
      ],
    ]);
  });
});

describe("L06, really not to be met today", () => {
  const says = (text: string) => narrative("constraints", text);
  plays("L06", [
    ["a row that still applies", [], "met"],
    ["a row that no longer does", [requirement("4.0.1", "2.2.7")], ["warning constraints"]],
    ["the same row in 3.2.1", [requirement("3.2.1", "2.3")], ["warning constraints"]],
    ["2.3 of 4.0.1 is wireless, and no row's", [requirement("4.0.1", "2.3.1")], "met"],
    [
      "one row of two no longer does, and it answers the number first",
      [requirement("4.0.1", "3.6.1.2")],
      ["warning constraints"],
    ],
    ["a row that partly applies", [requirement("4.0.1", "8.2.8")], "met"],
    ["a requirement without a row", [requirement("4.0.1", "6.3.3")], "met"],
    [
      "a claim of old",
      [says("AWS endpoints still accept TLS 1.0 from old clients.")],
      ["warning constraints “AWS endpoints still accept TLS 1.0”"],
    ],
    [
      "another claim of old",
      [says("CloudHSM does not have any VPC endpoint for its API.")],
      ["warning constraints “CloudHSM does not have any VPC endpoint”"],
    ],
    [
      "KMS without asymmetric keys, as it was once",
      [says("KMS does not support asymmetric encryption.")],
      ["warning constraints “KMS does not support asymmetric”"],
    ],
    [
      "no rotation of asymmetric keys, as it still is",
      [says("KMS offers no automatic rotation for asymmetric keys.")],
      "met",
    ],
    [
      "no asymmetric keys in key stores of one's own",
      [says("KMS has no asymmetric keys in custom key stores.")],
      "met",
    ],
    ["the claim as it is today", [says("AWS endpoints refuse TLS 1.0 since 2023.")], "met"],
    ["a text in another language", [says(GERMAN)], "language"],
    [
      "a text in another language on a row that no longer applies",
      [requirement("4.0.1", "2.2.7"), says(GERMAN)],
      ["warning constraints"],
    ],
  ]);
});
